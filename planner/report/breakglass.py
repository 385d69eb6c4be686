"""Requests to break a block, for people and for programs."""

import json
from collections.abc import Sequence

from planner.domain.governance import BreakGlass, Identity, Proof, Register
from planner.report.wording import count, full_day, plain


def request_text(request: BreakGlass) -> str:
    """One request and how it stands."""
    approved = f", approved by {_who(request.approved_by)}" if request.approved_by else ""
    used = f", launched on {full_day(request.used)}" if request.used else ""
    return plain(
        f'{request.id}  {request.task} in "{request.block}": {request.standing}{approved}{used}; asked for by '
        f"{_who(request.requested_by)}, holds until {full_day(request.expires)}"
    )


def _who(identity: Identity) -> str:
    """A person and what stands for them; accounts differ from machine to machine and are told to programs."""
    return identity.name if identity.proof is Proof.ACCOUNT else f"{identity.name} ({identity.proof})"


def review_text(register: Register) -> str:
    """All requests with their reasons, and what can be said of the log."""
    lines = []
    for request in register.requests:
        lines += [request_text(request), f"      {plain(request.reason)}"]
    if not register.requests:
        lines.append("Nobody has asked to break a block.")
    state = register.state
    detail = f": {state.detail}" if state.detail else ""
    lines += ["", f"The log is {state.integrity}{detail}; {count(len(state.links), 'line')} can be relied on."]
    if register.anchor and register.anchor.length:
        lines.append(f"For a pipeline: roadmap verify --anchor {register.anchor}")
    return "\n".join(lines) + "\n"


def requests_json(requests: Sequence[BreakGlass], register: Register | None = None) -> str:
    """Requests with every identity as it was recorded, and the state of the log."""
    content: dict[str, object] = {"requests": [_object(request) for request in requests]}
    if register is not None:
        state = register.state
        content["log"] = {
            "integrity": str(state.integrity),
            "detail": state.detail,
            "links": len(state.links),
            "anchor": str(register.anchor) if register.anchor else None,
        }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _object(request: BreakGlass) -> dict[str, object]:
    return {
        "id": request.id,
        "task": request.task,
        "block": request.block,
        "reason": request.reason,
        "standing": str(request.standing),
        "requested_by": _identity(request.requested_by),
        "requested_at": request.requested_at,
        "expires": request.expires.isoformat(),
        "approved_by": _identity(request.approved_by) if request.approved_by else None,
        "approved_at": request.approved_at or None,
        "used": request.used.isoformat() if request.used else None,
    }


def _identity(identity: Identity) -> dict[str, str]:
    return {"name": identity.name, "proof": str(identity.proof), "account": identity.account, "key": identity.key}
