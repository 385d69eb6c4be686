"""What the benchmarks on generated roadmaps are asked in common, and the roadmap that it means."""

import argparse
from pathlib import Path

from tests.benchmarks.generator import generate
from tests.benchmarks.generator_file import generate_with
from tests.benchmarks.network import Network


def parser_of(page: str | None) -> argparse.ArgumentParser:
    """The options for a roadmap, what is minimised, and how long; `page` is the module's docstring."""
    parser = argparse.ArgumentParser(description=page, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--teams", type=int, default=30)
    parser.add_argument("--mode", choices=("task", "item", "makespan"), default="task")
    parser.add_argument("--time-limit", type=float, default=30.0, help="seconds")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--generator", type=Path, help="a Python file with a function gen(N, T, seed)")
    return parser


def network_of(given: argparse.Namespace, seed: int) -> Network:
    """By the generator that is asked for."""
    if given.generator is None:
        return generate(given.tasks, given.teams, seed)
    return generate_with(given.generator, given.tasks, given.teams, seed)
