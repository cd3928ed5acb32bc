"""Many traces as columns of numbers: what is counted, compared and joined by the million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from math import nan
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.tracing.records import Trace
from headstamp.tracing.time_to_crime import PartialDate

Codes = NDArray[np.int32]  # (traces,), -1 = not known
Days = NDArray[np.datetime64]  # (traces,), days, NaT = not known
Degrees = NDArray[np.float64]  # (traces,), NaN = not known
Truths = NDArray[np.bool_]  # (traces,)


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column of texts, each text once.

    Parameters
    ----------
    codes : int32 (traces,)
        Places in ``names``; -1 where there is none.
    names : sequence of str
        In ascending order; empty where only the codes are wanted.
    """

    codes: Codes
    names: Sequence[str] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Coded:
        """Encode texts; empty ones are not known."""
        listed = list(texts)
        names = tuple(sorted({text for text in listed if text}))
        places = {name: place for place, name in enumerate(names)}
        return cls(np.array([places.get(text, -1) for text in listed], np.int32), names)

    def at(self, place: int) -> str:
        """The text of a trace; empty where there is none."""
        code = int(self.codes[place])
        return self.names[code] if code >= 0 else ""

    def equals(self, *wanted: str) -> Truths:
        """Where it is one of these texts."""
        places = [place for place, name in enumerate(self.names) if name in wanted]
        return np.isin(self.codes, places)

    @property
    def known(self) -> Truths:
        """Where there is a text."""
        return self.codes >= 0


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """Traces, each once, by column; every column has the same length.

    Parameters
    ----------
    id, gun, type, calibre, category, serial_status, recovery_state : Coded
    dealer, dealer_state, purchaser, possessor, purchaser_is_possessor, status : Coded
    recovered_first, recovered_last, sold_first, sold_last : datetime64[D]
        The days between which it was; the same where the day is known.
    possessor_age : float64
        Years; NaN where not known.
    multiple_sale, theft_report : bool
        Whether there is a report of it.
    recovery_latitude, recovery_longitude, dealer_latitude, dealer_longitude : float64
        Degrees.
    """

    id: Coded
    gun: Coded
    type: Coded
    calibre: Coded
    category: Coded
    serial_status: Coded
    recovery_state: Coded
    dealer: Coded
    dealer_state: Coded
    purchaser: Coded
    possessor: Coded
    purchaser_is_possessor: Coded
    status: Coded
    recovered_first: Days
    recovered_last: Days
    sold_first: Days
    sold_last: Days
    possessor_age: Degrees
    multiple_sale: Truths
    theft_report: Truths
    recovery_latitude: Degrees
    recovery_longitude: Degrees
    dealer_latitude: Degrees
    dealer_longitude: Degrees

    @classmethod
    def of(cls, traces: Sequence[Trace]) -> Traces:
        """From records, each id once.

        Raises
        ------
        ValueError
            If an id comes twice: which of the two is meant is for the caller to say.
        """
        if len({one.id for one in traces}) < len(traces):
            raise ValueError("a trace is there twice; keep the one that is meant")
        coded: dict[str, Any] = {
            name: Coded.of(getattr(one, name) for one in traces) for name in CODED
        }
        sold = [one.sold for one in traces]
        return cls(
            **coded,
            gun=Coded.of(one.gun or one.id for one in traces),
            recovered_first=_days(one.recovered.earliest for one in traces),
            recovered_last=_days(one.recovered.latest for one in traces),
            sold_first=_days(_end(one, first=True) for one in sold),
            sold_last=_days(_end(one, first=False) for one in sold),
            possessor_age=np.array(
                [nan if one.possessor_age is None else one.possessor_age for one in traces], float
            ),
            multiple_sale=np.array([bool(one.multiple_sale) for one in traces], bool),
            theft_report=np.array([bool(one.theft_report) for one in traces], bool),
            **_degrees("recovery", [one.recovered_at for one in traces]),
            **_degrees("dealer", [one.sold_at for one in traces]),
        )

    def __len__(self) -> int:
        return len(self.recovered_first)


CODED: Final = tuple(
    one.name for one in fields(Traces) if one.type == "Coded" and one.name != "gun"
)
"""The columns of texts that stand in a trace as they are."""


def _end(sold: PartialDate | None, *, first: bool) -> date | None:
    if sold is None:
        return None
    return sold.earliest if first else sold.latest


def _days(days: Iterable[date | None]) -> Days:
    return np.array(list(days), "datetime64[D]")


def _degrees(whose: str, places: list[tuple[float, float] | None]) -> dict[str, Any]:
    both = np.array([place or (nan, nan) for place in places], float).reshape(-1, 2)
    return {f"{whose}_latitude": both[:, 0], f"{whose}_longitude": both[:, 1]}
