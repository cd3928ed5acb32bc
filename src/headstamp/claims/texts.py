"""From a text to its claims, each checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from headstamp.claims.answers import Basis
from headstamp.claims.checking import check
from headstamp.claims.claim import Claim
from headstamp.claims.finding import CheckedClaim


def checked_claims(claims: Iterable[Claim], basis: Basis) -> Iterator[CheckedClaim]:
    """Each claim checked; what a text says twice is looked up once.

    Parameters
    ----------
    claims : iterable of Claim
    basis : Basis
    """
    known: dict[tuple[object, ...], CheckedClaim] = {}
    for claim in claims:
        key = (claim.readings, claim.hedge)
        if key not in known:
            known[key] = check(claim, basis)
        yield replace(known[key], claim=claim)
