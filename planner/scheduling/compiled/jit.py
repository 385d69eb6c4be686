"""The one place that knows numba: what `@compiled` and `@leaf` do, and whether there is anything to do it with."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

try:
    from numba import njit
except ImportError:
    njit = None  # type: ignore[assignment]

try:
    import resource
except ImportError:  # Windows, where a process has no such limit
    resource = None  # type: ignore[assignment]

P = ParamSpec("P")
R = TypeVar("R")

LEAST_ROOM = 1_000_000_000
"""Bytes of address space; with fewer nothing is compiled or loaded: without memory LLVM ends the whole process."""


def room() -> bool:
    """Whether the process may use as much memory as machine code may need."""
    if resource is None:
        return True
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit == resource.RLIM_INFINITY or limit >= LEAST_ROOM


AVAILABLE = njit is not None and room()
"""Whether kernels run as machine code; as plain Python they would be slower than the code that they stand for."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code at the first call, kept on disk for the next run; other threads go on while it runs."""
    if not AVAILABLE:
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
    if not AVAILABLE:
        return function
    options = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}  # numba's types omit the last
    kernel: Callable[P, R] = njit(**options)(function)  # type: ignore[call-overload]
    return kernel


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """The same, copied into its callers: for kernels that take so many arrays that handing them on takes longest."""
    if not AVAILABLE:
        return function
    options = {"nogil": True, "error_model": "numpy", "_nrt": False, "forceinline": True}
    kernel: Callable[P, R] = njit(**options)(function)  # type: ignore[call-overload]
    return kernel
