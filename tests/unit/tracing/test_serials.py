"""Serial numbers, the words that stand in their place, and what looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.tracing.serials import _read, folded, may_be, normalised, read_serial, readings

signs = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "number", "status"),
    [
        ("ab-123 45", "AB12345", "intact"),
        ("\uff21\uff22\uff11", "AB1", "intact"),
        ("NONE", "", "none"),
        ("No serial number", "", "none"),
        ("unknown", "", "unknown"),
        ("N/A", "", "unknown"),
        ("", "", "unknown"),
        ("---", "", "unknown"),
        ("OBLITERATED", "", "obliterated"),
        ("ser. # obliterated", "", "obliterated"),
        ("ground off", "", "obliterated"),
        ("????", "", "obliterated"),
        ("AB1?3*", "AB1?3?", "partial"),
    ],
)
def test_a_field_says_a_number_or_why_there_is_none(written, number, status) -> None:
    found = read_serial(written)
    assert (found.normalised, found.status, found.fault) == (number, status, "")


def test_forty_characters_are_a_serial_number_and_more_are_not() -> None:
    assert read_serial("A1" * 20).normalised == "A1" * 20
    longer = read_serial("A1" * 20 + "9")
    assert (longer.normalised, longer.status) == ("", "unknown")
    assert "40" in longer.fault


def test_a_number_without_a_digit_is_kept_with_a_doubt() -> None:
    found = read_serial("GLOCK")
    assert (found.normalised, found.status, found.fault) == ("GLOCK", "intact", "has no digit")


@pytest.mark.parametrize(("one", "other"), [("O0", "00"), ("I1", "11"), ("B8", "88"), ("S5", "55")])
def test_what_looks_alike_folds_to_the_same(one, other) -> None:
    assert folded(one) == folded(other)
    assert may_be(one, other)


def test_a_sign_that_cannot_be_read_may_be_any_one() -> None:
    assert may_be("AB?3", "A813")
    assert not may_be("AB?3", "AB3")
    assert not may_be("AC?3", "A813")


def test_the_readings_of_a_number_are_all_that_fold_to_the_same() -> None:
    assert readings("AB1") == ("AB1", "ABI", "ABL", "A81", "A8I", "A8L")
    with pytest.raises(ValueError, match="folded"):
        readings("0" * 12)


@given(signs)
def test_every_reading_folds_to_the_same_and_may_be_the_number(serial) -> None:
    if 3 ** len(serial) > 4096:
        serial = serial[:7]
    found = readings(serial)
    assert found[0] == serial
    assert len(set(found)) == len(found)
    assert {folded(one) for one in found} == {folded(serial)}
    assert all(may_be(one, serial) for one in found)


@given(st.one_of(signs, st.from_regex(r"\A[A-Z]{0,3}[0-9]{0,4}[A-Z]?\Z"), st.just("000")))
def test_the_short_way_of_reading_says_what_the_long_one_does(serial) -> None:
    assert read_serial(serial) == _read(serial)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_and_nothing_is_refused(text) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert len(read_serial(text).normalised) <= 60
