"""What the laboratory found for the newest scene, beside the truth that a simulation knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from headstamp.web.comparisons.models import Comparison
from headstamp.web.evidence.models import Scan

SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate; ``truth`` is ``same firearm``, ``another firearm`` or ``not known``."""

    rank: int
    exhibit: str
    incident: str
    congruent_cells: int
    cells: int
    aligned_correlation: float | None
    log10_lr: float | None
    truth: str


@dataclass(frozen=True, slots=True)
class SearchedCase:
    """One cartridge case of the newest scene and its candidates, best first."""

    exhibit: str
    incident: str
    state: str
    searched: int
    rows: tuple[Row, ...]


def candidates_of(scan: Scan, guns: Mapping[str, str | None]) -> SearchedCase:
    """The candidates of a scan that was searched.

    Parameters
    ----------
    scan : Scan
    guns : mapping
        The firearm of each exhibit's number, as far as it is known.
    """
    found = (
        Comparison.objects.filter(scan_a=scan, keys__startswith=scan.gallery_key)
        .select_related("scan_b__exhibit__incident")
        .order_by("rank")[:SHOWN]
    )
    own = guns.get(scan.exhibit.number)
    return SearchedCase(
        exhibit=scan.exhibit.number,
        incident=scan.incident.number,
        state=scan.get_state_display(),
        searched=max((one.searched or 0 for one in found), default=0),
        rows=tuple(_row(one, own, guns) for one in found),
    )


def _row(one: Comparison, own: str | None, guns: Mapping[str, str | None]) -> Row:
    exhibit = one.scan_b.exhibit
    other = guns.get(exhibit.number)
    known = "same firearm" if own == other else "another firearm"
    return Row(
        rank=one.rank or 0,
        exhibit=exhibit.number,
        incident=exhibit.incident.number,
        congruent_cells=one.congruent_cells,
        cells=one.cells,
        aligned_correlation=one.aligned_correlation,
        log10_lr=one.log10_lr,
        truth=known if own and other else "not known",
    )
