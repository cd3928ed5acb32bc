"""What a search is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headstamp.gallery.records import Record
from headstamp.gallery.tasks import Stage

if TYPE_CHECKING:
    from headstamp.comparison.result import Comparison


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How much of the gallery each stage looks at.

    Parameters
    ----------
    least_shortlist, shortlist_share : int, float
        The pose screen sees the larger of the two: a number, and a share of the records searched.
    compared : int
        Records that are compared in full.
    exhaustive : bool
        Screen every record instead of a shortlist. A partial mark is always searched so, since
        its descriptor does not tell where on a whole mark it belongs.
    partial_marks : bool
        Whether the partial marks of the gallery join every shortlist, for the same reason.
    since : int
        Search only records with this index or a later one.
    include_same_file : bool
        Whether a record made from the query's own file may be a candidate.
    block : int
        Descriptors scored at a time; bounds the memory of a worker.
    """

    least_shortlist: int = 200
    shortlist_share: float = 0.01
    compared: int = 100
    exhaustive: bool = False
    partial_marks: bool = True
    since: int = 0
    include_same_file: bool = False
    block: int = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One scan of the gallery that may come from the same firearm.

    Parameters
    ----------
    rank : int
        From 1.
    record : Record
    comparison : Comparison
        Of the query (A) with the record (B).
    score : float
        What it is ranked by, rounded.
    screen_score : float
        Best score over all poses, rounded.
    shortlist_score : float or None
        Score of the descriptors, rounded; None when no shortlist was made.
    """

    rank: int
    record: Record
    comparison: Comparison
    score: float
    screen_score: float
    shortlist_score: float | None


@dataclass(frozen=True, slots=True)
class StageTime:
    """What one stage did: records looked at, and seconds it took."""

    stage: Stage
    records: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class SearchResult:
    """Candidates, best first, and how they were found.

    Parameters
    ----------
    candidates : tuple of Candidate
        At most ``SearchSettings.compared``; those that share too little surface with the query
        for a score are left out.
    searched : int
        Records that could have become candidates.
    stages : tuple of StageTime
    settings : SearchSettings
    """

    candidates: tuple[Candidate, ...]
    searched: int
    stages: tuple[StageTime, ...]
    settings: SearchSettings
