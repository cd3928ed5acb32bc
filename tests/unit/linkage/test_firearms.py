"""How two records of firearms agree, field by field."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.linkage.levels import levels

from headstamp.tracing.serials import folded, may_be, normalised

SAME = "the same number"
ALIKE = "the same but for look-alikes"
PARTIAL = "agrees in every sign that both know"
PARTIAL_AT_END = f"{PARTIAL}, the last two among them"
SLIP = "one slip apart, before the last two signs"
ANOTHER = "another number"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("AB-123 456", "ab123456", SAME),
        ("AB123456", "A8I23456", ALIKE),
        ("AB123456", "AB1?3456", PARTIAL_AT_END),
        ("AB123456", "AB12345?", PARTIAL),
        ("AB?23456", "AB1234?6", PARTIAL),
        ("AB123456", "AB1?3457", ANOTHER),
        ("AB1?3456", "AB1?3456", PARTIAL_AT_END),  # two readings of a part are no whole number
        ("AB123456", "AB132456", SLIP),
        ("AB123456", "AB923456", SLIP),
        ("AB123456", "AB23456", SLIP),
        ("AB123456", "AB123457", ANOTHER),  # made one after another
        ("AB123456", "AB123465", ANOTHER),
        ("1234", "1324", ANOTHER),  # too short for a slip to say much
        ("AB123456", "ZZ999999", ANOTHER),
        ("AB123456", "OBLITERATED", "not known"),
        ("AB123456", "UNKNOWN", "not known"),
        ("", "", "not known"),
        ("AB123456", "??????5?", "not known"),  # one sign says nothing
        ("ABCDEF", "ABCDEF", "not known"),  # words, not a number
        ("A1" * 30, "A1" * 30, "not known"),  # too long for a number
    ],
)
def test_two_serial_numbers_agree_as_far_as(one, other, level) -> None:
    assert levels("firearm", {"serial": one}, {"serial": other})["serial"] == level
    assert levels("firearm", {"serial": other}, {"serial": one})["serial"] == level


signs = st.text("AB0O18I25S", min_size=5, max_size=7).filter(
    lambda text: any(sign.isdigit() for sign in text)
)


@settings(max_examples=150, deadline=None)
@given(signs, signs, st.sets(st.integers(0, 6), max_size=2), st.sets(st.integers(0, 6), max_size=2))
def test_the_level_of_a_part_is_what_tracing_says_it_may_be(one, other, hidden, hidden_too) -> None:
    first, second = (
        "".join("?" if place in places else sign for place, sign in enumerate(text))
        for text, places in ((one, hidden), (other, hidden_too))
    )
    level = levels("firearm", {"serial": first}, {"serial": second})["serial"]
    known = all(len(text.replace("?", "")) >= 3 for text in (first, second))
    if known and "?" in first + second and "not known" not in level:
        assert level.startswith(PARTIAL) == may_be(first, second)


@settings(max_examples=100, deadline=None)
@given(signs, signs)
def test_look_alikes_are_those_of_tracing(one, other) -> None:
    level = levels("firearm", {"serial": one}, {"serial": other})["serial"]
    if "not known" not in level:
        assert (level in (SAME, ALIKE)) == (folded(one) == folded(other))
        assert (level == SAME) == (normalised(one) == normalised(other))


@pytest.mark.parametrize(
    ("field", "one", "other", "level"),
    [
        ("maker", "Smith & Wesson", "SMITH AND WESSON", "the same"),
        ("maker", "Glock", "Glcok", "spelt alike"),
        ("maker", "Glock", "Taurus", "another"),
        ("maker", "Glock", "", "not known"),
        ("model", "G 19", "g19", "the same"),
        ("model", "Patrol 9", "Patrol", "spelt alike, or one holds the other"),
        ("model", "Patrol 9", "Snub", "another"),
        ("calibre", "9 mm Luger", "9mm Luger", "the same"),
        ("type", "pistol", "rifle", "another"),
    ],
)
def test_other_fields_agree_as_far_as(field, one, other, level) -> None:
    assert levels("firearm", {field: one}, {field: other})[field] == level
