"""The requests that a log of break-glass tells of, and where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.domain.governance import BreakGlass, Link, Standing, Step
from planner.domain.roadmap import CalendarEvent, id_key


def requests_of(
    links: Sequence[Link],
    blocks: Iterable[CalendarEvent],
    launched: Mapping[str, date],
    today: date,
) -> tuple[BreakGlass, ...]:
    """One for each request, in the order in which they were made; `launched` are actual launches by `id_key`.

    A request is used when its task was launched on a day of the block that it asks for.
    """
    spans = {id_key(block.name): (block.start, block.end) for block in blocks}
    approvals = {link.request: link for link in links if link.step is Step.APPROVAL}
    return tuple(
        _request(link, approvals.get(link.request), spans.get(id_key(link.block)), launched, today)
        for link in links
        if link.step is Step.REQUEST
    )


def _request(
    link: Link,
    approval: Link | None,
    span: tuple[date, date] | None,
    launched: Mapping[str, date],
    today: date,
) -> BreakGlass:
    day = launched.get(id_key(link.task))
    used = day if approval and day and span and span[0] <= day <= span[1] else None
    if used:
        standing = Standing.USED
    elif link.expires < today:
        standing = Standing.EXPIRED
    else:
        standing = Standing.APPROVED if approval else Standing.PENDING
    return BreakGlass(
        id=link.request,
        task=link.task,
        block=link.block,
        reason=link.reason,
        requested_by=link.by,
        requested_at=link.at,
        expires=link.expires,
        standing=standing,
        approved_by=approval.by if approval else None,
        approved_at=approval.at if approval else "",
        used=used,
    )
