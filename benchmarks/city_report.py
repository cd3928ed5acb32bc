"""The times of a city's pages beside their target and beside the page that does nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final

from benchmarks import measure
from benchmarks.city_client import LIMIT, Times, percentile
from benchmarks.city_requests import PAGES
from benchmarks.city_tables import Imported
from benchmarks.measure import Figure

TARGET_MS: Final = 100.0
NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass
class Measured:
    """What was measured on one database; the load of the machine after each part."""

    nobody: list[float]
    alone: dict[str, Times] = field(default_factory=dict)
    together: Times = field(default_factory=Times)
    each_second: float = 0.0
    people: int = 0
    requests: int = 0
    """Of each page by each kind of person."""
    imported: Imported | None = None
    loaded: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A page: its times for the kind of person who waits longest for it, and for many at once.

    ``limits`` is how many times it takes as long as ``LIMIT``, asked for in between.
    """

    page: str
    kind: str
    p50: float
    p95: float
    limit: float
    limits: float
    many_p50: float | None
    many_p95: float | None

    @property
    def verdict(self) -> str:
        """Whether it is under the target."""
        return "met" if self.p95 <= TARGET_MS else "OVER"


def rows(found: Measured) -> list[Row]:
    """One for each page, in the order in which they are asked for."""
    made = []
    for name in (page.name for page in PAGES if page.roles):
        by_kind = {kind: times.of[name] for kind, times in found.alone.items() if name in times.of}
        kind = max(by_kind, key=lambda one: percentile(by_kind[one], 0.95))
        p50 = percentile(by_kind[kind], 0.5)
        limit = percentile(found.alone[kind].limits[name], 0.5)
        many = found.together.of.get(name)
        made.append(
            Row(
                name,
                kind,
                round(p50, 2),
                round(percentile(by_kind[kind], 0.95), 2),
                round(limit, 2),
                round(p50 / limit, 2),
                round(percentile(many, 0.5), 1) if many else None,
                round(percentile(many, 0.95), 1) if many else None,
            )
        )
    return made


def show(database: str, found: Measured) -> None:
    """Print a table of the pages, the slowest last, and what else was measured."""
    title = f"City pages, {NAMES[database]}"
    print(f"\n{title}\n{'-' * len(title)}")
    print(f"  {found.versions}; loaded {found.loaded}; load of the machine {found.load}")
    print(f"  {'':<34} {'one person, ms':^31} {found.people:>5} people, ms")
    print(
        f"  {'page':<34} {'p50':>7} {'p95':>7} {'/target':>7} {'/limit':>7} {'p50':>7} {'p95':>7}"
    )
    for row in sorted(rows(found), key=lambda one: one.p95):
        share = row.p95 / TARGET_MS
        many = [f"{one:7.0f}" if one else f"{'-':>7}" for one in (row.many_p50, row.many_p95)]
        print(
            f"  {row.page:<34} {row.p50:7.1f} {row.p95:7.1f} {share:7.2f} {row.limits:7.1f} "
            f"{many[0]} {many[1]} {row.verdict:<4} {row.kind}"
        )
    for figure in _others(found):
        print(f"  {figure.name:<58} {figure.value:>10.4g} {figure.unit:<6} {figure.note}")
    over = [row.page for row in rows(found) if row.verdict == "OVER"]
    print(f"  over the target of {TARGET_MS:g} ms: {', '.join(over) or 'no page'}", flush=True)


def keep(database: str, found: Measured) -> None:
    """Write the figures beside those of the other benchmarks."""
    pages = [
        Figure(f"{row.page}, p95 for one person", row.p95, "ms", TARGET_MS, note=row.kind)
        for row in rows(found)
    ]
    more = {
        "versions": found.versions,
        "loaded": found.loaded,
        "load_of_the_machine": found.load,
        "requests_of_each_page_and_kind": found.requests,
        "pages": [{**asdict(row), "verdict": row.verdict} for row in rows(found)],
        "kinds": {kind: _quantiles(times) for kind, times in found.alone.items()},
    }
    measure.keep(f"City pages, {NAMES[database]}", [*pages, *_others(found)], more)


def _others(found: Measured) -> list[Figure]:
    nobody = f"nobody signed in; p95 {percentile(found.nobody, 0.95):.2f} ms"
    made = [
        Figure(f"{LIMIT} p50", percentile(found.nobody, 0.5), "ms", note=nobody),
        Figure(
            f"requests a second, {found.people} people", found.each_second, "1/s", better="high"
        ),
    ]
    done = found.imported
    if done is None:
        return made
    note = f"the server's largest process {done.peak_mb:.0f} MB at most"
    return [
        *made,
        Figure(f"import of {done.rows} rows: handed in", done.upload, "s"),
        Figure(f"import of {done.rows} rows: preview", done.preview, "s"),
        Figure(f"import of {done.rows} rows: imported", done.run, "s", note=note),
        Figure(
            "longest wait of a reader meanwhile", done.longest_read, "s", note=f"{done.reads} reads"
        ),
    ]


def _quantiles(times: Times) -> dict[str, list[float]]:
    return {
        name: [round(percentile(found, share), 2) for share in (0.5, 0.95)]
        for name, found in times.of.items()
    }
