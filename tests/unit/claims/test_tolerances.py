"""Each hedge at its bound, just inside and just outside; the numbers are those of the manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from headstamp.claims.checks.fitting import fit
from headstamp.claims.claim import Quantity, Relation
from headstamp.claims.tolerances import HEDGES, tolerance_of

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "claims.md"

BOUNDS = {
    "about": [(899, "close"), (900, "fits"), (1100, "fits"), (1101, "close"), (799, "no")],
    "nearly": [(899, "close"), (900, "fits"), (999, "fits"), (1000, "close"), (1051, "no")],
    "just over": [(1000, "close"), (1001, "fits"), (1050, "fits"), (1051, "close"), (979, "no")],
    "exactly": [(999, "close"), (1000, "fits"), (1001, "close"), (989, "no"), (1011, "no")],
    "more than": [(989, "no"), (990, "close"), (1000, "close"), (1001, "fits"), (5000, "fits")],
    "at least": [(989, "no"), (999, "close"), (1000, "fits"), (1001, "fits")],
    "less than": [(999, "fits"), (1000, "close"), (1010, "close"), (1011, "no"), (0, "fits")],
    "at most": [(1000, "fits"), (1001, "close"), (1010, "close"), (1011, "no")],
}
CHANGES = {
    "slightly": [(0.0, "close"), (0.1, "fits"), (4.99, "fits"), (5.0, "close"), (12.0, "close")],
    "sharply": [(9.99, "close"), (10.0, "fits"), (10.01, "fits")],
}
SAME_AS = {
    "about": ["around", "roughly", "approximately", "some", "estimated"],
    "nearly": ["almost", "approaching", "close to", "just under", "just short of"],
    "just over": ["just_over", "slightly more than"],
    "exactly": ["precisely"],
    "more than": ["more_than", "over", "exceeded", "above", "upwards of", "topped"],
    "at least": ["at_least", "no fewer than", "or more"],
    "less than": ["fewer than", "under", "below"],
    "at most": ["no more than", "up to"],
    "slightly": ["marginally", "modestly", "a little"],
    "sharply": ["dramatically", "significantly", "substantially", "steeply"],
}


def said(number: float, unit: str = "count", words: str = "") -> Quantity:
    return Quantity(number, number, unit, words or str(number))  # type: ignore[arg-type]


def every(table: dict[str, list[tuple[float, str]]]) -> list[tuple[str, float, str]]:
    return [
        (hedge, value, expected)
        for name, rows in table.items()
        for hedge in (name, *SAME_AS[name])
        for value, expected in rows
    ]


@pytest.mark.parametrize(("hedge", "figure", "expected"), every(BOUNDS))
def test_a_hedged_thousand(hedge: str, figure: float, expected: str) -> None:
    assert fit(said(1000), figure, "is", hedge) == expected


@pytest.mark.parametrize(("hedge", "percent", "expected"), every(CHANGES))
def test_the_size_of_a_change(hedge: str, percent: float, expected: str) -> None:
    tolerance = tolerance_of(hedge)
    assert tolerance is not None
    assert tolerance.fit(percent) == expected


def test_every_hedge_is_in_these_tables_and_in_the_manual() -> None:
    assert set(HEDGES) == set(SAME_AS) | {
        word.replace("_", " ") for words in SAME_AS.values() for word in words
    }
    manual = MANUAL.read_text(encoding="utf-8")
    assert [name for name in HEDGES if f"*{name}*" not in manual] == []


@pytest.mark.parametrize(
    ("relation", "figure", "expected"),
    [
        ("more_than", 1000, "close"),
        ("more_than", 1001, "fits"),
        ("at_least", 1000, "fits"),
        ("less_than", 1000, "close"),
        ("less_than", 999, "fits"),
        ("at_most", 1000, "fits"),
        ("at_most", 1001, "close"),
    ],
)
def test_a_relation_is_a_bound_of_its_own(relation: Relation, figure: int, expected: str) -> None:
    assert fit(said(1000), figure, relation, "") == expected


def test_a_range_holds_its_ends() -> None:
    quantity = Quantity(300, 320, "count", "300 to 320")
    fits = [fit(quantity, value, "between", "") for value in (296, 298, 300, 320, 322, 324)]
    assert fits == ["no", "close", "fits", "fits", "close", "no"]


@pytest.mark.parametrize(
    ("quantity", "figure", "expected"),
    [
        (said(762), 762, "fits"),
        (said(762), 763, "close"),
        (said(762), 770, "no"),
        (said(57, "percent"), 57.5, "fits"),
        (said(57, "percent"), 57.6, "close"),
        (said(57, "percent"), 59.1, "no"),
        (said(57.4, "percent", "57.4 percent"), 57.45, "fits"),
        (said(57.4, "percent", "57.4 percent"), 57.5, "close"),
        (said(2, "times", "twice"), 2.1, "fits"),
        (said(2, "times", "twice"), 2.11, "close"),
        (said(2, "times", "twice"), 2.21, "no"),
        (said(4300, words="4.3 thousand"), 4349, "fits"),
        (said(4300, words="4.3 thousand"), 4360, "no"),
        (said(28, "per_100000", "28 per 100,000"), 28.4, "fits"),
        (said(3, "rank", "third"), 4, "no"),
        (said(0), 0, "fits"),
        (said(0), 1, "no"),
    ],
)
def test_a_number_without_a_hedge_is_held_to_the_digits_that_were_said(
    quantity: Quantity, figure: float, expected: str
) -> None:
    assert fit(quantity, figure, "is", "") == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (2_728_695, "fits"),
        (2_754_000, "fits"),
        (2_755_000, "close"),
        (2_820_000, "no"),
        (2_650_000, "fits"),
    ],
)
def test_a_population_is_an_estimate(people: int, expected: str) -> None:
    quantity = said(2_700_000, words="2.7 million")
    assert fit(quantity, people, "is", "", "population") == expected


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_beyond_all_numbers_fits_nothing(number: float) -> None:
    assert fit(said(number), 5, "is", "about") == "no"


def test_more_than_nothing_is_any_number() -> None:
    assert fit(said(0), 1, "more_than", "") == "fits"
    assert fit(said(0), 0, "more_than", "") != "fits"
