"""The page of lead states is the state machine of the code."""

from __future__ import annotations

import re
from pathlib import Path

from headstamp.web.leads.states import FALLEN, FOLLOWS, LeadState, Reason

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "lead-states.md").read_text(encoding="utf-8")


def rows(columns: int) -> list[list[str]]:
    """Rows whose first cell is one name, of tables with so many columns."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if re.match(r"\| `[a-z_]+` \|", line)
    ]
    return [row for row in found if len(row) == columns]


def names(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


def test_every_state_is_there_with_its_words_and_what_may_follow() -> None:
    said = {names(state).pop(): (shown, names(follows)) for state, shown, follows, _ in rows(4)}
    assert said == {
        state.value: (state.label, {str(one) for one in FOLLOWS[state]}) for state in LeadState
    }


def test_every_reason_is_there_with_its_words() -> None:
    assert {names(reason).pop(): shown for reason, shown in rows(2)} == dict(Reason.choices)


def test_the_states_of_a_link_that_hold_a_lead_are_named() -> None:
    held = PAGE.split("## On hold")[1].split("##")[0]
    assert names(held.split(",")[0]) == {str(state) for state in FALLEN}
