"""The chained log: what was edited, cut or cannot be told."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.governance import Anchor, Identity, Integrity, Link, Proof, Step
from planner.governance.chain import START, anchor_from, anchor_of, examined, from_line, linked, to_line

ALMA = Identity("Alma", Proof.ACCOUNT, "alma")


def chain(count: int) -> list[Link]:
    links: list[Link] = []
    for number in range(1, count + 1):
        previous = links[-1].digest if links else START
        link = Link(
            number,
            Step.REQUEST,
            f"BG-{number}",
            "PAY-1",
            "Freeze",
            f"why {number} ü",
            ALMA,
            "t",
            date(2026, 12, 1),
            previous,
        )
        links.append(linked(link))
    return links


def lines(links: list[Link]) -> list[bytes]:
    return [to_line(link) for link in links]


def test_a_link_is_its_line() -> None:
    (link,) = chain(1)
    assert from_line(to_line(link)) == link


def test_a_whole_log_is_intact_and_may_grow() -> None:
    links = chain(4)
    assert examined(lines(links), anchor_of(links)).integrity is Integrity.INTACT
    grown = examined(lines(links), anchor_of(links[:2]))
    assert (grown.integrity, len(grown.links)) == (Integrity.INTACT, 4)


def test_without_an_anchor_it_cannot_tell() -> None:
    assert examined(lines(chain(3)), None).integrity is Integrity.UNKNOWN
    assert examined([], None).integrity is Integrity.INTACT


@given(st.data())
def test_any_change_of_any_byte_is_found(data: st.DataObject) -> None:
    links = chain(3)
    content = lines(links)
    line = data.draw(st.integers(0, 2))
    place = data.draw(st.integers(0, len(content[line]) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda v: v != content[line][place]))
    content[line] = content[line][:place] + bytes([value]) + content[line][place + 1 :]
    state = examined(content, anchor_of(links))
    assert not state.is_sound
    assert len(state.links) == line


def test_a_cut_end_is_found_however_the_chain_agrees() -> None:
    links = chain(3)
    state = examined(lines(links[:2]), anchor_of(links))
    assert (state.integrity, state.detail) == (Integrity.CUT, "1 of 3 lines are missing")
    assert examined([], anchor_of(links)).integrity is Integrity.CUT


def test_a_cut_middle_is_found() -> None:
    first, _, third = chain(3)
    assert examined(lines([first, third]), None).integrity is Integrity.EDITED


def test_a_log_that_somebody_made_anew_is_found_by_its_anchor_only() -> None:
    links = chain(3)
    forged = [linked(replace(links[0], reason="another"))]
    for link in links[1:]:
        forged.append(linked(replace(link, previous=forged[-1].digest)))
    assert examined(lines(forged), None).integrity is Integrity.UNKNOWN
    assert examined(lines(forged), anchor_of(links)).integrity is Integrity.EDITED


def test_an_anchor_is_passed_on_as_text() -> None:
    anchor = anchor_of(chain(2))
    assert anchor_from(str(anchor)) == anchor
    assert Anchor(0, START) == anchor_from(f"0:{START}")
