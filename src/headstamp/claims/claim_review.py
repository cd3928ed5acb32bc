"""Findings as ClaimReview of schema.org, which search engines and fact-checkers exchange."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from headstamp.claims.finding import IN_WORDS, CheckedClaim, Verdict

RATINGS: Final[dict[Verdict, int]] = {
    "consistent": 5,
    "imprecise": 4,
    "consistent_with_another_unit": 3,
    "inconsistent": 1,
}
"""From 1, contradicted, to 5; what cannot be checked is not rated."""


def claim_reviews(
    checked: Iterable[CheckedClaim], written_on: date, reviewed_on: date, address: str = ""
) -> dict[str, Any]:
    """A JSON-LD document with a review of each claim that could be checked.

    Parameters
    ----------
    checked : iterable of CheckedClaim
    written_on, reviewed_on : date
    address : str
        Where the reviews are published; empty for nowhere.
    """
    return {
        "@context": "https://schema.org",
        "@graph": [
            _review(one, written_on, reviewed_on, address)
            for one in checked
            if one.finding.verdict in RATINGS
        ],
    }


def _review(one: CheckedClaim, written_on: date, reviewed_on: date, address: str) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": "Claim", "datePublished": written_on.isoformat()}
    if one.claim.speaker:
        item["author"] = {"@type": "Person", "name": one.claim.speaker}
    return {
        "@type": "ClaimReview",
        **({"url": address} if address else {}),
        "datePublished": reviewed_on.isoformat(),
        "author": {"@type": "Organization", "name": "Headstamp"},
        "claimReviewed": one.claim.text,
        "itemReviewed": item,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[one.finding.verdict],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": IN_WORDS[one.finding.verdict],
        },
        "reviewBody": one.finding.explanation,
    }
