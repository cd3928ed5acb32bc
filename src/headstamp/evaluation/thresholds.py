"""The thresholds fixed before any collection is looked at.

Error rates are stated at these. They are not fitted: a threshold chosen on the scans it is judged
by shows errors that are too few.
"""

from __future__ import annotations

from typing import Final

ALIGNED_CORRELATION: Final = 0.40
"""Least aligned correlation that counts as a link in an error rate."""

CONGRUENT_CELLS: Final = 16
"""Least number of congruent cells, both directions together, for the same."""

CMC: Final = 6
"""Least number of congruent matching cells of one direction: C = 6 of Song (2013)."""

FIXED: Final[dict[str, float]] = {
    "aligned_correlation": ALIGNED_CORRELATION,
    "congruent_cells": float(CONGRUENT_CELLS),
    "cmc": float(CMC),
    "high_cmc": float(CMC),
    "log10_lr": 0.0,
}
"""Threshold by the name of the score; scores without one have no error rate."""
