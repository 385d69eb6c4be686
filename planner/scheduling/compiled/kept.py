"""Whether a kernel's machine code is kept on disk from an earlier run: asked without loading numba."""

from collections.abc import Callable
from pathlib import Path


def kept(function: Callable[..., object]) -> bool:
    """Whether numba has an index of machine code beside the source of a function, younger than the source.

    It keeps one there unless it may not write there: then it counts as not compiled. Where the first line of the
    function has moved since, so has the name of the index.
    """
    code = function.__code__
    source = Path(code.co_filename)
    found = source.parent.glob(f"__pycache__/{source.stem}.{code.co_qualname}-{code.co_firstlineno}.*.nbi")
    return any(index.stat().st_mtime >= source.stat().st_mtime for index in found)
