"""How wide text is in DejaVu Sans, and text cut or broken so that it fits: what keeps labels from overlapping."""

import unicodedata
from functools import lru_cache

from planner.report.wording import plain

ELLIPSIS = "…"
_ASCII = (
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 337 "
    "337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 "
    "684 989 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 "
    "635 411 521 392 634 592 818 592 592 525 636 337 636 838"
)
_ASCII_BOLD = (
    "348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 696 696 696 696 400 "
    "400 838 838 838 580 1000 774 762 734 830 683 683 821 837 372 372 775 637 995 837 850 733 850 770 720 682 812 "
    "774 1103 771 724 725 457 365 457 838 500 500 675 716 593 716 678 435 716 712 343 343 665 343 1042 712 687 "
    "716 716 493 595 478 712 652 924 645 652 582 712 365 712 838"
)
_FURTHER = "–500 —1000 …1000 ·318 •590 →838 ←838 ×838 ≤838 ≥838 −838 “518 ”518 ‘318 ’318 €636 £636 °500"
_FURTHER_BOLD = "–500 —1000 …1000 ·380 •639 →838 ←838 ×838 ≤838 ≥838 −838 “657 ”657 ‘380 ’380 €696 £696 °500"
"""Advances in thousandths of the size: from the blank to the tilde, then what else our own sentences hold."""


def _table(letters: str, further: str) -> dict[str, int]:
    table = {chr(32 + k): int(advance) for k, advance in enumerate(letters.split())}
    return table | {word[0]: int(word[1:]) for word in further.split()}


_REGULAR, _BOLD = _table(_ASCII, _FURTHER), _table(_ASCII_BOLD, _FURTHER_BOLD)
_NARROW, _SYMBOL, _WIDE, _EMOJI = 800, 900, 1000, 1450
"""For letters of other scripts, for symbols, for East Asian letters, for emoji: rather too much than too little."""


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> int:
    """Thousandths of the size; an accented letter is as wide as its base, a combining mark has no width."""
    table = _BOLD if bold else _REGULAR
    if letter in table:
        return table[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in table and letter.isalpha():
        return table[base] + 130 * (letter in "ľĽďťƠơƯư")
    if ord(letter) >= 0x1F000 or 0x2600 <= ord(letter) < 0x2800:
        return _EMOJI
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return _WIDE
    return (_NARROW if letter.isalpha() else _SYMBOL) + 100 * bold


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in the unit of `size`.

    >>> text_width("PAY-12", 10), text_width("PAY-12", 10, bold=True)
    (35.31, 40.38)
    """
    return round(sum(_advance(letter, bold) for letter in text) * size / 1000, 2)


def shortened(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text as one line, cut with an ellipsis where it is wider than `room`; empty where no letter fits.

    >>> shortened("Sanctions screening in seconds", 60, 10)
    'Sanctions…'
    >>> shortened("Pay", 5, 10)
    ''
    """
    line = plain(text)
    if text_width(line, size, bold) <= room:
        return line
    left = room - text_width(ELLIPSIS, size, bold)
    kept = 0
    for letter in line:
        left -= _advance(letter, bold) * size / 1000
        if left < 0:
            break
        kept += 1
    cut = line[:kept].rstrip(" ,;:.-–")
    return f"{cut}{ELLIPSIS}" if cut else ""


def broken(text: str, room: float, size: float, lines: int, bold: bool = False) -> tuple[str, ...]:
    """The text on at most so many lines, broken at blanks, the last one cut with an ellipsis.

    >>> broken("one two three four five", 50, 10, 2)
    ('one two', 'three fo…')
    """
    words, made = plain(text).split(), list[str]()
    while words and len(made) < lines - 1:
        fits = 1
        while fits < len(words) and text_width(" ".join(words[: fits + 1]), size, bold) <= room:
            fits += 1
        made.append(shortened(" ".join(words[:fits]), room, size, bold))
        words = words[fits:]
    return (*made, shortened(" ".join(words), room, size, bold)) if words else tuple(made)
