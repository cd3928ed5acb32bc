"""How traces spread over dealers, and which dealer has more than its sales explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np
from scipy import stats

from headstamp.tracing.bases import Base, Share

Standing = Literal["within", "above", "below", "no_sales_volume"]


def top_share(traces: Sequence[int], base: Base, top: int = 10) -> Share:
    """The share of a base that the dealers with most traces account for.

    Parameters
    ----------
    traces : sequence of int
        By dealer.
    base : Base
        What the traces are a part of.
    top : int
    """
    return Share(sum(sorted(traces, reverse=True)[:top]), base)


def gini(traces: Sequence[int]) -> float:
    """Gini coefficient: 0 when every dealer has as many traces, near 1 when one has them all.

    Parameters
    ----------
    traces : sequence of int
        By dealer, dealers without any included where they are known.

    Returns
    -------
    float
        NaN without a trace.
    """
    ordered = np.sort(np.asarray(traces, float))
    total = ordered.sum()
    if not total:
        return nan
    places = np.arange(1, ordered.size + 1)
    return float((2 * places - ordered.size - 1) @ ordered / (ordered.size * total))


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A dealer in the funnel plot: traces per 1,000 sales against what all dealers have.

    Parameters
    ----------
    traces : int
    sales : int or None
    per_1000 : float
        NaN without sales.
    limits : (float, float)
        Per 1,000 sales; where a dealer of that size lies unless it differs from the rest.
    standing : str
    """

    traces: int
    sales: int | None
    per_1000: float
    limits: tuple[float, float]
    standing: Standing


def funnel(
    traces: Sequence[int], sales: Sequence[int | None], level: float = 0.998
) -> list[FunnelPoint]:
    """Dealers against the common rate; a large shop sells many guns, and has many traces.

    Parameters
    ----------
    traces : sequence of int
    sales : sequence of int or None
        Guns sold over the same years; None where they are not known.
    level : float
        How many dealers of the common rate lie within the limits.

    Returns
    -------
    list of FunnelPoint
        In the order given.

    References
    ----------
    Spiegelhalter 2005, doi:10.1002/sim.1970; limits are exact quantiles of the Poisson count.
    """
    known = [(t, s) for t, s in zip(traces, sales, strict=True) if s]
    sold = sum(s for _, s in known)
    common = sum(t for t, _ in known) / sold if sold else nan
    return [_point(t, s, common, level) for t, s in zip(traces, sales, strict=True)]


def _point(traces: int, sales: int | None, common: float, level: float) -> FunnelPoint:
    if not sales:
        return FunnelPoint(traces, sales, nan, (nan, nan), "no_sales_volume")
    low, high = limits(common, sales, level)
    per_1000 = traces * 1000 / sales
    standing: Standing = "above" if per_1000 > high else "below" if per_1000 < low else "within"
    return FunnelPoint(traces, sales, per_1000, (low, high), standing)


def limits(common: float, sales: int, level: float = 0.998) -> tuple[float, float]:
    """Between which traces per 1,000 sales a dealer of that size lies if it is like the rest.

    Parameters
    ----------
    common : float
        Traces for each sale, of all dealers.
    sales : int
    level : float
        How many such dealers lie within.
    """
    low, high = stats.poisson.interval(level, common * sales) if common else (0.0, 0.0)
    return float(low) * 1000 / sales, float(high) * 1000 / sales
