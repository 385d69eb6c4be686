"""Measured on what was labelled before there was a detector: see README.md of this folder."""

import csv
from pathlib import Path

import pytest

from planner.decisions.syllables import syllables
from tests.decisions.documents import rules

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((HERE / name).read_text(encoding="utf-8").splitlines()))


def _precision_and_recall(rows: list[dict[str, str]]) -> tuple[float, float]:
    flagged = [row for row in rows if "passive-voice" in rules(row["sentence"])]
    right = sum(row["passive"] == "yes" for row in flagged)
    return right / len(flagged), right / sum(row["passive"] == "yes" for row in rows)


@pytest.mark.parametrize("part", ["development", "held out"])
def test_passives_are_found_with_high_precision(part):
    rows = [row for row in _rows("passives.csv") if row["part"] == part]

    precision, recall = _precision_and_recall(rows)

    # measured on 226 held-out sentences: 0.989 and 0.939
    assert precision >= 0.95
    assert recall >= 0.90


def test_the_corpus_is_large_and_balanced():
    rows = _rows("passives.csv")

    assert sum(row["part"] == "held out" for row in rows) >= 200
    assert 0.4 <= sum(row["passive"] == "yes" for row in rows) / len(rows) <= 0.6
    assert len({row["sentence"] for row in rows}) == len(rows)


def test_syllables_within_three_percent_of_those_counted_by_hand():
    rows = _rows("syllables.csv")
    off = [row["word"] for row in rows if syllables(row["word"]) != int(row["syllables"])]

    assert all(int(row["syllables"]) == row["split"].count("-") + 1 for row in rows)
    assert len(rows) >= 200
    assert len(off) / len(rows) <= 0.03, off
    counted, by_hand = sum(syllables(row["word"]) for row in rows), sum(int(row["syllables"]) for row in rows)
    assert abs(counted - by_hand) <= 0.03 * by_hand
