"""Plants what waits for a decision, and what only looks like it."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.cells import Source
from planner.domain.roadmap import Door, Hypothesis, Status
from tests.conflicts.builder import FILE, Builder

FAR = date(2027, 3, 31)


def decision(builder: Builder, *, options: Mapping[str, float | None], chosen: str = "", driver: str = "Alma") -> str:
    """A key with a decision that has all it takes, but for what is said."""
    key = f"{builder.component()}.storage"
    builder.decision(key, options, chosen=chosen)
    last = replace(builder.roadmap.decisions[-1], due=FAR, driver=driver)
    builder.roadmap = replace(builder.roadmap, decisions=(*builder.roadmap.decisions[:-1], last))
    return key


def hypothesis(
    builder: Builder, tests: Sequence[str], *, group: str = "", result: str = "", chance: float = 0.6
) -> str:
    """A hypothesis that some tasks test."""
    row = len(builder.roadmap.hypotheses) + 2
    made = Hypothesis(
        f"H-{row}",
        Source(FILE, "Hypotheses", row),
        statement="It works",
        treatment_group=group,
        probability=chance,
        tested_by=tuple(tests),
        result=result,
    )
    builder.roadmap = replace(builder.roadmap, hypotheses=(*builder.roadmap.hypotheses, made))
    return made.id


def undecided_decision(builder: Builder, _: random.Random) -> frozenset[str]:
    """A task builds on an answer that nobody has given."""
    key = decision(builder, options={"Aurora": 0.7, "DynamoDB": 0.3})
    return frozenset((builder.task(builder.teams(1)[0], sets={key: "Aurora"}),))


def decided_decision(builder: Builder, _: random.Random) -> None:
    """The answer is given."""
    key = decision(builder, options={"Aurora": 0.7, "DynamoDB": 0.3}, chosen="Aurora")
    builder.task(builder.teams(1)[0], sets={key: "Aurora"})


def awaited_decision(builder: Builder, _: random.Random) -> None:
    """The task waits for the one that settles the question."""
    key = decision(builder, options={"Aurora": 0.7, "DynamoDB": 0.3})
    team = builder.teams(1)[0]
    settling = builder.task(team, settles=(builder.roadmap.decisions[-1].id,))
    builder.task(team, after=[settling], sets={key: "Aurora"})


def starved_decision(builder: Builder, _: random.Random) -> frozenset[str]:
    """Nobody drives an open decision; a task settles it."""
    decision(builder, options={"Aurora": None, "DynamoDB": None}, driver="")
    return frozenset((builder.task(builder.teams(1)[0], settles=(builder.roadmap.decisions[-1].id,)),))


def fed_decision(builder: Builder, _: random.Random) -> None:
    """A driver, a day and an effort."""
    decision(builder, options={"Aurora": None, "DynamoDB": None})


def untested_hypothesis(builder: Builder, _: random.Random) -> frozenset[str]:
    """Work that does not wait for the test of what it relies on."""
    team = builder.teams(1)[0]
    belief = hypothesis(builder, [builder.task(team)])
    return frozenset((builder.task(team, hypotheses=(belief,)),))


def tested_hypothesis(builder: Builder, _: random.Random) -> None:
    """A test that names what it tests, and work on what is known to hold."""
    team = builder.teams(1)[0]
    test = builder.task(team)
    builder.change(test, hypotheses=(hypothesis(builder, [test]),))
    builder.task(team, hypotheses=(hypothesis(builder, [builder.task(team)], result="pass"),))


def unproven_one_way_door(builder: Builder, _: random.Random) -> frozenset[str]:
    """A one-way door for which nobody named a proof."""
    return frozenset((builder.task(builder.teams(1)[0], door=Door.ONE_WAY, reversal=20.0),))


def proven_one_way_door(builder: Builder, _: random.Random) -> None:
    """One whose test has passed, one that can be undone."""
    team = builder.teams(1)[0]
    passed = hypothesis(builder, [builder.task(team, status=Status.DONE)], result="pass")
    builder.task(team, door=Door.ONE_WAY, hypotheses=(passed,))
    builder.task(team, door=Door.TWO_WAY)


def colliding_experiments(builder: Builder, _: random.Random) -> frozenset[str]:
    """Two tests on one group, in no order."""
    one, other = (builder.task(team) for team in builder.teams(2))
    group = f"group of {one}"
    hypothesis(builder, [one], group=group)
    hypothesis(builder, [other], group=group)
    return frozenset((one, other))


def ordered_experiments(builder: Builder, _: random.Random) -> None:
    """Two tests on one group, one after the other; another test has a group of its own."""
    one, other = builder.teams(2)
    first = builder.task(one)
    second = builder.task(other, after=[first])
    for test, group in ((first, "ordered"), (second, "ordered"), (builder.task(one), "alone")):
        hypothesis(builder, [test], group=f"{group} {first}")


PLANTERS: Mapping[str, Callable[[Builder, random.Random], frozenset[str]]] = {
    "undecided-decision": undecided_decision,
    "starved-decision": starved_decision,
    "untested-hypothesis": untested_hypothesis,
    "unproven-one-way-door": unproven_one_way_door,
    "colliding-experiments": colliding_experiments,
}
NEAR_MISSES: Sequence[Callable[[Builder, random.Random], None]] = (
    decided_decision,
    awaited_decision,
    fed_decision,
    tested_hypothesis,
    proven_one_way_door,
    ordered_experiments,
)
