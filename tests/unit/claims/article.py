"""Claims of the article of 30 June 2017, by hand: what its sentences say, in our own slots."""

from __future__ import annotations

from datetime import date
from typing import Any

from headstamp.claims.claim import Claim, Measure, Period, Quantity, Reading, UnitOfQuantity

WRITTEN = date(2017, 6, 30)
THIS_YEAR = Period(date(2017, 1, 1), date(2017, 6, 30), "this year", to_date=True)
LAST_YEAR = Period(date(2016, 1, 1), date(2016, 12, 31), "last year")
SAME_DAYS = Period(date(2016, 1, 1), date(2016, 6, 30), "the same period last year")
ONE_BEFORE = Period(date(2015, 1, 1), date(2015, 12, 31), "")


def quantity(number: float, unit: UnitOfQuantity = "count", said: str = "") -> Quantity:
    return Quantity(number, number, unit, said or f"{number:,.0f}")


def reading(measure: Measure, period: Period | None, **slots: Any) -> Reading:
    return Reading(
        measure=measure,
        places=slots.pop("places", ("chicago",)),
        period=period,
        relation=slots.pop("relation", "is"),
        **slots,
    )


def claim(*readings: Reading, hedge: str = "") -> Claim:
    return Claim("", 0, 0, readings, hedge)


def down(measure: Measure, now: float | None, then: float | None) -> Reading:
    return reading(
        measure,
        THIS_YEAR,
        relation="change",
        direction="down",
        quantity=None if now is None else quantity(now),
        comparison_quantity=None if then is None else quantity(then),
        comparison_period=SAME_DAYS,
    )
