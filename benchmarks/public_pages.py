"""Every page that everybody reads, of a release of 20 years of a synthetic city, for one reader."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.city import _environment, _load_average, _served
from benchmarks.city_client import LIMIT, WARM, Browser, percentile
from benchmarks.collection import Collection
from benchmarks.measure import Figure, keep

TARGET_MS: Final = 100.0
REQUESTS: Final = 40
YEARS: Final = 20

RELEASE: Final = {
    "headline table": "",
    "trends": "trends/",
    "police districts": "areas/district/",
    "community areas": "areas/area/",
    "map": "map/",
    "hot spots": "hot-spots/",
    "near repeats": "near-repeat/",
    "other cities": "cities/",
    "method": "method/",
    "one rule": "method/port-verity-murders-v1/",
    "one figure": "port-verity-murders-v1/year_to_date/",
    "restatements": "restatements/",
    "monthly report": "report/",
    "data": "data/",
    "chart (SVG)": "charts/trend-port-verity-murders.svg",
    "tables (ZIP)": "figures.zip",
    "document (JSON)": "figures.json",
    "report (PDF)": "report.pdf",
}
"""What a release has, by its address below that of the release."""


@dataclass(frozen=True)
class Row:
    """A page: its times in milliseconds, and how many times it takes as long as ``LIMIT``."""

    page: str
    first: float
    p50: float
    p95: float
    limits: float

    @property
    def verdict(self) -> str:
        """Whether it is under the target."""
        return "met" if self.p95 <= TARGET_MS else "MISSED"


def run(_: Collection | None = None) -> None:
    """Make a demonstration, serve it, and ask for each page again and again."""
    with tempfile.TemporaryDirectory(prefix="headstamp-public-") as place:
        folder = Path(place) / "demo"
        environment = _environment("")
        _make(folder, environment)
        workspace = folder / "workspace"
        with _served(workspace, environment) as (port, _server):
            rows = [_measured(port, *one) for one in _pages(workspace).items()]
    _show(rows)
    figures = [Figure(f"{one.page}, p95", one.p95, "ms", TARGET_MS) for one in rows]
    more: dict[str, Any] = {
        "years": YEARS,
        "requests_of_each_page": REQUESTS,
        "load_of_the_machine": _load_average(),
        "pages": [{**vars(one), "verdict": one.verdict} for one in rows],
    }
    keep("Public pages of 20 years", figures, more)


def _make(folder: Path, environment: dict[str, str]) -> None:
    small = ("--incidents", "20", "--guns", "4", "--count", "6", "--jobs", "1", "--json")
    words = [sys.executable, "-m", "headstamp.cli.main", "demo", "--out", str(folder)]
    subprocess.run(
        [*words, *small, "--years", str(YEARS)],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _pages(workspace: Path) -> dict[str, str]:
    """The addresses of the newest release, and of the pages above it."""
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        place, day, number = database.execute(
            "SELECT jurisdiction, last_day, number FROM figures_release "
            "ORDER BY last_day DESC, number DESC LIMIT 1"
        ).fetchone()
    above = {
        "all jurisdictions": "/figures/",
        "newest release": f"/figures/{place}/",
        "archive": f"/figures/{place}/archive/",
        "replaced release": f"/figures/{place}/{day}/1/",
    }
    return above | {
        name: f"/figures/{place}/{day}/{number}/{part}" for name, part in RELEASE.items()
    }


def _measured(port: int, page: str, path: str) -> Row:
    """One reader, who asks for the page that does nothing in between."""
    browser = Browser(port)
    times, limits = [], []
    for _ in range(WARM + REQUESTS):
        times.append(browser.get(path))
        limits.append(browser.get(LIMIT))
    browser.close()
    p50 = percentile(times[WARM:], 0.5)
    return Row(
        page,
        round(times[0], 2),
        round(p50, 2),
        round(percentile(times[WARM:], 0.95), 2),
        round(p50 / percentile(limits[WARM:], 0.5), 2),
    )


def _show(rows: list[Row]) -> None:
    title = f"Public pages, {YEARS} years of a city, one reader"
    print(f"\n{title}\n{'-' * len(title)}")
    print(f"  {'page':<20} {'first':>8} {'p50':>8} {'p95':>8} {'/target':>8} {'/limit':>8}")
    for one in sorted(rows, key=lambda row: row.p95):
        print(
            f"  {one.page:<20} {one.first:8.1f} {one.p50:8.1f} {one.p95:8.1f} "
            f"{one.p95 / TARGET_MS:8.2f} {one.limits:8.1f} {one.verdict}"
        )


if __name__ == "__main__":
    run()
