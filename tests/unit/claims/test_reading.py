"""Single words and forms: numbers, periods, hedges, relations, places."""

from __future__ import annotations

from datetime import date

import pytest

from headstamp.claims.claim import Claim
from headstamp.claims.extraction import claims_in
from headstamp.claims.vocabulary import shipped

TODAY = date(2017, 6, 30)  # a Friday


def only(text: str) -> Claim:
    """The one claim of a text."""
    (claim,) = claims_in(text, TODAY)
    return claim


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("320", 320),
        ("1,714", 1714),
        ("three hundred and twenty", 320),
        ("three hundred twenty-two", 322),
        ("seventeen hundred", 1700),
        ("one thousand seven hundred and three", 1703),
        ("two dozen", 24),
        ("a dozen", 12),
        ("4.3 thousand", 4300),
        ("a hundred and five", 105),
        ("No", 0),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(said: str, number: int) -> None:
    text = f"There were {said} murders in Chicago in 2016."
    quantity = only(text).readings[0].quantity
    assert quantity is not None
    assert (quantity.low, quantity.high, quantity.unit) == (number, number, "count")


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("in 2016", "2016-01-01", "2016-12-31"),
        ("this year", "2017-01-01", "2017-06-30"),
        ("so far this year", "2017-01-01", "2017-06-30"),
        ("last year", "2016-01-01", "2016-12-31"),
        ("last month", "2017-05-01", "2017-05-31"),
        ("in May", "2017-05-01", "2017-05-31"),
        ("in August", "2016-08-01", "2016-08-31"),
        ("in August 2015", "2015-08-01", "2015-08-31"),
        ("in the first half of 2016", "2016-01-01", "2016-06-30"),
        ("in the first three months of 2017", "2017-01-01", "2017-03-31"),
        ("in the second quarter of last year", "2016-04-01", "2016-06-30"),
        ("since January", "2017-01-01", "2017-06-30"),
        ("since January 15", "2017-01-15", "2017-06-30"),
        ("through May", "2017-01-01", "2017-05-31"),
        ("between January 1 and June 25", "2017-01-01", "2017-06-25"),
        ("from January through March 2016", "2016-01-01", "2016-03-31"),
        ("over the weekend", "2017-06-23", "2017-06-25"),
        ("in the past 28 days", "2017-06-03", "2017-06-30"),
        ("over the past 12 months", "2016-07-01", "2017-06-30"),
        ("in the past week", "2017-06-24", "2017-06-30"),
        ("last week", "2017-06-19", "2017-06-25"),
        ("over Memorial Day weekend", "2017-05-26", "2017-05-29"),
        ("during the 1990s", "1990-01-01", "1999-12-31"),
        ("on June 3, 2016", "2016-06-03", "2016-06-03"),
    ],
)
def test_words_of_time_become_days(when: str, first: str, last: str) -> None:
    period = only(f"There were 320 murders in Chicago {when}.").readings[0].period
    assert period is not None
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.to_date == (last == "2017-06-30" and first == "2017-01-01" and "year" in when)


@pytest.mark.parametrize(
    ("words", "relation", "hedge"),
    [
        ("320 murders", "is", ""),
        ("nearly 320 murders", "is", "nearly"),
        ("almost 320 murders", "is", "nearly"),
        ("about 320 murders", "is", "about"),
        ("roughly 320 murders", "is", "about"),
        ("just over 320 murders", "is", "just_over"),
        ("exactly 320 murders", "is", "exactly"),
        ("more than 320 murders", "more_than", ""),
        ("over 320 murders", "more_than", ""),
        ("at least 320 murders", "at_least", ""),
        ("320 or more murders", "at_least", ""),
        ("fewer than 320 murders", "less_than", ""),
        ("no more than 320 murders", "at_most", ""),
        ("between 300 and 320 murders", "between", ""),
        ("300 to 320 murders", "between", ""),
    ],
)
def test_bounds_and_hedges_are_told_apart(words: str, relation: str, hedge: str) -> None:
    claim = only(f"There were {words} in Chicago in 2016.")
    assert (claim.readings[0].relation, claim.hedge) == (relation, hedge)


@pytest.mark.parametrize(
    ("words", "number", "unit", "direction"),
    [
        ("rose 12 percent", 12, "percent", "up"),
        ("rose by 12%", 12, "percent", "up"),
        ("fell 12 per cent", 12, "percent", "down"),
        ("were down by a quarter", 25, "percent", "down"),
        ("doubled", 2, "times", "up"),
        ("were cut in half", 0.5, "times", "down"),
        ("jumped fivefold", 5, "times", "up"),
        ("fell by 12", 12, "count", "down"),
    ],
)
def test_a_change_has_its_amount_and_direction(
    words: str, number: float, unit: str, direction: str
) -> None:
    one = only(f"Murders in Chicago {words} in 2016.").readings[0]
    assert one.relation == "change"
    assert one.quantity is not None
    assert (one.quantity.low, one.quantity.unit, one.direction) == (number, unit, direction)
    assert one.comparison_period is not None
    assert one.comparison_period.first == date(2015, 1, 1)


