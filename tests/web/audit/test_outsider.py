"""Somebody without Headstamp checks an export of the record by the program in the documentation."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from headstamp.web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "audit-events.md"


@pytest.fixture
def export(person, signed_in, incident):
    """The record of some work as the monitor exports it."""
    from headstamp.web.audit.actions import record

    incident(address="Straße 1")
    record("tests.done", by=None, purpose="=1+1", detail={"filter": "q=ä"})
    answer = signed_in(person("monitor", "OIM")).get("/audit/export/")
    return b"".join(answer.streaming_content)


def check(exported, folder):
    """What the program of the page says of a file: its exit status and its last line."""
    program = re.search(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.M | re.S)[1]
    table = folder / "audit.csv"
    table.write_bytes(exported)
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, table],
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, (ended.stdout + ended.stderr).strip()


def test_the_program_of_the_page_finds_an_export_whole_and_names_its_end(export, tmp_path):
    head = AuditEvent.objects.order_by("-sequence").first()
    assert check(export, tmp_path) == (0, f"{head.sequence} {head.hash}")


def test_the_program_of_the_page_names_the_event_that_was_changed(export, tmp_path):
    changed = export.replace(b"casework.incident_added", b"casework.incident_changed")
    event = AuditEvent.objects.get(action="casework.incident_added")
    assert check(changed, tmp_path) == (1, f"broken at event {event.sequence}")


def test_the_program_of_the_page_names_an_event_that_is_missing(export, tmp_path):
    rows = list(csv.reader(io.StringIO(export.decode("utf-8-sig"))))
    stream = io.StringIO()
    csv.writer(stream).writerows(row for row in rows if row[0] != "1")
    assert check(stream.getvalue().encode(), tmp_path) == (1, "broken at event 1")
