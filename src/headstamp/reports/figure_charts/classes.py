"""Classes that a map's numbers are put into, few enough to tell their shades apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of numbers, from few to many.

    Parameters
    ----------
    starts : tuple of float
        Least number of each class; the first is 0.
    digits : int
        Decimals of a number.
    """

    starts: tuple[float, ...]
    digits: int = 0

    def of(self, value: float) -> str:
        """The label of a number's class."""
        return self.labels[bisect_right(self.starts, round(value, self.digits)) - 1]

    @property
    def labels(self) -> list[str]:
        """Of all classes, as ``10 to 19``; the last is open."""
        step = 10.0**-self.digits
        said = []
        for low, after in zip(self.starts, self.starts[1:], strict=False):
            high = after - step
            said.append(
                self._text(low) if high <= low else f"{self._text(low)} to {self._text(high)}"
            )
        return [*said, f"{self._text(self.starts[-1])} or more"]

    def _text(self, value: float) -> str:
        return f"{value:,.{self.digits}f}"


def classes(values: Sequence[float], most: int = 5) -> Classes:
    """At most so many classes with round limits that hold about equally many of the numbers.

    Parameters
    ----------
    values : sequence of float
        Counts or rates, not negative.
    most : int
        Of classes, two or more.
    """
    there = sorted(value for value in values if value > 0)
    digits = 1 if any(value != int(value) for value in there) and there[-1] < 10 else 0
    least = 10.0**-digits
    starts = [0.0]
    for part in range(1, most):
        if not there:
            break
        start = max(least, _rounded(there[len(there) * part // most], digits))
        if start > starts[-1] and start <= there[-1]:
            starts.append(start)
    return Classes(tuple(starts), digits) if len(starts) > 1 else Classes((0.0, least), digits)


def _rounded(value: float, digits: int) -> float:
    """To two significant digits, or to what numbers have."""
    places = min(digits, 1 - floor(log10(value))) if value > 0 else digits
    return round(value, places)
