"""The one place that knows numba: what `@compiled` does, and whether there is anything to do it with."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

try:
    from numba import njit
except ImportError:
    njit = None  # type: ignore[assignment]

P = ParamSpec("P")
R = TypeVar("R")

AVAILABLE = njit is not None
"""Whether kernels run as machine code; as plain Python they would be slower than the code that they stand for."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code at the first call, kept on disk for the next run; other threads go on while it runs."""
    if njit is None:
        return function
    kernel: Callable[P, R] = njit(cache=True, nogil=True, error_model="numpy")(function)
    return kernel
