"""Who may let what out: identities and how they are proven, requests to break a block, and what a gate objects to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.cells import Cell


class Proof(StrEnum):
    """How an identity was established, the weakest first."""

    ASSERTED = "asserted"
    """A name that somebody typed."""
    ACCOUNT = "account"
    """The account that the operating system runs us under."""
    SIGNED = "signed"
    """A signature by git, which git itself has verified."""

    @property
    def rank(self) -> int:
        """0 for the weakest."""
        return list(Proof).index(self)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as recorded: the name, its proof, and always the account that the command ran under.

    `key` is the signing key's fingerprint and `signature` the signed object as git stores it, where there is one.
    """

    name: str
    proof: Proof
    account: str
    key: str = ""
    signature: str = ""

    def __str__(self) -> str:
        return self.name if self.proof is Proof.ACCOUNT else f"{self.name} ({self.proof})"


@dataclass(frozen=True)
class Gatekeeping:
    """`[breakglass]` of roadmap.toml: who may approve, known by which names, and what proof counts.

    `approvers` by scope (all, org:X, team:Y, component:Z); `people` are further spellings and accounts of a person.
    An approval with less proof than `accept` opens nothing.
    """

    approvers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accept: Proof = Proof.ASSERTED
    days: int = 14
    """A request that names no last day holds for so many days, counted from the block's first day if that comes."""
    anchor: str = ""
    """Where head and length of the log are kept outside it; empty: in the user's own state folder."""


class Step(StrEnum):
    """What a link of the log records."""

    REQUEST = "request"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the hash-chained log: `digest` covers everything else in it, `previous` is that of the link before.

    `request` numbers requests (BG-1); `expires` is the last day on which the override holds. An approval repeats
    what it approves, so that a link can be read alone. `at` is UTC, ISO.
    """

    number: int
    step: Step
    request: str
    task: str
    block: str
    reason: str
    by: Identity
    at: str
    expires: date
    previous: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is kept of the log outside it: how many links it had when it was last seen, and the digest of the last.

    Others may have added links since: the log grows, and what was seen must still stand.
    """

    length: int
    head: str

    def __str__(self) -> str:
        return f"{self.length}:{self.head}"


class Integrity(StrEnum):
    """What can be said about the log."""

    INTACT = "intact"
    EDITED = "edited"
    CUT = "cut"
    UNKNOWN = "cannot tell"
    """The links agree with each other, and there is no anchor to hold them against."""


@dataclass(frozen=True)
class ChainState:
    """The log as far as it can be trusted: `links` are those that may be relied on."""

    integrity: Integrity
    links: tuple[Link, ...]
    detail: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing speaks against it."""
        return self.integrity in (Integrity.INTACT, Integrity.UNKNOWN)


class Standing(StrEnum):
    """Where a request stands."""

    PENDING = "waits for approval"
    APPROVED = "approved"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """A request to open one block for one task, with its approval; `used` is the launch that it let through."""

    id: str
    task: str
    block: str
    reason: str
    requested_by: Identity
    requested_at: str
    expires: date
    standing: Standing
    approved_by: Identity | None = None
    approved_at: str = ""
    used: date | None = None


@dataclass(frozen=True)
class Register:
    """All requests, and whether the log that holds them can be trusted."""

    requests: tuple[BreakGlass, ...]
    state: ChainState
    anchor: Anchor | None


@dataclass(frozen=True, slots=True)
class Launch:
    """A launch that a gate looks at: planned, or one that has happened."""

    task: str
    day: date
    is_actual: bool
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why something may not be let out, or what is doubtful about it.

    `rule` is what programs read; a doubt becomes an error under `--strict`.
    """

    rule: str
    task: str
    day: date | None
    message: str
    advice: str
    cells: tuple[Cell, ...] = ()
    is_error: bool = True


@dataclass(frozen=True)
class Verification:
    """What a gate found: how much it looked at, and its objections, errors first."""

    planned: int
    actual: int
    blocks: int
    objections: tuple[Objection, ...]
    state: ChainState
    plan: str = ""
    """Id of the plan whose launches were looked at; empty where there is none."""

    @property
    def passes(self) -> bool:
        """Whether the gate lets everything through."""
        return not any(objection.is_error for objection in self.objections)
