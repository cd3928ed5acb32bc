"""What may point to trafficking: each sign by itself, with the traces that raise it.

A sign is a reason to look at records. Signs are never added up: a person or a dealer gets no score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from headstamp.tracing.columns import Traces, Truths
from headstamp.tracing.distance import kilometres
from headstamp.tracing.grouping import groups
from headstamp.tracing.multiple_sales import runs_of_sales
from headstamp.tracing.records import HANDGUNS
from headstamp.tracing.short_time_clusters import dealer_clusters
from headstamp.tracing.time_to_crime import Measured
from headstamp.tracing.times import times

Kind = Literal[
    "short_time_to_crime",
    "one_purchaser",
    "purchaser_is_not_possessor",
    "multiple_sale_report",
    "multiple_sale",
    "obliterated_serial",
    "recovered_far",
    "theft_report",
    "bought_together",
    "dealer_cluster",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where each sign begins.

    Parameters
    ----------
    measured : str
        Whether three years are calendar years or 1,095 days.
    far_km : float
        Kilometres from the place of sale, where both places are known; else another state is far.
    cluster_guns, cluster_days : int
        So many guns of one dealer with a short time, recovered within so many days.
    """

    measured: Measured = "calendar"
    far_km: float = 160.0
    cluster_guns: int = 5
    cluster_days: int = 365


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign.

    Parameters
    ----------
    kind : str
    traces : tuple of str
        Ids of the traces that raise it, in ascending order.
    because : str
        What in them does.
    """

    kind: Kind
    traces: tuple[str, ...]
    because: str


Places = NDArray[np.int64]  # places in the columns
Found = Iterator[tuple[Places, str]]


def indicators(traces: Traces, settings: Settings | None = None) -> list[Indicator]:
    """Every sign in a set of traces, by kind, then by the first trace.

    Parameters
    ----------
    traces : Traces
    settings : Settings, optional

    Notes
    -----
    What is not known raises nothing.
    """
    taken = settings or Settings()
    return [one for kind in RULES for one in indicators_of(kind, traces, taken)]


def indicators_of(kind: Kind, traces: Traces, settings: Settings) -> list[Indicator]:
    """The signs of one kind, by their traces."""
    found = [
        Indicator(kind, tuple(sorted(traces.id.at(place) for place in places.tolist())), because)
        for places, because in RULES[kind](traces, settings)
    ]
    return sorted(found, key=lambda one: (one.traces, one.because))


def _each(where: Truths, because: str) -> Found:
    """A sign for each trace by itself."""
    yield from ((np.array([place]), because) for place in np.flatnonzero(where).tolist())


def _short(traces: Traces, settings: Settings) -> Found:
    found = times(traces, settings.measured)
    for place in np.flatnonzero(found.short).tolist():
        days = found.days[place]
        known = f"{days:,} days" if found.exact[place] else "by what is known of the dates"
        yield np.array([place]), f"recovered under three years after the sale ({known})"


def _one_purchaser(traces: Traces, settings: Settings) -> Found:
    del settings
    for places in groups(traces.purchaser.codes):
        guns = len(np.unique(traces.gun.codes[places]))
        if guns > 1:
            yield places, f"one purchaser of {guns} recovered guns"


def _not_possessor(traces: Traces, settings: Settings) -> Found:
    del settings
    where = traces.purchaser_is_possessor.equals("no")
    return _each(where, "the possessor is not the purchaser")


def _multiple_sale_report(traces: Traces, settings: Settings) -> Found:
    del settings
    return _each(traces.multiple_sale, "a multiple sale was reported")


def _multiple_sale(traces: Traces, settings: Settings) -> Found:
    del settings
    exact = traces.sold_first == traces.sold_last
    handguns = exact & traces.type.equals(*HANDGUNS) & traces.dealer.known
    for places in groups(np.where(handguns, traces.purchaser.codes, -1), traces.dealer.codes):
        for run in runs_of_sales(traces.sold_first[places]):
            sold = places[run]
            guns = len(np.unique(traces.gun.codes[sold]))
            if guns > 1:
                yield sold, f"{guns} handguns of one dealer to one purchaser in five business days"


def _obliterated(traces: Traces, settings: Settings) -> Found:
    del settings
    return _each(traces.serial_status.equals("obliterated"), "the serial number is obliterated")


def _far(traces: Traces, settings: Settings) -> Found:
    away = kilometres(
        traces.dealer_latitude,
        traces.dealer_longitude,
        traces.recovery_latitude,
        traces.recovery_longitude,
    )
    names = traces.dealer_state.names, traces.recovery_state.names
    for place in np.flatnonzero(away >= settings.far_km).tolist():
        yield np.array([place]), f"recovered {away[place]:,.0f} km from where it was sold"
    both = np.isnan(away) & traces.dealer_state.known & traces.recovery_state.known
    for place in np.flatnonzero(both).tolist():
        sold = names[0][traces.dealer_state.codes[place]]
        recovered = names[1][traces.recovery_state.codes[place]]
        if sold != recovered:
            yield np.array([place]), f"sold in {sold} and recovered in {recovered}"


def _theft(traces: Traces, settings: Settings) -> Found:
    del settings
    return _each(traces.theft_report, "a theft or a loss was reported")


def _bought_together(traces: Traces, settings: Settings) -> Found:
    del settings
    exact = (traces.sold_first == traces.sold_last) & traces.dealer.known
    days = traces.sold_first.astype(np.int64)
    for places in groups(np.where(exact, traces.purchaser.codes, -1), traces.dealer.codes, days):
        guns = len(np.unique(traces.gun.codes[places]))
        if guns > 1:
            day = traces.sold_first[places[0]]
            yield places, f"{guns} recovered guns bought together on {day}"


def _dealer_cluster(traces: Traces, settings: Settings) -> Found:
    found = times(traces, settings.measured)
    return dealer_clusters(traces, found, settings.cluster_guns, settings.cluster_days)


RULES: Final[dict[Kind, Callable[[Traces, Settings], Found]]] = {
    "short_time_to_crime": _short,
    "one_purchaser": _one_purchaser,
    "purchaser_is_not_possessor": _not_possessor,
    "multiple_sale_report": _multiple_sale_report,
    "multiple_sale": _multiple_sale,
    "obliterated_serial": _obliterated,
    "recovered_far": _far,
    "theft_report": _theft,
    "bought_together": _bought_together,
    "dealer_cluster": _dealer_cluster,
}
"""How each sign is found."""
