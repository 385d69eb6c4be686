"""What a `roadmap.toml` can say, and what happens when it says it wrongly."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.config import find_settings, read_settings, settings_template
from planner.domain.diagnostics import Severity
from planner.domain.errors import UserError
from planner.domain.settings import Settings, TableMap


def written(folder: Path, text: str) -> Path:
    path = folder / "roadmap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def uncommented(template: str) -> str:
    """The template with its examples switched on."""
    return re.sub(r'^# (\[|"?[\w ]+"? = )', r"\1", template, flags=re.MULTILINE)


def test_the_template_says_what_holds_without_it(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, settings_template()))
    assert read.diagnostics == ()
    assert replace(read.settings, path="") == Settings()


def test_the_examples_in_the_template_are_right(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, uncommented(settings_template())))
    assert read.diagnostics == ()
    assert read.settings.planning_start == date(2026, 9, 7)
    assert read.settings.weights.money_per_engineer_day == 800
    assert read.settings.aliases == {"Tasks": {"Squad name": "Team"}}
    assert read.settings.tables == (
        TableMap(
            file="pm-*.xlsx",
            table_sheet="Backlog",
            sheet="Tasks",
            columns={"Title": ("Summary",), "Effort": ("effort_low", "effort_likely", "effort_high")},
            where={"Type": "Story"},
        ),
    )


def test_what_is_not_said_keeps_its_default(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, "[weights.priority]\nP0 = 5\n[defaults.sizes]\nhuge = 90\n"))
    assert read.settings.weights.priority == {"P0": 5, "P1": 1, "P2": 0.5, "P3": 0.2}
    assert read.settings.defaults.sizes == {"XS": 1, "S": 2, "M": 10, "L": 25, "XL": 50, "huge": 90}


def test_shares_of_throwaway_are_for_any_two_modes(tmp_path: Path) -> None:
    text = (
        '[weights.supersede]\n"replace>replace" = 0.5\n"any>remove" = 0\n"extend>destroy" = 1\n"change>change" = 2\n'
    )
    read = read_settings(written(tmp_path, text))
    default = Settings().weights.supersede
    assert read.settings.weights.supersede == {**default, "replace>replace": 0.5, "any>remove": 0}
    high, unknown = map(str, read.diagnostics)
    assert '"weights.supersede.change>change" is 2, but has to be a number from 0 to 1; 0.15 is used' in high
    assert '"weights.supersede.extend>destroy" is not a setting; it is ignored.' in unknown


def test_an_unknown_key_is_a_warning_that_guesses(tmp_path: Path) -> None:
    (found,) = read_settings(written(tmp_path, "[weights]\nhandof = 2\n")).diagnostics
    assert found.severity is Severity.WARNING
    assert str(found) == (
        'roadmap.toml: "weights.handof" is not a setting; it is ignored. Did you mean "weights.handoff"?'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('day_first = "yes"', '"day_first" is "yes", but has to be true or false; true is used'),
        (
            "planning_start = 2026-09-07T10:00:00",
            "has to be a date without quotes such as 2026-09-07; nothing is used",
        ),
        ("defaults = 3", '"defaults" is 3, but has to be a table, written [defaults]'),
        ("table = 3", "has to be a list of tables, each written [[table]]"),
        ("[defaults]\noperations = 10", '"defaults.operations" is 10, but has to be a number from 0 to 0.95; 0.1 is'),
        ("[defaults]\neffort = [5, 2, 15]", "has to be three ascending numbers such as [2, 5, 15]; [2, 5, 15] is"),
        ("[defaults]\nown_estimates = true", "has to be a whole number of at least 0; 5 is"),
        ('[defaults]\npriority = "high"', "has to be one of P0, P1, P2, P3"),
        ("[defaults.sizes]\nhuge = -1", '"defaults.sizes.huge" is -1, but has to be a number of at least 0; nothing'),
        ("[weights.lateness]\nmust = nan", '"weights.lateness.must" is nan'),
        (
            "[weights]\nhorizon_days = 0",
            '"weights.horizon_days" is 0, but has to be a whole number of at least 1; 260 is',
        ),
        ("[weights]\nrework_impact = 3", '"weights.rework_impact" is 3, but has to be a number from 0 to 1; 0.3 is'),
        ("[[table]]\n[table.columns]\nTitle = 3", '"table[1].columns.Title" is 3, but has to be a text in quotes or'),
    ],
)
def test_a_wrong_value_is_an_error_and_the_default_holds(tmp_path: Path, text: str, message: str) -> None:
    read = read_settings(written(tmp_path, text))
    (found,) = read.diagnostics
    assert found.severity is Severity.ERROR
    assert message in str(found)
    assert (read.settings.defaults, read.settings.weights) == (Settings().defaults, Settings().weights)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a = 1\nb = = 2\n", "line 2"), (b"a = '\xff'", "not a text file in UTF-8")],
)
def test_what_is_no_toml_is_one_line_for_the_user(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "roadmap.toml").write_bytes(content)
    with pytest.raises(UserError, match=words):
        read_settings(tmp_path / "roadmap.toml")


def test_a_missing_file_is_one_line_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"absent\.toml"):
        read_settings(tmp_path / "absent.toml")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "roadmap.toml").write_bytes(b"\xef\xbb\xbfday_first = false\n")
    assert read_settings(tmp_path / "roadmap.toml").settings.day_first is False


def test_settings_are_found_beside_the_workbook_or_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert find_settings([tmp_path / "q3.xlsx"]) is None
    found = written(tmp_path, "")
    assert find_settings([tmp_path / "q3.xlsx"]) == found
    assert find_settings([tmp_path / "empty", tmp_path]) == found
