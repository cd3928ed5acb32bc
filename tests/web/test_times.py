"""Times typed to the minute, on the clocks of Chicago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django import forms

from headstamp.web.times import ExactTimeInput, LocalDateTimeField

# Clocks in Chicago went forward on 2017-03-12 at 02:00 and back on 2017-11-05 at 02:00.


class Form(forms.Form):
    """One time."""

    at = LocalDateTimeField()


def typed(text):
    form = Form({"at": text})
    return form.cleaned_data["at"] if form.is_valid() else form.errors["at"][0]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2017-07-04T22:05", datetime(2017, 7, 5, 3, 5, tzinfo=UTC)),
        ("2017-01-04T22:05", datetime(2017, 1, 5, 4, 5, tzinfo=UTC)),
        ("2017-01-04 22:05:07", datetime(2017, 1, 5, 4, 5, 7, tzinfo=UTC)),
        ("2017-11-05T01:30", datetime(2017, 11, 5, 6, 30, tzinfo=UTC)),
        ("2017-11-05T01:30-06:00", datetime(2017, 11, 5, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_on_the_clocks_of_the_place(text, utc):
    assert typed(text) == utc


@pytest.mark.parametrize("text", ["2017-02-30T10:00", "yesterday", "2017-13-01T10:00"])
def test_what_is_no_time_is_refused(text):
    assert typed(text) == "Enter a valid date/time."


def test_a_time_that_never_was_is_refused():
    assert "Clocks went forward" in typed("2017-03-12T02:30")


@pytest.mark.parametrize(
    "at",
    [
        datetime(2017, 7, 5, 3, 5, 59, 999_999, tzinfo=UTC),
        datetime(2017, 11, 5, 6, 30, tzinfo=UTC),
        datetime(2017, 11, 5, 7, 30, tzinfo=UTC),
    ],
)
def test_a_time_that_is_sent_back_as_shown_is_unchanged(at):
    field = LocalDateTimeField()
    shown = field.widget.format_value(at)
    assert not field.has_changed(at, shown)
    assert field.has_changed(at + timedelta(minutes=1), shown)


def test_the_value_beside_the_field_is_exact():
    at = datetime(2017, 11, 5, 7, 30, 15, 123_456, tzinfo=UTC)
    assert LocalDateTimeField().to_python(ExactTimeInput().format_value(at)) == at


def test_an_empty_time_is_none():
    field = LocalDateTimeField(required=False)
    assert field.clean("") is None
    assert not field.has_changed(None, "")
    assert field.has_changed(None, "2017-01-01T10:00")
