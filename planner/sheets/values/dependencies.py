"""Dependencies: `PAY-12; LED-3 SS+2d; soft:API-4; launch:WEB-9; PAY-1 FS-1w; PAY-3FF`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.roadmap import Link, Strength
from planner.domain.units import DAYS_PER_WEEK
from planner.sheets import rules
from planner.sheets.table import Value
from planner.sheets.values.parsed import NOTHING, UNDECIDED, Parsed, Problem, fold, text_of

IsId = Callable[[str], bool]
"""Whether a text is an id that somebody typed (tasks and items), or a title."""

ENTRY = re.compile(
    r"(?:(?P<strength>soft|hard|launch)\s*:\s*)?(?P<id>.+?)"
    r"(?:\s*(?<![A-Za-z])(?P<link>FS|SS|FF|SF))?"
    r"(?:\s*(?P<lag>[+-]\s*\d{1,4}(?:[.,]\d{1,3})?)\s*(?P<unit>d|days?|w|wk|weeks?)?)?",
    re.IGNORECASE,
)
PREFIX = re.compile(r"(?P<strength>soft|hard|launch)\s*:\s*(?P<id>.+)", re.IGNORECASE)
SENTENCE_WORD = re.compile(r"[^\s,;()\[\]\"'“”<>]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """One dependency as typed: the id is not resolved yet."""

    id: str
    link: Link = Link.FS
    lag: int = 0
    strength: Strength = Strength.HARD


def _no_title(_: str) -> bool:
    """Where titles are not known."""
    return False


def parse_dependencies(
    value: Value, is_id: IsId, commas: bool = True, is_title: IsId = _no_title
) -> Parsed[tuple[Reference, ...]]:
    """References of a cell, separated by `;`, lines and, unless ids contain them, `commas`.

    A title stands for its task, also with commas in it. Of an entry that is a sentence the exact ids in it are
    used, and that is said. An entry that is nothing known comes back as it stands: who resolves the references
    says so.
    """

    def is_name(text: str) -> bool:
        return is_id(text) or is_title(text)

    text = text_of(value)
    if is_id(text):
        return Parsed((Reference(text),))
    references: list[Reference] = []
    problems: list[Problem] = []
    for entry in _entries(text, is_name, commas):
        word = "" if is_id(entry) else fold(entry)
        if word in NOTHING - {""}:
            continue
        if word in UNDECIDED:
            problems.append(Problem(rules.UNDECIDED_VALUE, f'has "{entry}", still to be decided; ignored.'))
            continue
        reference = read_reference(entry, is_name)
        within = [] if is_name(reference.id) or " " not in entry else _ids_within(entry, is_id)
        if within:
            references.extend(Reference(found) for found in within)
            named = ", ".join(f'"{found}"' for found in within)
            problems.append(Problem(rules.PROSE_DEPENDENCY, f"is a sentence; read as a dependency on {named}."))
        else:
            references.append(reference)
    return Parsed(tuple(references), tuple(problems))


def _entries(text: str, is_name: IsId, commas: bool) -> list[str]:
    """The entries of a cell, trimmed, without blank ones."""
    entries: list[str] = []
    for part in re.split(r"[;\n]", text):
        whole = part.strip()
        is_one = not commas or is_name(read_reference(whole, is_name).id)
        entries.extend([whole] if is_one else (piece.strip() for piece in whole.split(",")))
    return [entry for entry in entries if entry]


def read_reference(entry: str, is_id: IsId) -> Reference:
    """One entry with its strength, link and lag; whatever is a known id as a whole is not taken apart."""
    if is_id(entry):
        return Reference(entry)
    prefix = PREFIX.fullmatch(entry)
    if prefix and is_id(prefix["id"]):
        return Reference(prefix["id"], strength=Strength(prefix["strength"].lower()))
    match = ENTRY.fullmatch(entry)
    if match is None:
        return Reference(entry)
    lag = match["lag"] or ""
    if lag and not (match["link"] or match["unit"]) and not is_id(match["id"]):
        return Reference(_unprefixed(entry), strength=_strength(match))  # PAY-12: the number is no lag
    weekly = (match["unit"] or "d").lower().startswith("w")
    days = float(re.sub(r"\s", "", lag).replace(",", ".") or 0) * (DAYS_PER_WEEK if weekly else 1)
    link = Link((match["link"] or "FS").upper())
    return Reference(match["id"].strip(), link, round(days), _strength(match))


def _strength(match: re.Match[str]) -> Strength:
    return Strength((match["strength"] or "hard").lower())


def _unprefixed(entry: str) -> str:
    prefix = PREFIX.fullmatch(entry)
    return prefix["id"] if prefix else entry


def _ids_within(entry: str, is_id: IsId) -> list[str]:
    """Exact ids in a sentence; a mere word or number (12, 1.5, #3) is too likely to be nothing else."""
    words = (word.strip(".:!?") for word in SENTENCE_WORD.findall(entry))
    telling = (word for word in words if not word.isalpha() and any(map(str.isalpha, word)))
    return list(dict.fromkeys(word for word in telling if is_id(word)))
