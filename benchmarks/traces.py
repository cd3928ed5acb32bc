"""A million traces imported, reported on and joined by the commands, beside a bare pass of DuckDB.

Then signs and networks in a smaller market against what is behind each gun.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report, seconds
from benchmarks.memory import peak_of
from headstamp.formats.trace_tables.importing import import_traces
from headstamp.formats.trace_tables.loading import load
from headstamp.tracing.columns import Traces
from headstamp.tracing.indicators import RULES, Settings, indicators_of
from headstamp.tracing.networks import networks

TRACES = int(os.environ.get("BENCH_TRACES", "1000000"))
JUDGED = 100_000
"""Traces of the market whose signs and networks are judged."""

ROOM = 2500
"""Bytes of free disk that a trace needs, for the table, its copies and what spills."""

PERIOD = ("--jurisdiction", "all", "--from", "2013-01-01", "--to", "2017-12-31")


def run(scans: Collection | None) -> None:
    """Generate, import, report, join, judge; print time, memory, precision and recall."""
    del scans
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < ROOM * TRACES:
            print(f"\nTraces: left out, {ROOM * TRACES / 1e9:.1f} GB of free disk are needed")
            return
        _speed(Path(folder) / "large")
        _truth(Path(folder) / "judged")


def _speed(folder: Path) -> None:
    folder.mkdir()
    table, data = folder / "market.csv", folder / "data"
    made = _command("simulate", table, "--guns", TRACES, "--json")
    size = table.stat().st_size
    bare = _bare(table)
    imported = _command("import", table, "--into", data, "--json")
    assert imported[2]["rows"] == TRACES, imported[2]
    written = _command("report", "--data", data, *PERIOD, "--edition", "internal", "--out",
                       folder / "report.html", "--json")  # fmt: skip
    joined = _command("networks", "--data", data, "--least", 10, "--json")
    small = _command("networks", "--data", data, "--json")
    report(
        "Traces from a large table",
        [
            Figure("traces of the table", TRACES, "", note=f"{size / 1e9:.2f} GB"),
            Figure("  generated in", made[0], "s"),
            Figure("bare pass of DuckDB over the table, every cell", bare, "s"),
            Figure("headstamp traces import, whole command", imported[0], "s"),
            Figure("  traces a second", TRACES / imported[0], ""),
            Figure("  over the bare pass", imported[0] / bare, ""),
            Figure("  peak resident memory", imported[1] / 2**30, "GiB", 1.5),
            Figure("headstamp traces report, ten tables, whole command", written[0], "s"),
            Figure("  traces a second", TRACES / written[0], ""),
            Figure("  over the bare pass", written[0] / bare, ""),
            Figure("  peak resident memory", written[1] / 2**30, "GiB", 1.5,
                   note=f"{written[2]['bases']['submitted']:,} submitted"),
            Figure("headstamp traces networks of ten guns and more, whole", joined[0], "s",
                   note=f"{len(joined[2]['networks']):,} networks"),
            Figure("  traces a second", TRACES / joined[0], ""),
            Figure("  over the bare pass", joined[0] / bare, ""),
            Figure("  peak resident memory", joined[1] / 2**30, "GiB", 2.0),
            Figure("headstamp traces networks, all, as JSON", small[0], "s",
                   note=f"{len(small[2]['networks']):,} networks"),
            Figure("  peak resident memory", small[1] / 2**30, "GiB"),
        ],
    )  # fmt: skip


def _command(*words: object) -> tuple[float, float, Any]:
    """Seconds, peak resident bytes and the JSON answer of one of our commands."""
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "headstamp.cli.main", "traces", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    peak, printed = peak_of(running)
    return time.perf_counter() - start, peak, json.loads(printed)


def _bare(table: Path) -> float:
    """Seconds of reading every cell as text."""
    with table.open(encoding="utf-8", newline="") as stream:
        columns = next(csv.reader(stream))
    cells = ", ".join(f'max("{one}")' for one in columns)
    with duckdb.connect() as database:
        query = f"SELECT {cells} FROM read_csv('{table}', all_varchar = true)"  # noqa: S608
        return seconds(lambda: database.execute(query).fetchall(), rounds=3)


def _truth(folder: Path) -> None:
    folder.mkdir()
    table = folder / "market.csv"
    _command("simulate", table, "--guns", JUDGED, "--json")
    import_traces(table, folder / "data", retrieved="2018-03-01")
    traces = load(folder / "data").traces
    with (folder / "market-truth.csv").open(encoding="utf-8", newline="") as stream:
        behind = {one["trace_id"]: one for one in csv.DictReader(stream)}
    report(
        "Signs and networks against the truth",
        [
            Figure("traces of a synthetic market", len(traces), ""),
            Figure("  of which bought in a straw purchase",
                   sum(bool(one["scheme"]) for one in behind.values()), ""),
            *_signs(traces, behind),
            *_pairs(traces, {one: row["scheme"] for one, row in behind.items()}),
        ],
    )  # fmt: skip


def _signs(traces: Traces, behind: dict[str, dict[str, str]]) -> list[Figure]:
    """Of each sign the share of its traces that are what it points to, and of those it finds."""
    figures = []
    for kind in RULES:
        wanted = "theft" if kind == "theft_report" else "scheme"
        true = {one for one, row in behind.items() if row[wanted]}
        found = indicators_of(kind, traces, Settings())
        raised = {one for sign in found for one in sign.traces}
        hits = len(raised & true)
        figures += [
            Figure(f"{kind}: precision", hits / max(1, len(raised)), "",
                   note=f"{len(raised):,} traces, {len(found):,} signs"),
            Figure("  recall", hits / max(1, len(true)), "",
                   note=f"of {len(true):,} of a {wanted}"),
        ]  # fmt: skip
    return figures


def _pairs(traces: Traces, scheme: dict[str, str]) -> list[Figure]:
    """Pairs of guns in one network, against pairs of one scheme."""
    joined = networks(traces)
    network = {traces.gun.at(place): int(joined.component[traces.gun.codes[place]])
               for place in range(len(traces))}  # fmt: skip
    trace = {traces.gun.at(place): traces.id.at(place) for place in range(len(traces))}
    known = {traces.gun.at(place) for place in range(len(traces)) if traces.purchaser.known[place]}

    def pairs(counts: Counter[Any]) -> int:
        return sum(one * (one - 1) // 2 for one in counts.values())

    figures = []
    for whose, guns in (("all guns", set(trace)), ("guns whose purchaser is known", known)):
        real = {one: scheme[trace[one]] for one in guns}
        found = pairs(Counter(network[one] for one in guns))
        true = pairs(Counter(name for name in real.values() if name))
        both = pairs(Counter((network[one], name) for one, name in real.items() if name))
        figures += [
            Figure(f"networks, pairs of {whose}: precision", both / max(1, found), "",
                   note=f"{found:,} pairs in one network"),
            Figure("  recall", both / max(1, true), "", note=f"of {true:,} pairs of one scheme"),
        ]  # fmt: skip
    return figures
