"""From which state to which: where guns were first sold, and where they were recovered."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from headstamp.incidents.poisson import Interval, mid_p
from headstamp.tracing.bases import Base, Share

Counts = NDArray[np.int64]  # (sources, recoveries), guns


@dataclass(frozen=True, slots=True)
class SourceRecoveryMatrix:
    """Guns of one year by state of the first sale and state of recovery.

    Parameters
    ----------
    year : int
    sources, recoveries : tuple of str
        Codes of states; the name of what has no code.
    counts : int64 (sources, recoveries)

    Raises
    ------
    ValueError
        If the sizes do not agree, a state is there twice, or a count is negative.
    """

    year: int
    sources: tuple[str, ...]
    recoveries: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        if self.counts.shape != (len(self.sources), len(self.recoveries)):
            raise ValueError("a matrix needs a row for each source and a column for each recovery")
        if len({*self.sources}) < len(self.sources) or len({*self.recoveries}) < len(
            self.recoveries
        ):
            raise ValueError("a state is in the matrix twice")
        if (self.counts < 0).any():
            raise ValueError("a number of guns cannot be negative")

    def recovered_in(self, state: str) -> Base:
        """Guns recovered in a state whose source state is known."""
        return Base("source_state_identified", int(self.column(state).sum()))

    def sold_in(self, state: str) -> Base:
        """Guns first sold in a state that were recovered anywhere."""
        return Base("source_state_identified", int(self.row(state).sum()))

    def at_home(self, state: str) -> int:
        """Guns that were both sold and recovered in a state."""
        if state not in self.sources or state not in self.recoveries:
            return 0
        return int(self.counts[self.sources.index(state), self.recoveries.index(state)])

    def column(self, state: str) -> Counts:
        """Guns recovered in a state, by source."""
        if state not in self.recoveries:
            return np.zeros(len(self.sources), np.int64)
        return self.counts[:, self.recoveries.index(state)]

    def row(self, state: str) -> Counts:
        """Guns first sold in a state, by state of recovery."""
        if state not in self.sources:
            return np.zeros(len(self.recoveries), np.int64)
        return self.counts[self.sources.index(state), :]


@dataclass(frozen=True, slots=True)
class Flow:
    """Guns from one state to another, as a share of all that went into, or came out of, it."""

    source: str
    recovery: str
    share: Share


def sources_of(matrix: SourceRecoveryMatrix, state: str) -> tuple[Flow, ...]:
    """Where the guns recovered in a state were first sold, most first.

    Parameters
    ----------
    matrix : SourceRecoveryMatrix
    state : str
        Code of the state of recovery.
    """
    base = matrix.recovered_in(state)
    found = zip(matrix.sources, matrix.column(state).tolist(), strict=True)
    return tuple(Flow(name, state, Share(part, base)) for name, part in _most_first(found))


def destinations_of(matrix: SourceRecoveryMatrix, state: str) -> tuple[Flow, ...]:
    """Where the guns first sold in a state were recovered, most first."""
    base = matrix.sold_in(state)
    found = zip(matrix.recoveries, matrix.row(state).tolist(), strict=True)
    return tuple(Flow(state, name, Share(part, base)) for name, part in _most_first(found))


def _most_first(found: zip[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(((name, part) for name, part in found if part), key=lambda one: (-one[1], one[0]))


def out_of_state(matrix: SourceRecoveryMatrix, state: str) -> Share:
    """The share of the guns recovered in a state that were first sold elsewhere."""
    base = matrix.recovered_in(state)
    return Share(base.count - matrix.at_home(state), base)


@dataclass(frozen=True, slots=True)
class NetImport:
    """Guns that came into a state from others, less those that left it for others.

    Parameters
    ----------
    imported, exported : int
    interval : (float, float)
        95 %, of the difference.
    """

    imported: int
    exported: int
    interval: Interval

    @property
    def net(self) -> int:
        """Above zero where more came in than left."""
        return self.imported - self.exported


def net_import(matrix: SourceRecoveryMatrix, state: str) -> NetImport:
    """How many more guns came into a state than left it, each count taken as one of a Poisson
    process, with the interval of their difference by the method of variance estimates recovery.

    References
    ----------
    Zou and Donner 2008, doi:10.1002/sim.3095.
    """
    home = matrix.at_home(state)
    imported = matrix.recovered_in(state).count - home
    exported = matrix.sold_in(state).count - home
    (low_in, high_in), (low_out, high_out) = mid_p(imported), mid_p(exported)
    below = sqrt((imported - low_in) ** 2 + (high_out - exported) ** 2)
    above = sqrt((high_in - imported) ** 2 + (exported - low_out) ** 2)
    net = imported - exported
    return NetImport(imported, exported, (net - below, net + above))
