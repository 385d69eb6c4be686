"""Launches that change what is frozen or gone."""

from collections.abc import Iterator

from planner.domain.governance import Objection
from planner.domain.roadmap import TouchMode, id_key
from planner.governance.gate import Gate, objection


def writes_to_frozen(gate: Gate) -> Iterator[Objection]:
    """A planned launch that changes a component that is frozen, or that has retired by then."""
    components = {id_key(component.name): component for component in gate.roadmap.components}
    for launch in gate.launches:
        task = gate.tasks.get(id_key(launch.task))
        for touch in task.touches if task and not launch.is_actual else ():
            component = components.get(id_key(touch.component))
            if component is None or touch.mode in (TouchMode.READ, TouchMode.FREEZE):
                continue
            retired = component.retires_on is not None and component.retires_on < launch.day
            if id_key(component.status) == "frozen":
                state = "is frozen"
            elif retired and touch.mode is not TouchMode.REMOVE:
                state = f"retires on {component.retires_on}"
            else:
                continue
            yield objection(
                "frozen-component",
                launch,
                f'{launch.task} would launch a change ({touch.mode}) of "{component.name}" on {launch.day}, which '
                f"{state}.",
                f"Have {component.owner or 'its owner'} lift the freeze, or drop the change.",
                component,
            )
