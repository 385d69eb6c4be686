"""A kernel counts as compiled where its index is beside the source and younger; prices are the same either way."""

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random

import numpy as np
import pytest

from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.kept import kept
from planner.scheduling.dual import at_first
from planner.scheduling.relaxation import relaxation
from planner.scheduling.sgs import serial
from planner.scheduling.windows import windows
from tests.scheduling.random_plans import random_plan


def test_an_index_younger_than_the_source_counts(tmp_path: Path) -> None:
    source = tmp_path / "kernels.py"
    source.write_text("\ndef double(x):\n    return 2 * x\n")
    spec = spec_from_file_location("kernels", source)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not kept(module.double)
    index = tmp_path / "__pycache__" / "kernels.double-2.py311.nbi"
    index.parent.mkdir(exist_ok=True)
    index.touch()
    os.utime(source, (1000, 1000))
    assert kept(module.double)
    os.utime(index, (999, 999))
    assert not kept(module.double)


@pytest.mark.skipif(not AVAILABLE, reason="numba is not installed")
def test_machine_code_gives_the_same_prices_to_the_last_bit() -> None:
    case = random_plan(Random(1))
    incumbent = serial(case, list(range(len(case.activities))))
    assert incumbent is not None
    relaxed = relaxation(case, windows(case), incumbent)
    price, queues = np.full(len(relaxed.ends.early), 7.0), np.full_like(relaxed.rows.capacity, 3.0)
    plain, machine = (at_first(relaxed, price, queues.copy(), code, None) for code in (False, True))
    for _ in range(50):
        assert plain.value() == machine.value()
        assert plain.starts.tolist() == machine.starts.tolist()
        for dual in (plain, machine):
            dual.step(0.9, 1000.0)
