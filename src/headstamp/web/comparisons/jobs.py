"""Work done in the background: a prepared scan is searched, and its candidates are kept."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.dispatch import receiver
from django_tasks import task

from headstamp import __version__
from headstamp.comparison.parameters import COMPARISON_VERSION, ComparisonParameters
from headstamp.gallery.candidates import Candidate
from headstamp.gallery.executors import Processes, Serial
from headstamp.gallery.processes import available_cores
from headstamp.gallery.search import search
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import PROCESSING_VERSION
from headstamp.web.audit.actions import record, writing
from headstamp.web.comparisons.measures import numbers_of, population_for
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
from headstamp.web.processes.given_up import job_given_up

KEPT: Final = 20
"""Candidates of one search that are kept of each agency: those that a person may not see take no
place from those they may."""

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
    scan = current_scans().filter(pk=scan_id, state=Scan.State.PREPARED).first()
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
        with writing():
            Scan.objects.filter(pk=scan.pk).update(state=Scan.State.WAITING, progress=0)
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
    population, warnings = population_for(store, scan)
    facts = {
        "searched": searched,
        "method": {
            "headstamp": __version__,
            "processing": PROCESSING_VERSION,
            "comparison": COMPARISON_VERSION,
            "parameters": ComparisonParameters().as_dict(),
        },
        "population_warnings": warnings,
    }
    with writing():
        current = Scan.objects.filter(
            pk=scan.pk, state=Scan.State.PREPARED, gallery_key=scan.gallery_key
        )
        if not current.update(state=Scan.State.SEARCHED, progress=100, state_reason=""):
            return
        kept = _kept(scan, found)
        for rank, (candidate, other) in enumerate(kept, 1):
            numbers = numbers_of(candidate.comparison, population)
            made, _ = Comparison.objects.update_or_create(
                scan_a=scan,
                scan_b=other,
                keys=f"{scan.gallery_key} {other.gallery_key}",
                defaults={"rank": rank, "searched": searched},
                create_defaults={"rank": rank, **facts, **numbers},
            )
            if made.log10_lr is not None and made.log10_lr > 0:
                link_of(made)
        detail = {"searched": searched, "kept": len(kept)}
        record("comparisons.searched", by=None, about=scan, detail=detail)


def _kept(scan: Scan, found: tuple[Candidate, ...]) -> list[tuple[Candidate, Scan]]:
    """The candidates that count, with their scans, best first."""
    keys = {candidate.record.sha256 for candidate in found}
    known: dict[str, list[Scan]] = defaultdict(list)
    for other in current_scans().filter(gallery_key__in=keys).order_by("created_at", "pk"):
        if other.exhibit_id != scan.exhibit_id and other.file_id != scan.file_id:
            known[other.gallery_key].append(other)
    kept, of_agency = [], Counter[UUID]()
    for candidate in found:
        for other in known[candidate.record.sha256]:
            if of_agency[other.agency_id] < KEPT:
                of_agency[other.agency_id] += 1
                kept.append((candidate, other))
    return kept


def current_scans() -> QuerySet[Scan]:
    """Scans that count: neither they nor their exhibits are withdrawn."""
    found: QuerySet[Scan] = Scan.objects.filter(withdrawn_at=None, exhibit__withdrawn_at=None)
    return found.select_related("exhibit")


def link_of(comparison: Comparison) -> BallisticLink:
    """The link between the exhibits of a comparison; made, or given a better comparison.

    A link that somebody has looked at keeps the comparison it was looked at with. A comparison made
    before a mask was corrected gives way to any newer one.
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
    elif link.state == LinkState.CORRELATED and _gives_way(link, comparison):
        BallisticLink.objects.filter(pk=link.pk).update(
            comparison=comparison, log10_lr=comparison.log10_lr
        )
    return link


def _gives_way(link: BallisticLink, newer: Comparison) -> bool:
    if link.comparison is None or not link.comparison.is_current:
        return True
    return (newer.log10_lr or 0) > (link.log10_lr or 0)


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
        percent = max(int(base.get(stage, 60) + width * share), Scan.PREPARED_AT + 1)
        Scan.objects.filter(pk=scan.pk).update(progress=percent)

    return report
