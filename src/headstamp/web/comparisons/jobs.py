"""Work done in the background: a prepared scan is searched, and its candidates are kept."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any, Final

from django.db import connection
from django.dispatch import receiver
from django_tasks import task

from headstamp import __version__
from headstamp.comparison.parameters import COMPARISON_VERSION, ComparisonParameters
from headstamp.comparison.result import CellTable
from headstamp.comparison.result import Comparison as Compared
from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.formats.reference_file import load_reference
from headstamp.gallery.candidates import Candidate
from headstamp.gallery.executors import Processes, Serial
from headstamp.gallery.processes import available_cores
from headstamp.gallery.search import search
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import PROCESSING_VERSION
from headstamp.web.audit.actions import record, writing
from headstamp.web.comparisons.models import BallisticLink, Comparison, LinkStep
from headstamp.web.comparisons.states import LinkState
from headstamp.web.evidence.jobs import (
    gallery,
    mark_given_up,
    marked_failed,
    prepare_scan,
    scan_prepared,
)
from headstamp.web.evidence.models import Scan
from headstamp.web.given_up import job_given_up

KEPT: Final = 20
"""Candidates of one search that are kept."""

MANY: Final = 2000
"""From this many records on the search uses every core."""


SOONER: Final = 10
"""A prepared scan is searched before the next one is prepared: its scene waits for the answer."""


@receiver(scan_prepared)
def search_it(sender: Any, scan: Scan, **kwargs: Any) -> None:
    """Queue the search in the transaction that made the scan ready for it."""
    search_scan.enqueue(str(scan.pk))


@task(priority=SOONER)
def search_scan(scan_id: str) -> None:
    """Compare a prepared scan with all others and keep the most alike."""
    scan = Scan.objects.filter(pk=scan_id, state=Scan.State.PREPARED, withdrawn_at=None).first()
    if scan is None:
        return
    with marked_failed(scan):
        _search(scan)


@receiver(job_given_up)
def say_given_up(sender: Any, task: str, arguments: list[Any], **kwargs: Any) -> None:
    """Say on the scan's page that its search is not tried again."""
    if task == search_scan.module_path:
        mark_given_up(arguments[0], Scan.State.PREPARED, "comparisons.searched")


def _search(scan: Scan) -> None:
    store = gallery()
    places = store.indices_of(scan.gallery_key)
    if not places:  # the gallery was lost or restored from an older copy: make the record again
        Scan.objects.filter(pk=scan.pk).update(state=Scan.State.WAITING)
        prepare_scan.enqueue(str(scan.pk))
        return
    executor = Processes(available_cores()) if len(store) > MANY else Serial()
    try:
        found = search(
            store,
            store.prepared(places[0]),
            scan.gallery_key,
            executor=executor,
            progress=_reporter(scan),
        )
    finally:
        executor.close()
    _keep(scan, store, found.candidates, found.searched)


def _keep(scan: Scan, store: Gallery, found: tuple[Candidate, ...], searched: int) -> None:
    population, warnings = _population(store, scan)
    keys = {candidate.record.sha256 for candidate in found}
    known = {
        other.gallery_key: other
        for other in Scan.objects.filter(gallery_key__in=keys, withdrawn_at=None).select_related(
            "exhibit"
        )
    }
    method = {
        "headstamp": __version__,
        "processing": PROCESSING_VERSION,
        "comparison": COMPARISON_VERSION,
        "parameters": ComparisonParameters().as_dict(),
    }
    with writing():
        current = Scan.objects.filter(
            pk=scan.pk, state=Scan.State.PREPARED, gallery_key=scan.gallery_key
        )
        if not current.update(state=Scan.State.SEARCHED, progress=100, state_reason=""):
            return
        rank = 0
        for candidate in found:
            other = known.get(candidate.record.sha256)
            if other is None or other.exhibit_id == scan.exhibit_id or rank >= KEPT:
                continue
            rank += 1
            made, _ = Comparison.objects.get_or_create(
                scan_a=scan,
                scan_b=other,
                keys=f"{scan.gallery_key} {other.gallery_key}",
                defaults={
                    "rank": rank,
                    "searched": searched,
                    "method": method,
                    "population_warnings": warnings,
                    **_numbers(candidate.comparison, population),
                },
            )
            if made.log10_lr is not None and made.log10_lr > 0:
                link_of(made)
        record(
            "comparisons.searched",
            by=None,
            about=scan,
            detail={"searched": searched, "kept": rank},
        )


