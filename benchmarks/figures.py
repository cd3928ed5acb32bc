"""An export of 8 million crimes imported and counted by the commands, beside a bare scan."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.collection import Collection
from benchmarks.crimes_export import write_crimes
from benchmarks.measure import Figure, report, seconds
from benchmarks.memory import peak_of
from headstamp.formats.counting_rules.loading import shipped
from headstamp.formats.incident_lists.choosing import Applied, choose
from headstamp.formats.incident_lists.counting import Question, daily
from headstamp.formats.incident_lists.vintages import vintages
from headstamp.incidents.daily import DailyCounts
from headstamp.incidents.windows import years_earlier

ROWS = int(os.environ.get("BENCH_CRIMES", "8000000"))
ROOM = 1500
"""Bytes of free disk that a row needs, for the export, its copies and what spills."""

RULE = "chicago-murders-open-data"
TO = date(2025, 6, 29)


def run(scans: Collection | None) -> None:
    """Generate, import, count, and print time and memory."""
    del scans
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < ROOM * ROWS:
            print(f"\nFigures: left out, {ROOM * ROWS / 1e9:.0f} GB of free disk are needed")
            return
        _run(Path(folder))


def _run(folder: Path) -> None:
    export, data = folder / "crimes.csv", folder / "data"
    start = time.perf_counter()
    write_crimes(export, ROWS)
    made = time.perf_counter() - start
    size = export.stat().st_size
    importing = _command("incidents", "import", export, "--into", data, "--json")
    counting = _command(
        "figures", "--data", data, "--jurisdiction", "chicago", "--to", TO, "--json"
    )
    bare, ours = _scans(data)
    year = next(one for one in counting[2] if one["period"] == "365_days")
    report(
        "Figures from a large list",
        [
            Figure("rows of the export", importing[2]["rows"], "", note=f"{size / 1e9:.2f} GB"),
            Figure("  generated in", made, "s"),
            Figure("headstamp incidents import, whole command", importing[0], "s"),
            Figure("  peak resident memory", importing[1] / 2**30, "GiB", 1.0),
            Figure("headstamp figures, whole command", counting[0], "s"),
            Figure(
                "  peak resident memory", counting[1] / 2**30, "GiB", 1.0,
                note=f"{year['count']} murders in 365 days",
            ),
            Figure("counting all windows of a rule", ours, "s"),
            Figure("  over one bare scan of the same columns", ours / bare, "", 1.3,
                   note=f"bare scan {1e3 * bare:.0f} ms"),
        ],
    )  # fmt: skip


def _command(*words: object) -> tuple[float, float, Any]:
    """Seconds, peak resident bytes and the JSON answer of one of our commands."""
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "headstamp.cli.main", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    peak, printed = peak_of(running)
    return time.perf_counter() - start, peak, json.loads(printed)


def _scans(data: Path) -> tuple[float, float]:
    """Seconds of a bare scan of the columns a rule reads, and of counting by it."""
    rule = next(one for one in shipped() if one.name == RULE)
    applied = choose(rule, vintages(data), date.max.isoformat())
    assert isinstance(applied, Applied)
    asked = Question("chicago", TO)
    bare = (
        "SELECT count(*) FROM "  # noqa: S608 - our own names
        f"{applied.relations(data)[rule.schema]} WHERE code = '110' AND occurred >= '2019-01-01'"
    )
    with duckdb.connect() as database:
        return (
            seconds(lambda: database.execute(bare).fetchall()),
            seconds(lambda: _count(daily(database, data, applied, asked), asked)),
        )


def _count(found: dict[str, DailyCounts], asked: Question) -> int:
    """What is asked of every window and its five earlier years."""
    return sum(
        found[""].within(years_earlier(name, one, years))
        for name, one in asked.windows.items()
        for years in range(6)
    )
