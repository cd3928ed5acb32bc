"""What holds for every text, whatever is in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headstamp.claims.claim import RELATIONS
from headstamp.claims.extraction import claims_in

WORDS = """
murders shootings 320 1,714 60 percent % up down from to by in of the and , . ; : ( ) than more
fewer last this year week June 2016 between since so far record highest doubled a third half
per 100,000 chicago new york city people were shot killed wounded " ' “ ” ’ said according
nearly about at least over 1 0 - – 2.7 million twice as many compared with same period ago
""".split()  # noqa: SIM905
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)
DAYS = st.dates(date(1905, 1, 1), date(2190, 12, 31))


@given(TEXTS, DAYS)
@settings(max_examples=250, deadline=None)
def test_spans_are_slices_of_the_text_in_order(text: str, day: date) -> None:
    found = claims_in(text, day)
    for claim in found:
        assert claim.text == text[claim.start : claim.end] != ""
        assert claim.readings
    assert all(one.end > 0 and one.start < len(text) for one in found)


@given(TEXTS, DAYS)
@settings(max_examples=100, deadline=None)
def test_the_same_text_is_read_the_same_twice(text: str, day: date) -> None:
    assert claims_in(text, day) == claims_in(text, day)


@given(TEXTS, DAYS)
@settings(max_examples=150, deadline=None)
def test_every_reading_is_whole(text: str, day: date) -> None:
    for claim in claims_in(text, day):
        for one in claim.readings:
            assert one.relation in RELATIONS
            assert one.why
            for period in (one.period, one.comparison_period):
                assert period is None or period.first <= period.last
            if one.quantity is not None:
                assert one.quantity.low <= one.quantity.high


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_what_is_said_after_a_blank_line_does_not_move_what_was_said_before(text: str) -> None:
    before = "There were 320 murders in Chicago in 2016."
    (first,) = claims_in(before, date(2017, 6, 30))
    found = claims_in(f"{before}\n\n{text}", date(2017, 6, 30))
    assert found[0].readings == first.readings


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "9" * 400 + " murders in Chicago in 2016",
        "<script>alert('320 robots')</script>",
        "Der Rat tagte am Montag. Il pleut. 殺人事件。",
        "\x00\ufffd\u202e",
        "0 1 2 3 4 5 6 7 8 9 . , ; : ! ?",
    ],
    ids=["empty", "blank", "400 digits", "script", "other languages", "controls", "digits"],
)
def test_a_text_without_a_claim_has_none(text: str) -> None:
    assert claims_in(text, date(2017, 6, 30)) == ()


def test_markup_around_a_claim_is_no_part_of_it() -> None:
    text = "<p>There were <b>320 murders</b> in <i>Chicago</i> in 2016.</p>"
    (claim,) = claims_in(text, date(2017, 6, 30))
    assert claim.text == "320 murders"
    assert claim.readings[0].places == ("chicago",)


def test_a_text_that_is_repeated_has_its_claims_as_often() -> None:
    line = "There were 320 murders in Chicago in 2016. "
    assert len(claims_in(line * 200, date(2017, 6, 30))) == 200
