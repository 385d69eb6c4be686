"""`make bench` calls what exists."""

import shlex
from importlib.util import find_spec

import pytest

from tests.benchmarks.__main__ import SHORT


@pytest.mark.parametrize("benchmark", SHORT)
def test_every_benchmark_has_a_module_that_says_how_to_call_it(benchmark: str) -> None:
    name = f"tests.benchmarks.{shlex.split(benchmark)[0]}"
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    with open(spec.origin, encoding="utf-8") as source:
        assert f"python -m {name}" in source.read()
