"""The scale of an axis: round ends that hold all values, and round steps between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = 6
"""Steps of an axis, about."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, a tick every `step`."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values with a tick."""
        return tuple(self.low + k * self.step for k in range(round((self.high - self.low) / self.step) + 1))

    @property
    def digits(self) -> int:
        """Digits after the point that a tick needs."""
        return max(0, -floor(log10(self.step) + 1e-9))


def scale(values: Sequence[float]) -> Scale:
    """A round scale of steps of 1, 2 or 5 times a power of ten; raises ValueError without values.

    >>> scale([1422.4, 1431.0])
    Scale(low=1422.0, high=1432.0, step=2.0)
    """
    span = max(values) - min(values) or max(abs(values[0]), 1.0)
    power = 10.0 ** floor(log10(span / STEPS))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= span / STEPS)
    low, high = floor(min(values) / step) * step, ceil(max(values) / step) * step
    return Scale(low, high if high > low else low + step, step)
