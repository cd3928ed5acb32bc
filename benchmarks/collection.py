"""The labelled collection of real scans that the benchmarks read in place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np

from headstamp.formats.scans import read_scan
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "scans" / "fadul"


@dataclass(frozen=True)
class Collection:
    """Names, sources and topographies of a collection."""

    names: list[str]
    sources: list[str]
    topographies: list[Topography]

    @cached_property
    def prepared(self) -> list[PreparedScan]:
        """All scans with the shipped defaults."""
        return [prepare(topography) for topography in self.topographies]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every unordered pair."""
        return list(combinations(range(len(self.names)), 2))

    def same(self, pairs: list[tuple[int, int]]) -> np.ndarray:
        """Which pairs share their source: bool (n,)."""
        return np.array([self.sources[a] == self.sources[b] for a, b in pairs])


@lru_cache(maxsize=1)
def real_scans() -> Collection | None:
    """The 40 breech faces of 10 slides, or None where the folder is absent."""
    if not FOLDER.is_dir():
        return None
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return Collection(
        [row["file"] for row in rows],
        [row["slide"] for row in rows],
        [read_scan(FOLDER / row["file"]).topography() for row in rows],
    )
