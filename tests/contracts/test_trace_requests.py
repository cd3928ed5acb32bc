"""The page of trace requests is the state machine and the file of the code."""

from __future__ import annotations

import re
from pathlib import Path

from headstamp.reports.trace_request_file import COLUMNS, OF_THE_POSSESSOR
from headstamp.tracing.ageing import FOLLOWS
from headstamp.tracing.records import STATUSES
from headstamp.tracing.requests import ASKED
from headstamp.web.traces.states import ENDED, TraceState

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "trace-requests.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in found]


def names(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


def test_every_state_is_there_with_its_words_and_what_may_follow() -> None:
    said = {names(state).pop(): (shown, names(then)) for state, shown, then in rows("States")}
    assert said == {one.value: (one.label, set(FOLLOWS[one])) for one in TraceState}
    assert set(TraceState.values) == set(STATUSES)


def test_a_request_that_ended_waits_for_nothing_but_a_better_end() -> None:
    assert all(set(FOLLOWS[one]) <= ENDED for one in ENDED)


def test_every_field_that_is_asked_is_in_the_table_of_what_is_missing() -> None:
    found = rows("What is looked at before one is sent")
    missing = {name for field, kind, _ in found if kind == "missing" for name in names(field)}
    assert missing >= {*ASKED, "recovered", "serial", "justification", "importer"}


def test_every_column_of_the_file_is_there_in_its_order() -> None:
    found = [
        name for cell, _ in rows("The file of requests") for name in re.findall(r"`(\w+)`", cell)
    ]
    assert found == [*COLUMNS, *OF_THE_POSSESSOR]
