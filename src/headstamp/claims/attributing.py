"""Claims with those who made them: in the same sentence, or around the quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from headstamp.claims.claim import Claim
from headstamp.claims.quotations import holding
from headstamp.claims.speakers import Attribution

AFTER: Final = 12
BEFORE: Final = 60
"""Characters between a quotation and the one who is named as saying it."""


def attributed(claim: Claim, named: Attribution | None, quoted: list[tuple[int, int]]) -> Claim:
    """With the speaker that its own sentence names, unless it is quoted."""
    if named is None or holding(quoted, claim.start) is not None:
        return claim
    if claim.start <= named.start and claim.end >= named.end:
        return claim
    return replace(claim, speaker=named.speaker)


def by_quotation(
    found: list[Claim], quoted: list[tuple[int, int]], speakers: list[Attribution]
) -> Iterator[Claim]:
    """With the speaker of the quotation a claim stands in: named right after it, or before."""
    starts = [one.start for one in speakers]
    ends = [one.end for one in speakers]
    for claim in found:
        inside = holding(quoted, claim.start)
        if inside is None or claim.speaker:
            yield claim
            continue
        after = bisect_left(starts, inside[1] - 1)
        before = bisect_right(ends, inside[0] + 1) - 1
        if after < len(speakers) and starts[after] <= inside[1] + AFTER:
            yield replace(claim, speaker=speakers[after].speaker)
        elif before >= 0 and ends[before] >= inside[0] - BEFORE:
            yield replace(claim, speaker=speakers[before].speaker)
        else:
            yield claim
