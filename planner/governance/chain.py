"""The hash-chained log of break-glass: each link holds the digest of the one before, the last is known outside.

A chain alone shows edits in its middle; who can write it can make all of it anew, or cut its end. So head and
length are kept elsewhere as well (an `Anchor`), and without them nothing is claimed. After S. Haber and W. S.
Stornetta, "How to time-stamp a digital document", Journal of Cryptology 3 (1991).
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from planner.domain.governance import Anchor, ChainState, Identity, Integrity, Link, Proof, Step

START = "0" * 64
"""What the first link has before it."""


def linked(link: Link) -> Link:
    """A link with its digest: SHA-256 over everything else in it, as canonical JSON."""
    return replace(link, digest=_digest(link))


def _digest(link: Link) -> str:
    content = {**asdict(link), "digest": ""}
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: object) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=date.isoformat)
    return text.encode("utf-8", "surrogatepass")


def to_line(link: Link) -> bytes:
    """A link as a line of the log."""
    return _canonical(asdict(link)) + b"\n"


def from_line(line: bytes) -> Link:
    """A line of the log as a link; raises ValueError, KeyError or TypeError for anything else."""
    content: dict[str, Any] = json.loads(line)
    by = {**content["by"], "proof": Proof(content["by"]["proof"])}
    step, expires = Step(content["step"]), date.fromisoformat(content["expires"])
    return Link(**{**content, "by": Identity(**by), "step": step, "expires": expires})


def examined(lines: Sequence[bytes], anchor: Anchor | None) -> ChainState:
    """What can be relied on of a log, held against its anchor.

    Links before the first one that is wrong still hold, those behind it do not.
    """
    links: list[Link] = []
    for number, line in enumerate(lines, 1):
        link = _sound(line, number, links[-1].digest if links else START)
        if link is None:
            return ChainState(Integrity.EDITED, tuple(links), f"line {number} is not as it was written")
        links.append(link)
    return _against(tuple(links), anchor)


def _sound(line: bytes, number: int, previous: str) -> Link | None:
    try:
        link = from_line(line)
    except (ValueError, KeyError, TypeError):
        return None
    whole = line.endswith(b"\n") and link.digest == _digest(link)
    return link if whole and (link.number, link.previous) == (number, previous) else None


def _against(links: tuple[Link, ...], anchor: Anchor | None) -> ChainState:
    """A log whose links agree with each other, against what is known of it outside."""
    if anchor is None:
        if not links:
            return ChainState(Integrity.INTACT, ())
        return ChainState(Integrity.UNKNOWN, links, "head and length of the log are not kept on this machine")
    if len(links) < anchor.length:
        return ChainState(Integrity.CUT, links, f"{anchor.length - len(links)} of {anchor.length} lines are missing")
    head = links[anchor.length - 1].digest if anchor.length else START
    if head != anchor.head:
        return ChainState(Integrity.EDITED, (), f"line {anchor.length} is not the one that was written")
    return ChainState(Integrity.INTACT, links)


def anchor_of(links: Sequence[Link]) -> Anchor:
    """What to keep of a log outside it."""
    return Anchor(len(links), links[-1].digest if links else START)


def anchor_from(text: str) -> Anchor:
    """An anchor as people pass it on, `LENGTH:HEAD`; raises ValueError for anything else.

    >>> anchor_from("2:" + "ab" * 32).length
    2
    """
    length, _, head = text.strip().partition(":")
    if not (length.isascii() and length.isdigit() and len(head) == 64 and set(head) <= set("0123456789abcdef")):
        raise ValueError(f"{text!r} is not LENGTH:HEAD")
    return Anchor(int(length), head)
