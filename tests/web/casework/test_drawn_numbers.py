"""A number that was drawn is found however it is typed."""

from __future__ import annotations

import pytest

from headstamp.web.casework.drawn_numbers import as_drawn, drawn


@pytest.mark.parametrize("number", ["T-7F3K2QX", "T-T4K2QX7", "T-TTTTTTT"])
def test_a_number_is_found_with_and_without_its_prefix_in_any_case(number) -> None:
    bare = number.removeprefix("T-")
    for typed in (number, bare, f"T{bare}", number.lower(), f" t{bare.lower()} "):
        assert as_drawn("T", typed) == number


def test_whatever_is_drawn_is_found_again() -> None:
    for number in (drawn("T") for _ in range(500)):
        assert as_drawn("T", number) == as_drawn("T", number[2:]) == number