def test_a_rate_of_one_in_so_many_is_a_rate_per_100000() -> None:
    quantity = only("One in 2,000 residents of Gary was murdered in 2016.").readings[0].quantity
    assert quantity is not None
    assert (quantity.low, quantity.unit) == (50, "per_100000")


def test_a_year_to_date_against_a_year_has_both_readings() -> None:
    same_days, whole = only("Murders in Chicago are up 5 percent this year from 2016.").readings
    assert same_days.comparison_period is not None
    assert whole.comparison_period is not None
    assert same_days.comparison_period.last == date(2016, 6, 30)
    assert whole.comparison_period.last == date(2016, 12, 31)


def test_an_ambiguous_measure_lists_its_measures_and_says_why() -> None:
    readings = only("There were 320 killings in Chicago in 2016.").readings
    assert [one.measure for one in readings] == ["murders", "fatal_shooting_victims"]
    assert "gun" in readings[0].why


@pytest.mark.parametrize(
    "text",
    [
        "A 25-year-old man was shot in the leg in the 4500 block of South Wabash at 3:15 p.m.",
        "The Bulls were shooting 48 percent from the field.",
        "Police recovered 6,500 guns in 2017 and made 320 arrests.",
        "The goal is to reduce shootings by 20 percent.",
        "He was convicted of three murders.",
        "Were there 320 murders in Chicago in 2016?",
        "The plane crash killed 189 people.",
        "Six months ago the mayor asked for 20 agents.",
    ],
)
def test_what_no_figure_could_answer_is_no_claim(text: str) -> None:
    assert claims_in(text, TODAY) == ()


def test_a_crime_that_no_figure_answers_is_a_claim_of_another_measure() -> None:
    assert only("Robberies in Chicago rose 12 percent in 2016.").readings[0].measure == "other"


def test_a_place_that_no_figure_knows_is_kept_by_its_name() -> None:
    assert only("There were 12 murders in Peoria in 2016.").readings[0].places == ("peoria",)


def test_a_city_is_not_taken_for_its_state() -> None:
    text = "In Peoria, Illinois, there were 12 murders in 2016."
    assert only(text).readings[0].places == ("peoria",)


def test_a_part_of_a_city_is_not_taken_for_the_city() -> None:
    one = only("Murders in Chicago's Austin neighborhood are up 12 percent this year.").readings[0]
    assert one.places == ()
    assert "part of a city" in one.why


def test_a_headline_does_not_make_places_of_its_words() -> None:
    text = "Murders Fall In Chicago In Wake Of New Strategy, Mayor And Police Chief Say"
    assert only(text).readings[0].places == ("chicago",)


def test_the_city_is_the_one_that_was_spoken_of() -> None:
    text = "Chicago saw more murders than New York in 2016. There were 762 murders in the city."
    assert claims_in(text, TODAY)[-1].readings[0].places == ("chicago",)


def test_a_vocabulary_can_be_extended() -> None:
    text = "There were 320 bump-offs in Bronzeville City in 2016."
    more = """
[[measure]]
measure = "murders"
words = ["bump-offs"]
[places]
bronzeville = ["bronzeville city"]
"""
    assert claims_in(text, TODAY) == ()
    (claim,) = claims_in(text, TODAY, shipped().extended(more))
    assert (claim.readings[0].measure, claim.readings[0].places) == ("murders", ("bronzeville",))


def test_a_place_that_has_a_list_is_known_by_its_name() -> None:
    text = "Port Verity has had 12 murders this year."
    known = shipped().knowing(["port-verity"])
    assert [one.readings[0].places for one in claims_in(text, TODAY, known)] == [("port-verity",)]
    assert [one.readings[0].places for one in claims_in(text, TODAY)] == [()]


