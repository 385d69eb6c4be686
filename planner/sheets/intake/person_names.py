"""What files and sheets are called, as far as it may be the name of a person."""

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from planner.domain.roadmap import id_key
from planner.sheets.columns import sheet_names

_COMMON = """
    ask asks backlog book copy data draft epics export features feuil final for from goals hoja import in initiative
    initiatives input intake items issues jira kopie list master messy my new of old our overview pipeline plan
    planning plans pm portfolio priorities product projects q quarter report requests rev roadmap roadmaps sample
    sheet tabelle tasks template test the to todo update updated version work workbook year
"""
_COMMON_WORDS = frozenset((*_COMMON.split(), *(name.casefold() for name in sheet_names())))
_GROUP_WORDS = frozenset(("team", "teams", "squad", "group", "crew", "tribe", "dept", "department", "org"))
_POSSESSIVE = re.compile(r"['’]s\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_WORDS = 3
_SHORTEST = 2
"""Letters of a name."""


def person_of_file(file: str, teams: Collection[str]) -> str:
    """The person that a file is called after; its folder, where the file's own name says nothing.

    >>> person_of_file("in/ada/tasks.xlsx", ()), person_of_file("2027 roadmap.xlsx", ())
    ('Ada', '')
    """
    path = PurePosixPath(file)
    return person(path.stem if _own_words(path.stem) else path.parent.name, teams)


def person(text: str, teams: Collection[str]) -> str:
    """The name of a person; empty where a text is probably none. `teams` are folded names.

    >>> person("ada_roadmap Q3", ()), person("Payments", {"payments"}), person("Sheet1", ())
    ('Ada', '', '')
    """
    words = _own_words(text)
    name = " ".join(word.capitalize() if word in (word.upper(), word.lower()) else word for word in words)
    is_group = id_key(name) in teams or any(word.casefold() in _GROUP_WORDS for word in words)
    return name if 1 <= len(words) <= _MOST_WORDS and not is_group else ""


def spelled(name: str, known: Mapping[str, str]) -> str:
    """A name as the workbooks spell it (folded -> as typed), also where they add a surname."""
    if id_key(name) in known:
        return known[id_key(name)]
    longer = [full for key, full in known.items() if id_key(name) in key.split()]
    return longer[0] if len(longer) == 1 else name


def _own_words(text: str) -> list[str]:
    """The words that are not common to the names of workbooks."""
    words = _WORD.findall(_POSSESSIVE.sub("", text.replace("_", " ")))
    return [word for word in words if word.casefold() not in _COMMON_WORDS and len(word) >= _SHORTEST]
