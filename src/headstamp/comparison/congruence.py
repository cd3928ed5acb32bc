"""Published decision rules, so that results can be set beside the literature."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

SONG_THRESHOLD: Final = 6
"""Congruent cells from which Song (2013) calls two cases fired by the same gun."""


def cmc(
    displacement: NDArray[np.float64],
    correlation: NDArray[np.float64],
    threshold: float,
    tolerance: float,
) -> int:
    """Congruent matching cells after Song (2013).

    A cell counts when its correlation reaches the threshold and its registration lies within the
    tolerance of the virtual reference: the median of all cells in x and in y.

    Parameters
    ----------
    displacement : float64 (n, 2)
        Of each cell at the rotation under test, metres.
    correlation : float64 (n,)
    threshold : float
    tolerance : float
        Metres, along each axis.
    """
    if not len(correlation):
        return 0
    reference = np.median(displacement, axis=0)
    near = np.all(np.abs(displacement - reference) <= tolerance, axis=1)
    return int(np.count_nonzero(near & (correlation >= threshold)))


def high_cmc(counts: NDArray[np.int64], angles: NDArray[np.float64], spread_deg: float = 6.0) -> int:
    """High congruent matching cells after Tong et al. (2015), on cell counts by rotation.

    Angles whose count comes within one of the largest are the high ones. When they lie within the
    spread they are one consistent rotation and the count there is returned; scattered, they are
    no evidence of one, and the smallest of the counts is returned instead.

    Parameters
    ----------
    counts : int64 (K,)
        Congruent cells at each rotation.
    angles : float64 (K,)
        Radians.
    spread_deg : float
        Widest range of consistent rotations, degrees.
    """
    if not len(counts) or counts.max() == 0:
        return 0
    high = np.degrees(angles[counts >= counts.max() - 1])
    consistent = float(high.max() - high.min()) <= spread_deg
    return int(counts.max()) if consistent else int(counts.min())
