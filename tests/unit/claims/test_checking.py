"""What the figures say to a claim, by the rules of the manual, on figures that are made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from headstamp.claims.checking import check
from headstamp.claims.claim import Claim, Period, Quantity, Reading
from headstamp.incidents.cities import CityYear

Y2025 = Period(date(2025, 1, 1), date(2025, 12, 31), "last year")
Y2024 = Period(date(2024, 1, 1), date(2024, 12, 31), "the year before")


def quantity(number: float, unit: Any = "count") -> Quantity:
    return Quantity(number, number, unit, f"{number:g}")


def reading(measure: Any = "murders", **slots: Any) -> Reading:
    given: dict[str, Any] = {"places": ("verity",), "period": Y2025, "relation": "is"}
    return Reading(measure=measure, **{**given, **slots})


def claim(*readings: Reading, hedge: str = "") -> Claim:
    return Claim("said", 0, 4, readings, hedge)


def verdict(basis, *readings, hedge=""):
    return check(claim(*readings, hedge=hedge), basis).finding.verdict


def test_a_number_by_any_rule_is_consistent_and_the_others_are_shown(year, basis):
    year("murders", 2025, 100, "a")
    year("murders", 2025, 103, "b")
    found = check(claim(reading(quantity=quantity(103))), basis).finding
    assert found.verdict == "consistent"
    assert [one.count for one in found.checked_against] == [103, 100]
    assert "By other rules: 100 (by a)" in found.explanation


def test_a_wrong_number_is_told_what_would_be_true(year, basis):
    year("murders", 2025, 100)
    found = check(claim(reading(quantity=quantity(250))), basis).finding
    assert found.verdict == "inconsistent"
    assert "Verity had 100 murders in 2025 (by a, rule a, as known on 1 July 2026)" in (
        found.explanation
    )


def test_people_shot_called_shootings_are_right_for_another_unit(year, basis):
    year("shooting_incidents", 2025, 300)
    year("shooting_victims", 2025, 380)
    found = check(claim(reading("shooting_incidents", quantity=quantity(380))), basis).finding
    assert found.verdict == "consistent_with_another_unit"
    assert [one.count for one in found.checked_against] == [380, 300]


def test_another_unit_far_beyond_a_bound_says_nothing(year, basis):
    year("shooting_incidents", 2025, 300)
    year("shooting_victims", 2025, 380)
    more = reading("shooting_incidents", relation="more_than", quantity=quantity(320))
    assert verdict(basis, more) == "inconsistent"


def test_a_later_reading_that_fits_decides_when_the_likeliest_does_not(year, basis):
    year("murders", 2025, 100)
    year("murders", 2024, 90)
    readings = reading(quantity=quantity(90)), reading(period=Y2024, quantity=quantity(90))
    found = check(claim(*readings), basis)
    assert (found.finding.verdict, found.chosen) == ("consistent", 1)
    assert [one.finding.verdict for one in found.readings] == ["inconsistent", "consistent"]


def test_a_later_reading_never_outweighs_the_likeliest_that_holds(year, basis):
    year("murders", 2025, 100)
    year("murders", 2024, 100)
    readings = reading(quantity=quantity(100)), reading(period=Y2024, quantity=quantity(100))
    assert check(claim(*readings), basis).chosen == 0


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({"measure": "other"}, "No figure here counts"),
        ({"places": ()}, "names no place"),
        ({"places": ("nowhere",)}, "No figures of nowhere"),
        ({"period": None}, "names no period"),
        ({"period": Period(date(2027, 1, 1), date(2027, 12, 31), "")}, "lies ahead"),
        ({"period": Period(date(2025, 5, 1), date(2025, 4, 1), "")}, "contradict each other"),
        ({"period": Period(date(1960, 1, 1), date(1960, 12, 31), "")}, "the list begins later"),
        ({"quantity": quantity(40, "percent")}, "share of"),
    ],
)
def test_what_cannot_be_checked_says_why(year, basis, slots, said):
    year("murders", 2025, 100)
    found = check(claim(reading(**{"quantity": quantity(100), **slots})), basis).finding
    assert found.verdict == "not_checkable"
    assert said in found.explanation
    assert found.checked_against == ()


def test_a_hedge_without_a_tolerance_is_not_guessed_at(year, basis):
    year("murders", 2025, 100)
    assert verdict(basis, reading(quantity=quantity(100)), hedge="sort of") == "not_checkable"


def test_a_rate_is_worked_out_with_the_people_it_rests_on(year, basis, made_up):
    year("murders", 2025, 100)
    made_up.people["verity"] = 400_000
    found = check(claim(reading(quantity=quantity(25, "per_100000"))), basis).finding
    assert found.verdict == "consistent"
    assert [one.count for one in found.checked_against] == [100, 400_000]


def test_a_rate_without_a_population_cannot_be_checked(year, basis):
    year("murders", 2025, 100)
    assert verdict(basis, reading(quantity=quantity(25, "per_100000"))) == "not_checkable"


def change(**slots: Any) -> Reading:
    return reading(relation="change", comparison_period=Y2024, **slots)


@pytest.mark.parametrize(
    ("direction", "hedge", "now", "then", "expected"),
    [
        ("down", "", 800, 1000, "consistent"),
        ("up", "", 800, 1000, "inconsistent"),
        ("down", "", 320, 322, "imprecise"),
        ("up", "", 320, 322, "inconsistent"),
        ("down", "slightly", 320, 322, "consistent"),
        ("down", "slightly", 1742, 1960, "imprecise"),
        ("down", "sharply", 800, 1000, "consistent"),
        ("down", "sharply", 9200, 10000, "imprecise"),
        ("up", "sharply", 6, 2, "imprecise"),
        ("same", "", 320, 322, "consistent"),
        ("same", "", 800, 1000, "inconsistent"),
        ("same", "", 12, 8, "imprecise"),
        ("down", "", 100, 100, "inconsistent"),
    ],
)
def test_a_direction_needs_a_change_that_can_be_told(
    year, basis, direction, hedge, now, then, expected
):
    year("murders", 2025, now)
    year("murders", 2024, then)
    assert verdict(basis, change(direction=direction), hedge=hedge) == expected


@pytest.mark.parametrize(
    ("number", "unit", "direction", "hedge", "expected"),
    [
        (60, "percent", "up", "nearly", "consistent"),
        (57, "percent", "up", "", "consistent"),
        (57, "percent", "down", "", "inconsistent"),
        (80, "percent", "up", "", "inconsistent"),
        (1.5, "times", "up", "about", "consistent"),
        (3, "times", "up", "", "inconsistent"),
        (57, "count", "up", "", "consistent"),
        (12, "count", "up", "", "inconsistent"),
        (157, "count", "up", "", "consistent"),
    ],
)
def test_a_change_by_so_much(year, basis, number, unit, direction, hedge, expected):
    year("murders", 2025, 157)
    year("murders", 2024, 100)
    asked = change(direction=direction, quantity=quantity(number, unit))
    assert verdict(basis, asked, hedge=hedge) == expected


@pytest.mark.parametrize(
    ("now", "then", "direction", "expected"),
    [
        (320, 322, "down", "consistent"),
        (320, 400, "down", "inconsistent"),
        (400, 322, "down", "inconsistent"),
        (320, 322, "up", "inconsistent"),
    ],
)
def test_two_numbers_are_both_checked(year, basis, now, then, direction, expected):
    year("murders", 2025, 320)
    year("murders", 2024, 322)
    asked = change(direction=direction, quantity=quantity(now), comparison_quantity=quantity(then))
    found = check(claim(asked), basis).finding
    assert found.verdict == expected
    if expected == "consistent":
        assert "-14.9 to +16.0 %): no detectable change" in found.explanation


@pytest.mark.parametrize(
    ("direction", "number", "expected"),
    [
        ("down", 320, "consistent"),
        ("up", 320, "inconsistent"),
        ("down", 400, "inconsistent"),
    ],
)
def test_a_number_that_was_fallen_to(year, basis, direction, number, expected):
    year("murders", 2025, 320)
    year("murders", 2024, 322)
    found = check(claim(reading(quantity=quantity(number), direction=direction)), basis).finding
    assert found.verdict == expected
    assert "no detectable change" in found.explanation


def test_places_are_added_up_or_compared_one_by_one(year, basis):
    year("murders", 2025, 100)
    year("murders", 2025, 60, place="other")
    year("murders", 2025, 50, place="third")
    more = reading(relation="compared_with", direction="up", comparison_places=("other", "third"))
    assert verdict(basis, more) == "consistent"
    together = reading(
        relation="compared_with",
        direction="up",
        comparison_places=("other", "third"),
        combined=True,
    )
    found = check(claim(together), basis).finding
    assert found.verdict == "inconsistent"
    assert [one.count for one in found.checked_against] == [100, 110]


def test_a_multiple_of_another_place(year, basis):
    year("murders", 2025, 100)
    year("murders", 2025, 50, place="other")
    twice = reading(
        relation="compared_with",
        direction="up",
        comparison_places=("other",),
        quantity=quantity(2, "times"),
    )
    assert verdict(basis, twice) == "consistent"


def test_part_of_a_year_stands_in_where_no_whole_year_is_known(basis, made_up):
    made_up.years = [
        CityYear(city, city, "", 2025, f"to 2025-10-0{day}", murders, None, "a source")
        for day, (city, murders) in enumerate((("verity", 90), ("other", 40), ("third", 45)), 1)
    ]
    more = reading(
        relation="compared_with",
        direction="up",
        comparison_places=("other", "third"),
        combined=True,
    )
    found = check(claim(more), basis).finding
    assert found.verdict == "consistent"
    assert [one.count for one in found.checked_against] == [90, 85]


def highest(since: int | None, direction: str = "up") -> Reading:
    named = Period(date(since, 1, 1), date(since, 12, 31), "") if since else None
    return reading(relation="extreme", direction=direction, comparison_period=named)


@pytest.mark.parametrize(
    ("since", "direction", "expected"),
    [
        (2021, "up", "consistent"),
        (2020, "up", "inconsistent"),
        (2019, "up", "inconsistent"),
        (None, "up", "inconsistent"),
        (2021, "down", "inconsistent"),
        (2015, "down", "inconsistent"),
    ],
)
def test_the_highest_since_a_year(year, basis, since, direction, expected):
    for number, count in ((2025, 100), (2024, 90), (2023, 95), (2022, 80), (2021, 130)):
        year("murders", number, count)
    assert verdict(basis, highest(since, direction)) == expected


def test_a_record_is_only_ever_contradicted(year, basis):
    for number, count in ((2025, 100), (2024, 90), (2023, 95)):
        year("murders", number, count)
    assert verdict(basis, highest(None)) == "not_checkable"
    assert verdict(basis, highest(2015)) == "not_checkable"
    assert verdict(basis, highest(2023)) == "consistent"


@pytest.mark.parametrize(("place", "expected"), [(3, "consistent"), (2, "inconsistent")])
def test_a_rank_is_among_the_cities_that_are_known(basis, made_up, place, expected):
    made_up.years = [
        CityYear(f"c{number}", f"C{number}", "", 2024, "", None, 1_000_000 - number, "a source")
        for number in range(12)
        if number != 2
    ] + [CityYear("verity", "Verity", "", 2024, "", None, 999_998, "a source")]
    asked = reading("population", relation="extreme", period=None, quantity=quantity(place, "rank"))
    assert verdict(basis, asked) == expected


def test_a_population_is_checked_without_a_period(basis, made_up):
    made_up.people["verity"] = 2_728_695
    said = Quantity(2.7e6, 2.7e6, "count", "2.7 million")
    assert verdict(basis, reading("population", period=None, quantity=said)) == "consistent"


def test_a_number_between_the_lists_of_two_days_is_within_the_revisions(basis, made_up):
    for day, count in ((28, 1698), (29, 1705), (30, 1726)):
        made_up.counts["murders", "verity", date(2026, 1, 1), date(2026, 6, day), "a"] = count
    running = Period(date(2026, 1, 1), date(2026, 7, 1), "this year", to_date=True)

    def said(number: int) -> str:
        return verdict(basis, reading(period=running, quantity=quantity(number)))

    assert said(1698) == said(1703) == said(1726) == "consistent"
    assert said(1697) == "imprecise"
    assert said(1600) == "inconsistent"


def test_a_number_of_four_hundred_digits_is_simply_wrong(year, basis):
    year("murders", 2025, 100)
    huge = Quantity(float("inf"), float("inf"), "count", "9" * 400)
    found = check(claim(reading(quantity=huge)), basis).finding
    assert found.verdict == "inconsistent"
    assert len(found.explanation) < 400


@pytest.mark.parametrize(("before", "expected"), [(20, "consistent"), (14, "inconsistent")])
def test_two_rates_are_each_checked_as_a_rate(year, basis, made_up, before, expected):
    year("murders", 2025, 250)
    year("murders", 2024, 200)
    made_up.people["verity"] = 1_000_000
    asked = reading(
        relation="change", direction="up", quantity=quantity(25, "per_100000"),
        comparison_quantity=quantity(before, "per_100000"), comparison_period=Y2024,
    )  # fmt: skip
    assert verdict(basis, asked) == expected


def test_periods_of_other_lengths_are_not_set_against_each_other(year, basis, made_up):
    year("murders", 2025, 100)
    summer = date(2024, 6, 1), date(2024, 8, 31)
    made_up.counts["murders", "verity", *summer, "a"] = 40
    asked = reading(
        relation="change", direction="up", comparison_period=Period(*summer, "last summer")
    )
    found = check(claim(asked), basis).finding
    assert found.verdict == "not_checkable"
    assert "not of the same length" in found.explanation