def link_of(comparison: Comparison) -> BallisticLink:
    """The link between the exhibits of a comparison; made, or given a better comparison.

    A link that somebody has looked at keeps the comparison it was looked at with.
    """
    pair = sorted(
        (comparison.scan_a.exhibit_id, comparison.scan_b.exhibit_id), key=lambda key: key.hex
    )
    link, is_new = BallisticLink.objects.get_or_create(
        exhibit_a_id=pair[0],
        exhibit_b_id=pair[1],
        defaults={"comparison": comparison, "log10_lr": comparison.log10_lr},
    )
    if is_new:
        LinkStep.objects.create(link=link, position=1, state=LinkState.CORRELATED)
    elif link.state == LinkState.CORRELATED and (comparison.log10_lr or 0) > (link.log10_lr or 0):
        BallisticLink.objects.filter(pk=link.pk).update(
            comparison=comparison, log10_lr=comparison.log10_lr
        )
    return link


def _numbers(compared: Compared, population: ReferencePopulation | None) -> dict[str, Any]:
    ratio = math.nan
    if population is not None:
        ratio = population.log10_lr(compared.aligned_correlation, compared.congruent_cells)
    return {
        "aligned_correlation": _finite(compared.aligned_correlation),
        "congruent_cells": compared.congruent_cells,
        "cells": compared.cells,
        "overlap_mm2": compared.overlap * 1e6,
        "log10_lr": _finite(ratio),
        "population": population.identity if population is not None else "",
        "detail": {
            "pose": {
                "rotation": compared.pose.rotation,
                "shift_um": [1e6 * value for value in compared.pose.shift],
            },
            "cell_size_um": compared.cell_size * 1e6,
            "cells_of_a": _cells(compared.cells_of_a),
            "cells_of_b": _cells(compared.cells_of_b),
            "reason": compared.reason,
        },
    }


def _cells(table: CellTable) -> list[dict[str, Any]]:
    return [
        {
            "centre_um": [round(1e6 * value, 1) for value in table.centre[i]],
            "found_um": [round(1e6 * value, 1) for value in table.found[i]],
            "correlation": round(float(table.correlation[i]), 4),
            "residual_um": round(1e6 * float(table.residual[i]), 1),
            "congruent": bool(table.congruent[i]),
        }
        for i in range(len(table))
    ]


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _population(store: Gallery, scan: Scan) -> tuple[ReferencePopulation | None, list[str]]:
    try:
        population = load_reference(None)
        method = Method(
            PROCESSING_VERSION,
            COMPARISON_VERSION,
            store.header.preparation.as_dict(),
            ComparisonParameters().as_dict(),
        )
        instrument = f"{scan.instrument_maker} {scan.instrument_model}".strip() or None
        return population, list(population.applies_to(method, instrument))
    except ReferencePopulationError as error:
        return None, [f"no likelihood ratio: {error}"]


def _reporter(scan: Scan) -> Callable[[str, int, int], None]:
    """Tells the scan's page how far the search is, twice a second at most."""
    last = 0.0
    base = {"shortlist": 50, "screen": 60, "compare": 70}

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < 0.5 or connection.in_atomic_block:
            return
        last = now
        share = done / total if total else 1
        width = 29 if stage == "compare" else 10
        percent = int(base.get(stage, 60) + width * share)
        Scan.objects.filter(pk=scan.pk).update(progress=percent)

    return report
