"""One-way doors: passed only with evidence and another person's approval."""

from collections.abc import Iterator
from datetime import date

from planner.domain.governance import Launch, Objection
from planner.domain.roadmap import Decision, Door, Hypothesis, Task, id_key
from planner.governance.gate import Gate, objection
from planner.governance.people import same_person

PASSED = frozenset({"pass", "passed", "success", "true", "yes", "confirmed", "won"})
"""What people write as the result of a hypothesis that held."""


def doors_without_evidence(gate: Gate) -> Iterator[Objection]:
    """A one-way door that is passed before its test is read, or its decision taken and approved by somebody else."""
    hypotheses = {id_key(hypothesis.id): hypothesis for hypothesis in gate.roadmap.hypotheses}
    for launch in gate.launches:
        task = gate.tasks.get(id_key(launch.task))
        if task is None:
            continue
        decisions = [d for d in gate.roadmap.decisions if _relies_on(task, d)]
        for decision in decisions:
            if task.door is Door.ONE_WAY or decision.door is Door.ONE_WAY:
                yield from _against_decision(gate, launch, decision)
        if task.door is Door.ONE_WAY:
            for name in task.hypotheses:
                hypothesis = hypotheses.get(id_key(name))
                if hypothesis is not None and id_key(task.id) not in map(id_key, hypothesis.tested_by):
                    yield from _against_hypothesis(gate, launch, hypothesis)


def _relies_on(task: Task, decision: Decision) -> bool:
    return bool(decision.key) and id_key(decision.key) in {id_key(s.key) for s in (*task.sets, *task.needs)}


def _against_decision(gate: Gate, launch: Launch, decision: Decision) -> Iterator[Objection]:
    if decision.is_open:
        if launch.day <= gate.as_of or (decision.due is not None and launch.day < decision.due):
            yield objection(
                "door-undecided",
                launch,
                f"{launch.task} passes a one-way door on {launch.day}; {decision.id} ({decision.question}) is open.",
                f"Decide first: roadmap decide draft {decision.id}",
                decision,
            )
    elif not decision.approver.strip():
        yield objection(
            "door-unapproved",
            launch,
            f"{launch.task} passes a one-way door on {launch.day}, and nobody has approved {decision.id}.",
            f"Have it approved: roadmap decide approve {decision.id} --option ... --driver ... --approver ...",
            decision,
        )
    elif same_person([decision.driver], [decision.approver], gate.rules.people):
        yield objection(
            "door-self-approved",
            launch,
            f"{launch.task} passes a one-way door on {launch.day}; {decision.approver} drove and approved "
            f"{decision.id}.",
            "Have somebody else approve it.",
            decision,
        )


def _against_hypothesis(gate: Gate, launch: Launch, hypothesis: Hypothesis) -> Iterator[Objection]:
    result = id_key(hypothesis.result)
    known = max((gate.planned.get(id_key(test), date.min) for test in hypothesis.tested_by), default=date.min)
    readout = max(hypothesis.readout or date.min, known)
    if result and result not in PASSED:
        what = f"and {hypothesis.id} has failed ({hypothesis.result})"
    elif not result and (launch.day <= gate.as_of or launch.day < readout):
        what = (
            f"and {hypothesis.id} is not read before {readout}"
            if readout > launch.day
            else (f"and {hypothesis.id} has no result")
        )
    else:
        return
    yield objection(
        "door-unproven",
        launch,
        f"{launch.task} passes a one-way door on {launch.day}, {what}.",
        f"Wait for the result: roadmap experiment result {hypothesis.id} --pass or --fail",
        hypothesis,
    )
