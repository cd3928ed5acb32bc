"""The traces of a synthetic gun market as a table, and what is behind each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from headstamp.simulation.city_firearms import LEAVES_NO_MARK, MAKES
from headstamp.simulation.gun_market import Market
from headstamp.simulation.gun_market_dealers import STATES

HEADER: Final = (
    "trace_id", "serial", "maker", "model", "calibre", "type", "recovery_date", "recovery_city",
    "recovery_state", "recovery_latitude", "recovery_longitude", "crime_category", "sale_date",
    "dealer_name", "dealer_licence", "dealer_city", "dealer_state", "dealer_latitude",
    "dealer_longitude", "purchaser_key", "possessor_key", "possessor_age",
    "purchaser_is_possessor", "multiple_sale", "theft_report", "completion_status",
)  # fmt: skip

TRUTH: Final = ("trace_id", "scheme", "theft")

DEALERS: Final = ("dealer_licence", "dealer_name", "dealer_state", "sold_a_year")

CATEGORIES: Final = (
    ("possession of a weapon", 0.45), ("carrying a concealed weapon", 0.15),
    ("dangerous drugs", 0.12), ("aggravated assault", 0.10), ("homicide", 0.05), ("robbery", 0.05),
    ("found firearm", 0.08),
)  # fmt: skip

NOT_TRACED: Final = 0.2
TO_DEALER: Final = 0.1
PARTIAL: Final = 0.03
TOO_LATE: Final = 0.002
OBLITERATED: Final = (0.04, 0.18)
"""Of ordinary guns, and of those of schemes."""

THEFT_REPORTED: Final = (0.02, 0.85)
"""Of other guns, which private owners lose, and of those stolen from a dealer."""

REPORTED: Final = 0.7
"""Share of the multiple sales that dealers report."""


def rows(market: Market, seed: int) -> Iterator[tuple[object, ...]]:
    """The table, a row a gun, with what real tables lack: dates, dealers, serial numbers.

    Parameters
    ----------
    market : Market
    seed : int
    """
    random = np.random.default_rng([seed, 11])
    count = len(market)
    scheme = market.scheme >= 0
    traced = random.random(count) >= NOT_TRACED
    dealer_only = traced & (random.random(count) < TO_DEALER) | (market.theft >= 0)
    columns = (
        ids(count),
        _serials(random, scheme),
        *_makes(random, scheme),
        market.recovered.astype(str).tolist(),
        *_recovered_at(random, market),
        random.choice([one for one, _ in CATEGORIES], count, p=[p for _, p in CATEGORIES]).tolist(),
        _sold(random, market, traced),
        *_dealers(market, traced),
        _keys("P", market.purchaser, traced & ~dealer_only),
        _keys("Q", market.possessor, random.random(count) < 0.85),
        _ages(random, count),
        _answers(random, market, traced & ~dealer_only),
        _reported(random, market, traced),
        _theft_reports(random, market),
        np.where(
            ~traced,
            "not_traceable",
            np.where(dealer_only, "completed_to_dealer", "completed_to_purchaser"),
        ).tolist(),
    )
    return zip(*columns, strict=True)


def truth(market: Market) -> Iterator[tuple[object, ...]]:
    """What is behind each trace: the scheme or the theft it came from; empty for neither."""
    named = (
        [f"{letter}{one:06d}" if one >= 0 else "" for one in column.tolist()]
        for letter, column in (("S", market.scheme), ("B", market.theft))
    )
    return zip(ids(len(market)), *named, strict=True)


def sales(market: Market) -> Iterator[tuple[object, ...]]:
    """What each dealer sells a year."""
    dealers = market.dealers
    states = [STATES[one][0] for one in dealers.state.tolist()]
    return zip(dealers.licence, dealers.name, states, dealers.sales.tolist(), strict=True)


def ids(count: int) -> list[Any]:
    """Ids of traces, by gun."""
    return [f"T{number:08d}" for number in range(1, count + 1)]


def _serials(random: np.random.Generator, scheme: NDArray[np.bool_]) -> list[Any]:
    gone = random.random(len(scheme)) < np.where(scheme, OBLITERATED[1], OBLITERATED[0])
    starts = random.permutation(len(scheme)).tolist()
    return [
        "OBLITERATED" if gone[gun] else f"SY{100_000 + start}" for gun, start in enumerate(starts)
    ]


def _makes(random: np.random.Generator, scheme: NDArray[np.bool_]) -> list[list[Any]]:
    """Makers, models, calibres and types; schemes are of pistols alone."""
    makes = (*MAKES, *LEAVES_NO_MARK)
    shares = np.array([*(0.7 * one.share for one in MAKES),
                       *(0.3 * one.share for one in LEAVES_NO_MARK)])  # fmt: skip
    drawn = random.choice(len(makes), len(scheme), p=shares / shares.sum())
    drawn[scheme] = random.integers(0, 7, int(scheme.sum()))
    return [
        np.array([getattr(one, name) for one in makes])[drawn].tolist()
        for name in ("maker", "model", "calibre", "type")
    ]


def _recovered_at(random: np.random.Generator, market: Market) -> list[list[Any]]:
    states = [STATES[one] for one in market.place.tolist()]
    near = random.normal(0, 0.05, (len(market), 2)).tolist()
    return [
        [one[1] for one in states],
        [one[0] for one in states],
        [f"{one[2] + off[0]:.4f}" for one, off in zip(states, near, strict=True)],
        [f"{one[3] + off[1]:.4f}" for one, off in zip(states, near, strict=True)],
    ]


def _sold(random: np.random.Generator, market: Market, traced: NDArray[np.bool_]) -> list[Any]:
    late = random.random(len(market)) < TOO_LATE
    sold = np.where(late, market.recovered + np.timedelta64(90, "D"), market.sold)
    written = np.where(traced & ~np.isnat(market.sold), sold.astype(str), "")
    month_only = random.random(len(market)) < PARTIAL
    return list(np.where(month_only, written.astype("U7"), written).tolist())


def _dealers(market: Market, traced: NDArray[np.bool_]) -> Iterator[list[Any]]:
    dealers = market.dealers
    towns = [STATES[one] for one in dealers.state.tolist()]
    for values in (
        dealers.name,
        dealers.licence,
        [one[1] for one in towns],
        [one[0] for one in towns],
        [f"{one:.4f}" for one in dealers.latitude.tolist()],
        [f"{one:.4f}" for one in dealers.longitude.tolist()],
    ):
        yield np.where(traced, np.array(values)[market.dealer], "").tolist()


def _keys(letter: str, people: NDArray[np.int64], known: NDArray[np.bool_]) -> list[Any]:
    return [
        f"{letter}{one:08d}" if is_known and one >= 0 else ""
        for one, is_known in zip(people.tolist(), known.tolist(), strict=True)
    ]


def _ages(random: np.random.Generator, count: int) -> list[Any]:
    ages = np.clip(random.gamma(6, 2.2, count) + 15, 14, 89).astype(int)
    return list(np.where(random.random(count) < 0.7, ages.astype(str), "").tolist())


def _answers(random: np.random.Generator, market: Market, known: NDArray[np.bool_]) -> list[Any]:
    same = (random.random(len(market)) < 0.12) & (market.scheme < 0)
    said = known & (random.random(len(market)) < 0.8)
    return list(np.where(said, np.where(same, "yes", "no"), "").tolist())


def _theft_reports(random: np.random.Generator, market: Market) -> list[Any]:
    often = np.where(market.theft >= 0, THEFT_REPORTED[1], THEFT_REPORTED[0])
    return list(np.where(random.random(len(market)) < often, "yes", "").tolist())


def _reported(random: np.random.Generator, market: Market, traced: NDArray[np.bool_]) -> list[Any]:
    """Two guns or more bought by one person on one day, as far as it was reported."""
    trip = np.stack([market.purchaser, market.sold.astype(np.int64)])
    _, of, sizes = np.unique(trip, axis=1, return_inverse=True, return_counts=True)
    many = (sizes[of.reshape(-1)] > 1) & (market.purchaser >= 0) & traced
    return list(np.where(many & (random.random(len(market)) < REPORTED), "yes", "").tolist())
