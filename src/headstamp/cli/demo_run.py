"""The steps of the demo: collect, search, weigh, report."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from headstamp.cli.adding import add_scans
from headstamp.cli.comparison_run import answer
from headstamp.cli.console import stderr, track
from headstamp.cli.search_report import contact_sheet
from headstamp.cli.simulate_run import write_collection
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.formats.atomic import write_atomically
from headstamp.formats.reference_file import load_reference
from headstamp.formats.scans import read_scan
from headstamp.formats.scene_table import CollectedScan, collected_scans, newest_scene
from headstamp.gallery.candidates import Candidate, SearchResult
from headstamp.gallery.executors import Executor, Processes, Serial
from headstamp.gallery.intake import Source
from headstamp.gallery.processes import available_cores
from headstamp.gallery.search import search
from headstamp.gallery.store import Gallery
from headstamp.reports.comparison import render_html as comparison_html
from headstamp.reports.comparison import render_pdf as comparison_pdf
from headstamp.reports.contact_sheet import render_html as sheet_html
from headstamp.reports.demo_page import DemoCase, DemoRow, render_html
from headstamp.simulation.collection import plan
from headstamp.surfaces.preparation import prepare

SHOWN: Final = 10
REPORTED: Final = 3
"""Candidates of each case whose comparison is drawn."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo found.

    Parameters
    ----------
    cases : tuple of DemoCase
    times : tuple of (str, float)
        Each step and its seconds.
    page : Path
    """

    cases: tuple[DemoCase, ...]
    times: tuple[tuple[str, float], ...]
    page: Path

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "cases": [asdict(case) for case in self.cases],
            "seconds": dict(self.times),
            "page": str(self.page),
        }


def simulated(folder: Path, guns: int, scans: int, seed: int) -> Path:
    """Simulate a collection into a new folder, and name the folder."""
    folder.mkdir()
    write_collection(folder, plan(guns, scans, seed), "cropped", None)
    return folder


class _Clock:
    """Takes the time of each step."""

    def __init__(self) -> None:
        self.times: list[tuple[str, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.times.append((name, time.perf_counter() - start))


def run_demo(out: Path, folder: Path, truth: Path | None, jobs: int | None) -> DemoResult:
    """Collect every scan but the newest scene's, search that scene, and write the pages."""
    clock = _Clock()
    scans = collected_scans(folder, truth)
    scene = newest_scene(scans)
    earlier = [scan for scan in scans if scan not in scene]
    gallery = Gallery.create(out / "gallery")
    with clock.step(f"Preparing and keeping {len(earlier)} scans"):
        add_scans(gallery, [_source(scan, folder) for scan in earlier], jobs)
    site = out / "site"
    site.mkdir()
    lab = _Lab(gallery, {_name(s, folder): s for s in scans}, site, _population())
    executor = _executor(len(gallery), jobs)
    try:
        with clock.step(f"Searching {len(scene)} cartridge cases"):
            found = [(scan, *lab.search(scan, executor)) for scan in scene]
    finally:
        executor.close()
    with clock.step("Writing the reports"):
        cases = tuple(lab.report(*item) for item in track(found, "Writing the reports"))
    page = site / "index.html"
    write_atomically(page, render_html(cases, len(gallery)).encode())
    return DemoResult(cases, tuple(clock.times), page)


def _executor(records: int, jobs: int | None) -> Executor:
    jobs = jobs or available_cores()
    return Processes(jobs) if jobs > 1 and records > 1 else Serial()


def _population() -> ReferencePopulation | None:
    try:
        return load_reference(None)
    except ReferencePopulationError as error:
        stderr.print(f"[yellow]note:[/] no likelihood ratios: {error}")
        return None


def _name(scan: CollectedScan, folder: Path) -> str:
    return scan.path.relative_to(folder).as_posix()


def _source(scan: CollectedScan, folder: Path) -> Source:
    labels = {"case": scan.incident} if scan.incident else {}
    return Source(scan.path, _name(scan, folder), labels)


@dataclass(frozen=True, slots=True)
class _Lab:
    """Searches and reports one cartridge case after the other."""

    gallery: Gallery
    known: dict[str, CollectedScan]
    site: Path
    population: ReferencePopulation | None

    def search(self, scan: CollectedScan, executor: Executor) -> tuple[SearchResult, float]:
        """The candidates of one case, and the seconds from its file to them."""
        start = time.perf_counter()
        file = read_scan(scan.path)
        prepared = prepare(file.topography(), self.gallery.header.preparation)
        result = search(self.gallery, prepared, file.sha256, executor=executor)
        return result, time.perf_counter() - start

    def report(self, scan: CollectedScan, result: SearchResult, seconds: float) -> DemoCase:
        """Write the contact sheet and the first comparisons of one case."""
        stem = _plain(scan.path.stem)
        shown = result.candidates[:SHOWN]
        rows = [self._row(scan, candidate, stem) for candidate in shown]
        file = read_scan(scan.path)
        sheet = contact_sheet(
            file,
            self.gallery,
            result,
            shown=shown,
            ratios=[row.log10_lr for row in rows],
            population=self.population,
            parameters=ComparisonParameters(),
            warnings=file.warnings,
        )
        cards = tuple(
            replace(card, truth=row.truth, report_link=row.link)
            for card, row in zip(sheet.candidates, rows, strict=True)
        )
        sheet = replace(sheet, candidates=cards)
        write_atomically(self.site / f"{stem}.html", sheet_html(sheet).encode())
        return DemoCase(
            name=scan.path.name,
            incident=scan.incident,
            date=scan.date,
            searched=result.searched,
            seconds=seconds,
            sheet=f"{stem}.html",
            rows=tuple(rows),
        )

    def _row(self, scan: CollectedScan, candidate: Candidate, stem: str) -> DemoRow:
        comparison = candidate.comparison
        other = self.known[candidate.record.name]
        ratio = float("nan")
        if self.population is not None:
            ratio = self.population.log10_lr(
                comparison.aligned_correlation, comparison.congruent_cells
            )
        return DemoRow(
            rank=candidate.rank,
            scan=candidate.record.name,
            incident=other.incident,
            congruent_cells=comparison.congruent_cells,
            cells=comparison.cells,
            aligned_correlation=comparison.aligned_correlation,
            log10_lr=ratio,
            truth=_truth(scan, other),
            link=self._comparison(scan, other, stem, candidate.rank),
        )

    def _comparison(self, a: CollectedScan, b: CollectedScan, stem: str, rank: int) -> str:
        """Draw one comparison, as a page and for the first also as PDF; the page's address."""
        if rank > REPORTED:
            return ""
        found = answer(a.path, b.path, ComparisonParameters(), None)
        address = f"{stem}-{rank}.html"
        write_atomically(self.site / address, comparison_html(found.report).encode())
        if rank == 1:
            write_atomically(self.site / f"{stem}-{rank}.pdf", comparison_pdf(found.report))
        return address


def _truth(a: CollectedScan, b: CollectedScan) -> str:
    if not (a.source and b.source):
        return "not known"
    return "same firearm" if a.source == b.source else "another firearm"


def _plain(text: str) -> str:
    """A name that is safe as a file and as an address."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-") or "case"
