"""Which exhibits the national ballistic network takes, by the rule of the day."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

RULES: Final = (
    (
        date(2005, 1, 1),
        "2005 rule: no .22 rimfire, nothing over .50, no shotgun",
    ),
)
"""Each rule with the day from which it holds."""


def ineligible_because(kind: str, calibre: str, collected_on: date) -> str:
    """Why an exhibit is not eligible for the network; empty when it is.

    Parameters
    ----------
    kind : str
        An exhibit's kind.
    calibre : str
        As it was entered; what cannot be understood is taken as eligible.
    collected_on : date
    """
    if kind not in ("cartridge_case", "test_fire"):
        return "only cartridge cases and test fires are entered"
    if collected_on < RULES[0][0]:
        return ""
    text = calibre.lower()
    if re.search(r"gauge|\bga\b|shot", text):
        return "a shotgun shell (2005 rule)"
    if re.search(r"\.22\s*(lr|l\b|s\b|short|long|wmr|rimfire|magnum)|\.22\b(?!\d)", text):
        return ".22 rimfire (2005 rule)"
    inches = re.search(r"(?<![\d])\.(\d{2,3})", text)
    if inches and float(f"0.{inches[1]}") > 0.50:
        return "over .50 (2005 rule)"
    return ""
