"""Figures that were said earlier and are others now."""

from __future__ import annotations

from typing import Any

from headstamp.formats.incident_lists.restated import different


def row(**other: Any) -> dict[str, Any]:
    return {
        "rule": "murders v1", "measure": "murders", "period": "week", "from": "2026-06-17",
        "to": "2026-06-23", "count": 5, "comparison_count": 4, "against": "last_year", "area": "",
        "vintage": "2026-06-23-0", **other,
    }  # fmt: skip


def test_a_count_that_is_another_now_is_named_with_both_numbers_and_the_list() -> None:
    (found,) = different([row()], [row(count=7, vintage="2026-06-30-1")])
    assert found == {
        "rule": "murders v1", "measure": "murders", "period": "week", "from": "2026-06-17",
        "to": "2026-06-23", "what": "the count", "was": 5, "is": 7, "list": "2026-06-30-1",
    }  # fmt: skip


def test_the_year_before_can_be_another_too() -> None:
    (found,) = different([row()], [row(comparison_count=3)])
    assert (found["what"], found["was"], found["is"]) == ("the same days of the year before", 4, 3)


def test_what_is_the_same_is_not_named() -> None:
    assert list(different([row()], [row(vintage="2026-06-30-1")])) == []


def test_a_rule_that_is_no_longer_applied_restates_nothing() -> None:
    assert list(different([row()], [row(rule="murders v2", count=9)])) == []


def test_what_was_not_known_is_not_restated() -> None:
    assert list(different([row(count=None)], [row(count=9)])) == []


def test_means_and_areas_are_left_out() -> None:
    others = [row(against="mean_of_3_years"), row(area="7")]
    assert list(different(others, [{**one, "count": 9} for one in others])) == []
