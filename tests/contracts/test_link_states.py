"""The page of link states is the state machine of the code."""

from __future__ import annotations

import re
from pathlib import Path

from headstamp.web.comparisons.states import AFTER, FOLLOWS, Conclusion, LinkState

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "link-states.md").read_text(encoding="utf-8")


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
        state.value: (state.label, {str(one) for one in FOLLOWS[state]}) for state in LinkState
    }


def test_every_conclusion_is_there_with_the_state_it_leads_to() -> None:
    said = {names(conclusion).pop(): names(state).pop() for conclusion, state in rows(2)}
    assert said == {one.value: str(AFTER[one]) for one in Conclusion}
