"""How a number stands to what is claimed: it, beyond it, within it."""

from __future__ import annotations

from typing import Final

from headstamp.claims.chunks import Numeral
from headstamp.claims.claim import Relation

BOUNDS: Final[dict[str, Relation]] = {
    "more_than": "more_than", "at_least": "at_least", "less_than": "less_than",
    "at_most": "at_most",
}  # fmt: skip


def relation_of(numeral: Numeral) -> Relation:
    """The relation a number claims by its own words."""
    if numeral.low != numeral.high:
        return "between"
    return BOUNDS.get(numeral.bound, "is")
