"""The one place that knows numba: what `@compiled` and `@leaf` do, and whether there is anything to do it with."""

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


def plain(kernel: Callable[P, R]) -> Callable[P, R]:
    """The function that a kernel was compiled from."""
    function: Callable[P, R] = getattr(kernel, "py_func", kernel)
    return function


def leaf(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a kernel that allocates no array and is called by others: without counting references.

    `Arrays` has some 35 of them. Counting them up and down at every call takes 0.3 microseconds, more than most
    such kernels; a schedule of 10,000 activities takes 3 ms instead of 35.
    """
    if njit is None:
        return function
    options = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}  # numba's types omit the last
    kernel: Callable[P, R] = njit(**options)(function)  # type: ignore[call-overload]
    return kernel