def read_as(text: str) -> tuple[object, ...]:
    """What the one claim of a text says, without its number."""
    one = only(text).readings[0]
    days = (one.period, one.comparison_period)
    return one.measure, one.relation, one.direction, *(
        f"{day.first}..{day.last}" if day else "" for day in days
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "There was no change in the number of homicides compared with last year.",
            ("murders", "change", "same", "2017-01-01..2017-06-30", "2016-01-01..2016-06-30"),
        ),
        (
            "Murders are down 3 percent from last year.",
            ("murders", "change", "down", "2017-01-01..2017-06-30", "2016-01-01..2016-06-30"),
        ),
        (
            "Murders are down 3 percent compared with 2015.",
            ("murders", "change", "down", "", "2015-01-01..2015-12-31"),
        ),
        (
            "Nearly three times as many people were shot in Chicago as in New York in 2016.",
            ("shooting_victims", "compared_with", "up", "2016-01-01..2016-12-31", ""),
        ),
        (
            "More people were killed in Chicago in 2016 than in any year since 1996.",
            ("murders", "extreme", "up", "2016-01-01..2016-12-31", "1996-01-01..2017-06-30"),
        ),
        (
            "52 people were shot over the Fourth of July weekend.",
            ("shooting_victims", "is", "", "2016-07-01..2016-07-04", ""),
        ),
        (
            "In the week ending June 25 there were 14 murders, up from 9 the same week last year.",
            ("murders", "change", "up", "2017-06-19..2017-06-25", "2016-06-19..2016-06-25"),
        ),
        (
            "Murders: 320 (YTD 2016: 322).",
            ("murders", "change", "", "2017-01-01..2017-06-30", "2016-01-01..2016-06-30"),
        ),
        (
            "Murders in the first half of 2017 were down 3 percent from last year.",
            ("murders", "change", "down", "2017-01-01..2017-06-30", "2016-01-01..2016-06-30"),
        ),
        (
            "More than 70 people were shot between Friday afternoon and early Monday.",
            ("shooting_victims", "more_than", "", "2017-06-23..2017-06-26", ""),
        ),
        (
            "This year's homicide count is 2 below last year's.",
            ("murders", "change", "down", "2017-01-01..2017-06-30", "2016-01-01..2016-06-30"),
        ),
        (
            "More people have been killed this year than in New York and Los Angeles combined.",
            ("murders", "compared_with", "up", "2017-01-01..2017-06-30", ""),
        ),
        (
            "More than 8,000 people have been murdered since 2001, exceeding U.S. combat deaths.",
            ("murders", "more_than", "", "2001-01-01..2017-06-30", ""),
        ),
        (
            "In the 28 days ending June 25 there were 60 murders.",
            ("murders", "is", "", "2017-05-29..2017-06-25", ""),
        ),
    ],
)
def test_what_is_compared_with_what_and_when(text: str, said: tuple[str, ...]) -> None:
    assert read_as(text) == said


def test_as_many_in_one_city_as_in_another_names_both() -> None:
    text = "Twice as many people were killed in Chicago as in New York last year."
    one = only(text).readings[0]
    assert (one.places, one.comparison_places) == (("chicago",), ("new-york",))
    assert one.quantity is not None
    assert (one.quantity.low, one.quantity.unit) == (2, "times")


def test_a_place_after_a_semicolon_is_of_the_next_clause() -> None:
    text = "Chicago is large. In 2015 there were 468 murders; by comparison, New York had 352."
    found = [one.readings[0].places for one in claims_in(text, TODAY)]
    assert found == [("chicago",), ("new-york",)]


def test_years_that_are_labels_are_each_of_the_number_behind_them() -> None:
    text = "Homicides through June 29: 2017: 320, 2016: 322."
    found = [one.readings[0] for one in claims_in(text, TODAY)]
    assert [one.quantity and one.quantity.low for one in found] == [320, 322]
    assert [one.period and str(one.period.last) for one in found] == ["2017-06-29", "2016-06-29"]


@pytest.mark.parametrize(
    "text",
    [
        "The murder rate was 27.9 in 2016, up from 17.5 in 2015.",
        "The murder rate per 100,000 rose from 17.5 in 2015 to 27.9 in 2016.",
    ],
)
def test_both_numbers_of_a_rate_are_per_100000(text: str) -> None:
    one = only(text).readings[0]
    assert one.quantity is not None
    assert one.comparison_quantity is not None
    assert (one.quantity.low, one.quantity.unit) == (27.9, "per_100000")
    assert (one.comparison_quantity.low, one.comparison_quantity.unit) == (17.5, "per_100000")


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Through 6/29/17 there were", "2017-01-01..2017-06-29"),
        ("Through 6/29 there were", "2017-01-01..2017-06-29"),
        ("As of 2017-06-29 there were", "2017-01-01..2017-06-29"),
        ("Between 1 January and 29 June 2017 there were", "2017-01-01..2017-06-29"),
        ("In the year ending 29 June 2017 there were", "2016-06-30..2017-06-29"),
        ("Since taking office in January he has seen", "2017-01-01..2017-06-30"),
    ],
)
def test_dates_are_read_however_they_are_written(said: str, days: str) -> None:
    period = only(f"{said} 320 murders in Chicago.").readings[0].period
    assert period is not None
    assert f"{period.first}..{period.last}" == days


@pytest.mark.parametrize("said", ["24/7", "9/11", "3/4", "13/13/17", "2017-13-01"])
def test_what_is_no_date_is_not_taken_for_one(said: str) -> None:
    period = only(f"Officers work {said}; there were 320 murders in 2016.").readings[0].period
    assert period is not None
    assert period.first == date(2016, 1, 1)
