"""How long a request for a trace has been out, and which state may follow which."""

from __future__ import annotations

from datetime import date

import pytest

from headstamp.tracing.ageing import FOLLOWS, GOAL_DAYS, ageing, may_follow
from headstamp.tracing.records import FINISHED, STATUSES

SENT = date(2024, 2, 26)  # a leap year


@pytest.mark.parametrize(
    ("state", "sent", "ended", "today", "expected"),
    [
        ("draft", None, None, date(2024, 3, 4), (0, "not_sent")),
        ("cancelled", None, None, date(2024, 3, 4), (0, "finished")),
        ("submitted", SENT, None, SENT, (0, "within")),
        ("submitted", SENT, None, date(2024, 3, 1), (4, "within")),
        ("in_process", SENT, None, date(2024, 3, 4), (7, "within")),
        ("in_process", SENT, None, date(2024, 3, 5), (8, "over")),
        ("info_requested", SENT, None, date(2024, 3, 5), (8, "over")),
        ("completed_to_dealer", SENT, date(2024, 3, 13), date(2025, 1, 1), (16, "finished")),
        ("not_traceable", SENT, None, date(2024, 3, 1), (4, "finished")),
        ("submitted", SENT, None, date(2024, 2, 1), (0, "within")),
    ],
)
def test_days_are_counted_from_sending_to_the_end(state, sent, ended, today, expected):
    found = ageing(state, sent, ended, today)
    assert (found.days, found.state) == expected
    assert found.goal == GOAL_DAYS == 7


def test_an_agency_may_have_another_goal():
    assert ageing("submitted", SENT, None, date(2024, 2, 28), goal=1).state == "over"


def test_every_state_has_its_successors_and_all_are_states():
    assert set(FOLLOWS) == set(STATUSES)
    assert {one for after in FOLLOWS.values() for one in after} < set(STATUSES)
    assert not any(state in after for state, after in FOLLOWS.items())


def test_from_every_open_state_an_end_can_be_reached_in_one_step():
    for state in ("submitted", "accepted", "in_process", "info_requested"):
        assert set(may_follow(state)) >= {*FINISHED, "cancelled"}


def test_what_is_no_state_is_refused():
    with pytest.raises(KeyError):
        may_follow("lost")
