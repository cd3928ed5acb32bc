"""The rigid movement that most cells agree on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.cells import CellMatches


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """Small rigid movement d = u + phi * (x, -y), and how each cell departs from it.

    Parameters
    ----------
    shift : float64 (2,)
        u, points (row, column).
    turn : float
        phi, radians.
    residual : float64 (n,)
        Distance of each cell's displacement from the movement, points.
    congruent : bool (n,)
    """

    shift: NDArray[np.float64]
    turn: float
    residual: NDArray[np.float64]
    congruent: NDArray[np.bool_]

    def part(self, cells: slice) -> Consensus:
        """The same movement with some of the cells."""
        return replace(self, residual=self.residual[cells], congruent=self.congruent[cells])


def consensus(
    matches: CellMatches, threshold: float, tolerance: float, largest_turn: float, rounds: int = 5
) -> Consensus:
    """Mode of the displacements, then a robust rigid fit to the cells that agree with it.

    Parameters
    ----------
    matches : CellMatches
    threshold : float
        Least correlation of a congruent cell.
    tolerance : float
        Largest residual of a congruent cell, points.
    largest_turn : float
        Largest |phi|, radians.
    rounds : int
        Refits.
    """
    if not len(matches):
        return Consensus(np.zeros(2), 0.0, np.zeros(0), np.zeros(0, dtype=bool))
    weight = np.clip(matches.correlation, 0.0, 1.0) ** 2
    shift, turn = _mode(matches, weight, 1.5 * tolerance, largest_turn), 0.0
    residual = _residual(matches, shift, turn)
    for _ in range(rounds):
        near = weight * np.square(np.clip(1.0 - np.square(residual / (2.0 * tolerance)), 0.0, None))
        if near.sum() <= 0:
            break
        shift, turn = _fit(matches, near, largest_turn)
        residual = _residual(matches, shift, turn)
    congruent = (matches.correlation >= threshold) & (residual <= tolerance)
    return Consensus(shift, turn, residual, congruent)


def _mode(
    matches: CellMatches, weight: NDArray[np.float64], reach: float, largest_turn: float
) -> NDArray[np.float64]:
    """The displacement with most weight about it, allowing for a turn between distant cells."""
    apart = np.linalg.norm(matches.displacement[:, None] - matches.displacement[None], axis=2)
    allowed = reach + 0.5 * largest_turn * np.linalg.norm(
        matches.centre[:, None] - matches.centre[None], axis=2
    )
    agreement = (weight * np.clip(1.0 - np.square(apart / allowed), 0.0, None)).sum(axis=1)
    place: NDArray[np.float64] = matches.displacement[int(np.argmax(agreement * weight**0.5))]
    return place


def _fit(
    matches: CellMatches, weight: NDArray[np.float64], largest_turn: float
) -> tuple[NDArray[np.float64], float]:
    """Weighted least squares for u and phi; phi is drawn to zero where few cells carry it."""
    share = weight / weight.sum()
    middle = share @ matches.centre
    mean = share @ matches.displacement
    across = _turned(matches.centre - middle)
    lever = float(share @ np.square(across).sum(axis=1))
    prior = 2.0 * lever / max(1.0, float(np.count_nonzero(weight > 0.05 * weight.max()))) ** 2
    moment = float(share @ (across * (matches.displacement - mean)).sum(axis=1))
    turn = moment / (lever + prior) if lever > 0 else 0.0
    turn = float(np.clip(turn, -largest_turn, largest_turn))
    return mean - turn * _turned(middle), turn


def _residual(matches: CellMatches, shift: NDArray[np.float64], turn: float) -> NDArray[np.float64]:
    movement = shift + turn * _turned(matches.centre)
    distance: NDArray[np.float64] = np.linalg.norm(matches.displacement - movement, axis=1)
    return distance


def _turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The direction in which a small positive rotation carries points (row, column)."""
    return np.stack([points[..., 1], -points[..., 0]], axis=-1)
