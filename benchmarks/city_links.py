"""Scans, comparisons and links of the city whose pages are measured; a handful of scans is real."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from benchmarks.city_evidence import Evidence, Sizes, _owned
from benchmarks.city_people import LARGEST, People

REAL: Final = 8
"""Scans with a file, which the microscope and the mask can open."""

SPACINGS: Final = (6.25e-6, 3.125e-6)
"""Metres between the points of the real scans: 544 and 1,088 points a side."""

KEPT: Final = 20
"""Candidates of a search."""

PATHS: Final = {
    "correlated": (0.35, ()),
    "reviewed_no_lead": (0.20, ()),
    "lead_unconfirmed": (0.08, ()),
    "lead_verified": (0.07, ("lead_unconfirmed",)),
    "disseminated": (0.08, ("lead_unconfirmed", "lead_verified")),
    "examination_requested": (0.05, ("lead_unconfirmed", "lead_verified", "disseminated")),
    "hit_confirmed": (0.07, "examined"),
    "not_confirmed": (0.03, "examined"),
    "inconclusive": (0.03, "examined"),
    "unsuitable": (0.02, "examined"),
    "withdrawn": (0.02, ("lead_unconfirmed",)),
}
"""Share of each state, and the states between the search and it."""

EXAMINED: Final = ("lead_unconfirmed", "lead_verified", "disseminated", "examination_requested")
CONCLUSIONS: Final = {
    "hit_confirmed": "identification",
    "not_confirmed": "elimination",
    "inconclusive": "inconclusive_b",
    "unsuitable": "unsuitable",
}
STATES: Final = ("searched", "searched", "searched", "unsuitable", "waiting", "failed")
STATE_SHARES: Final = (0.5, 0.3, 0.15, 0.03, 0.01, 0.01)


@dataclass
class Laboratory:
    """What was loaded."""

    scans: list[Any] = field(default_factory=list)
    real: list[Any] = field(default_factory=list)
    comparisons: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    examinations: list[Any] = field(default_factory=list)


def load_laboratory(
    chance: random.Random, people: People, evidence: Evidence, sizes: Sizes, folder: Path
) -> Laboratory:
    """Make scans, the candidates of the newest searches, and links in every state."""
    from headstamp.web.casework.models import StoredFile
    from headstamp.web.comparisons.models import BallisticLink, Comparison, Examination, LinkStep
    from headstamp.web.evidence.models import Scan

    found = Laboratory()
    chosen = [one for one in evidence.scanned if one.marking == "open"]
    chosen = [one for one in chosen if one.agency.code == LARGEST][-REAL:]
    files, facts, numbers = _real_files(chosen, folder)
    for exhibit in evidence.scanned:
        fact = facts.get(exhibit.pk)
        if fact is None:
            sha256 = hashlib.sha256(f"scan of {exhibit.number}".encode()).hexdigest()
            files.append(StoredFile(sha256=sha256, size=1_400_000, media_type="model/x3p"))
            fact = {"file_id": sha256, "columns": 512, "rows": 500, "spacing_um": 6.25}
        scan = _scan(exhibit, fact, chance, people, real=exhibit.pk in facts)
        found.scans.append(scan)
        if exhibit.pk in facts:
            found.real.append(scan)
    StoredFile.objects.bulk_create(files)
    Scan.objects.bulk_create(found.scans)
    found.comparisons = _comparisons(found, chance, sizes, numbers)
    Comparison.objects.bulk_create(found.comparisons)
    for comparison in _pairs(found.comparisons, chance)[: sizes.links]:
        _follow(_link(comparison, chance), found, chance, people)
    BallisticLink.objects.bulk_create(found.links)
    LinkStep.objects.bulk_create(found.steps)
    Examination.objects.bulk_create(found.examinations)
    return found


def _real_files(chosen: list[Any], folder: Path) -> tuple[list[Any], dict[Any, Any], Any]:
    """Write scan files; rows, facts by exhibit, and the numbers of one real comparison."""
    from headstamp.comparison.query import Query
    from headstamp.formats.scan_file import ScanFile
    from headstamp.formats.x3p import write_x3p
    from headstamp.simulation.distractor import distractor
    from headstamp.surfaces.preparation import prepare
    from headstamp.web.casework import files
    from headstamp.web.comparisons.measures import numbers_of

    rows, facts, prepared = [], {}, []
    for seed, exhibit in enumerate(chosen):
        surface = distractor(500 + seed, SPACINGS[seed % 2])
        path = folder / "real.x3p"
        write_x3p(path, ScanFile(surface.heights, surface.spacing, surface.spacing))
        row, _ = files.store([path.read_bytes()], "model/x3p")
        path.unlink()
        height, width = surface.heights.shape
        spacing = surface.spacing * 1e6
        facts[exhibit.pk] = {
            "file_id": row.pk,
            "columns": width,
            "rows": height,
            "spacing_um": spacing,
        }
        if seed < 2:
            prepared.append(prepare(surface))
    return rows, facts, numbers_of(Query.of(prepared[0]).compare(prepared[1]), None)


def _scan(
    exhibit: Any, fact: dict[str, Any], chance: random.Random, people: People, *, real: bool
) -> Any:
    from headstamp.web.evidence.models import Scan

    at = exhibit.collected_at + timedelta(hours=chance.randint(30, 200))
    by = chance.choice(people.of(exhibit.agency.code, "technician"))
    state = "searched" if real else chance.choices(STATES, STATE_SHARES)[0]
    return Scan(
        **_owned(exhibit.agency, by, at),
        marking=exhibit.marking,
        incident=exhibit.incident,
        exhibit=exhibit,
        file_name=f"{exhibit.number}.x3p",
        region="breech_face",
        instrument_maker="Optik",
        instrument_model="TS 3",
        instrument_serial="TS3-0042",
        instrument_software="2.14",
        calibration_date=f"{at:%Y-%m}-01",
        scan_creator="Laboratory",
        valid_share=round(chance.uniform(0.5, 0.95), 3),
        usable_area_mm2=round(chance.uniform(2, 9), 2) if state == "searched" else None,
        state=state,
        progress=100 if state == "searched" else 0,
        gallery_key=fact["file_id"] if state == "searched" else "",
        **fact,
    )


def _comparisons(
    found: Laboratory, chance: random.Random, sizes: Sizes, numbers: dict[str, Any]
) -> list[Any]:
    """Twenty candidates of each of the newest searches."""
    from headstamp.web.comparisons.models import Comparison

    searched = [one for one in found.scans if one.state == "searched"]
    queries = list(dict.fromkeys([*found.real, *reversed(searched)]))[: sizes.comparisons // KEPT]
    method = {"headstamp": "0.1.0", "processing": 3, "comparison": 5, "parameters": {"cell": 1}}
    made = []
    for scan in queries:
        others = chance.sample(searched, KEPT + 2)
        if scan in found.real:
            others = [*found.real, *(one for one in others if one not in found.real)]
        others = [one for one in others if one.exhibit_id != scan.exhibit_id][:KEPT]
        for rank, other in enumerate(others, 1):
            ratio = None if chance.random() < 0.05 else round(chance.gauss(0.5, 2.0), 4)
            cells = max(0, min(35, round(12 + 4 * (ratio or 0) - rank / 2)))
            made.append(
                Comparison(
                    scan_a=scan,
                    scan_b=other,
                    keys=f"{scan.gallery_key} {other.gallery_key}",
                    rank=rank,
                    searched=len(searched),
                    method=method,
                    created_at=scan.created_at + timedelta(minutes=4),
                    **{**numbers, "log10_lr": ratio, "congruent_cells": cells},
                )
            )
    return made


def _pairs(comparisons: list[Any], chance: random.Random) -> list[Any]:
    """One comparison for each pair of exhibits, the real ones first."""
    known: dict[tuple[Any, Any], Any] = {}
    for one in comparisons:
        a, b = sorted((one.scan_a.exhibit_id, one.scan_b.exhibit_id), key=lambda key: key.hex)
        known.setdefault((a, b), one)
    first = list(known.values())
    rest = first[400:]
    chance.shuffle(rest)
    return first[:400] + rest


def _link(comparison: Any, chance: random.Random) -> Any:
    from headstamp.web.comparisons.models import BallisticLink

    pair = sorted(
        (comparison.scan_a.exhibit, comparison.scan_b.exhibit), key=lambda one: one.pk.hex
    )
    state = chance.choices(list(PATHS), [share for share, _ in PATHS.values()])[0]
    return BallisticLink(
        exhibit_a=pair[0],
        exhibit_b=pair[1],
        comparison=comparison,
        log10_lr=comparison.log10_lr,
        state=state,
        created_at=comparison.created_at,
        updated_at=comparison.created_at,
    )


def _follow(link: Any, found: Laboratory, chance: random.Random, people: People) -> None:
    """The steps that led a link to its state."""
    from headstamp.web.comparisons.models import Examination, LinkStep

    _, before = PATHS[link.state]
    between = EXAMINED if before == "examined" else before
    states = ["correlated", *between, *([] if link.state == "correlated" else [link.state])]
    one, two = chance.sample(people.of(LARGEST, "technician", "examiner"), 2)
    at = link.created_at
    for position, state in enumerate(states, 1):
        by = None if position == 1 else (one, two)[position % 2]
        reason = "" if position == 1 else "Agreement around the aperture, left and right."
        step = LinkStep(link=link, position=position, state=state, at=at, by=by, reason=reason)
        found.steps.append(step)
        at += timedelta(hours=chance.randint(2, 70))
    if len(states) > 1:
        link.reviewer = one
    if "lead_verified" in states:
        link.verifier = two
    link.version, link.updated_at = len(states), at
    found.links.append(link)
    if link.state in CONCLUSIONS:
        examiner, verifier = chance.sample(people.of(LARGEST, "examiner"), 2)
        found.examinations.append(
            Examination(
                link=link,
                conclusion=CONCLUSIONS[link.state],
                method="both",
                bases="Impressed marks of the breech face, compared at 30x under both lights.",
                examiner=examiner,
                at=at,
                verifier=verifier,
                verified_at=at + timedelta(hours=20),
                agreed=True,
            )
        )
