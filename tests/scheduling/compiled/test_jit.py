"""Machine code is left alone where the process may not have the memory that LLVM takes for granted."""

import pytest

from planner.scheduling.compiled import jit

pytestmark = pytest.mark.skipif(jit.resource is None, reason="this system has no such limit")


@pytest.mark.parametrize(("limit", "enough"), [(700_000_000, False), (1_500_000_000, True)])
def test_a_limit_on_memory(monkeypatch: pytest.MonkeyPatch, limit: int, enough: bool) -> None:
    monkeypatch.setattr(jit.resource, "getrlimit", lambda _: (limit, limit))
    assert jit.room() is enough


def test_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    unlimited = jit.resource.RLIM_INFINITY
    monkeypatch.setattr(jit.resource, "getrlimit", lambda _: (unlimited, unlimited))
    assert jit.room()
