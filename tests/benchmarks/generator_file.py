"""Somebody else's generator: any Python file with a function `gen(N, T, seed)`."""

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.network import Network


def generate_with(path: Path, tasks: int, teams: int, seed: int) -> Network:
    """What `gen` of this file makes: a dictionary with cap, team, dur, item, cod, w and preds (see `Network`)."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.gen(tasks, teams, seed)

    def whole(values: Iterable[int]) -> tuple[int, ...]:
        return tuple(map(int, values))

    return Network(
        engineers=whole(made["cap"]),
        cost_of_delay=whole(made["cod"]),
        team=whole(made["team"]),
        item=whole(made["item"]),
        duration=whole(made["dur"]),
        weight=whole(made["w"]),
        before=tuple(whole(group) for group in made["preds"]),
    )
