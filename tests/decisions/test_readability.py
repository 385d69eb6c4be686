import pytest

from planner.decisions.readability import readability
from planner.decisions.reading_markdown import read_markdown


def test_scores_by_hand():
    # 2 sentences, 10 words, 13 syllables (ta-ble, mi-grate, sche-ma), 41 letters
    measured = readability(read_markdown("# Head\n\nThe team will migrate the schema. We move the table."))

    assert (measured.words, measured.sentences) == (11, 2)
    assert measured.minutes == pytest.approx(11 * 15 / 1700)
    assert measured.flesch == pytest.approx(206.835 - 1.015 * 5 - 84.6 * 1.3)
    assert measured.grade == pytest.approx(0.39 * 5 + 11.8 * 1.3 - 15.59)
    assert measured.ari == pytest.approx(4.71 * 4.1 + 0.5 * 5 - 21.43)


def test_a_text_without_sentences_has_no_scores():
    measured = readability(read_markdown("# Two words\n"))

    assert (measured.words, measured.sentences, measured.flesch) == (2, 0, None)


def test_marks_of_evidence_are_not_read_aloud():
    assert readability(read_markdown("It costs two weeks [E7].")) == readability(read_markdown("It costs two weeks."))
