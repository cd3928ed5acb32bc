"""Tippett plots: how large the likelihood ratios are, for either truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Tippett:
    """Share of pairs whose likelihood ratio is at least as large as a value.

    Parameters
    ----------
    log10_lr : float64 (k,)
        The values, rising.
    same, different : float64 (k,)
        Share of the same-source and of the different-source pairs at or above each value; NaN
        without pairs of that kind.
    """

    log10_lr: NDArray[np.float64]
    same: NDArray[np.float64]
    different: NDArray[np.float64]


def tippett(log10_lr: NDArray[np.float64], same: NDArray[np.bool_]) -> Tippett:
    """The two curves of a Tippett plot.

    Parameters
    ----------
    log10_lr : float64 (n,)
        NaN entries take no part.
    same : bool (n,)

    References
    ----------
    Evett and Buckleton, Statistical analysis of STR data, Advances in Forensic Haemogenetics 6
    (1996) 79-86, after Tippett et al., Journal of the Forensic Science Society 8 (1968) 61-65.
    """
    known = np.isfinite(log10_lr)
    values = np.unique(log10_lr[known])
    return Tippett(
        values,
        _at_least(values, log10_lr[known & same]),
        _at_least(values, log10_lr[known & ~same]),
    )


def misleading(log10_lr: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[float, float]:
    """Rates of misleading evidence.

    Returns
    -------
    same : float
        Share of same-source pairs with a likelihood ratio below one.
    different : float
        Share of different-source pairs with one above one.
    """
    return (
        float(np.mean(log10_lr[same] < 0.0)) if same.any() else float("nan"),
        float(np.mean(log10_lr[~same] > 0.0)) if (~same).any() else float("nan"),
    )


def _at_least(values: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
    if not len(found):
        return np.full(len(values), np.nan)
    below = np.searchsorted(np.sort(found), values, side="left")
    share: NDArray[np.float64] = 1.0 - below / len(found)
    return share
