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

SHOTGUN: Final = re.compile(r"gauge|bore|shot|\bga\b|\d\s*ga\b|(?<!\d)\.?410\b")
CENTREFIRE_22: Final = re.compile(
    r"(?<!\d)\.?22\s*-?\s*(\d|hornet|tcm|spitfire|remington\s+jet|rem\s+jet|savage\s+hi)"
)
RIMFIRE_22: Final = re.compile(
    r"(?<![\d.])\.?22[\s-]*"
    r"(l\.?r|l\b|s\b|short|long|w\.?m\.?r|w\.?r\.?f|win|mag|stinger|rim|cal|$|[^\w\s.-])"
    r"|\b5[.,]6\s*(mm)?\s*(x\s*15r?|lfb|rim)"
)
INCHES: Final = re.compile(r"(?<![\d])\.(\d{2,3})(?!\d)")
BARE_INCHES: Final = re.compile(r"^(\d{2,3})(?=\s*(cal|nitro|express|snider|alaskan|tyrannosaur))")
MILLIMETRES: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:mm|x\s*\d{2,3})")
LARGEST_INCHES: Final = 0.50
LARGEST_MM: Final = 12.7


def ineligible_because(kind: str, calibre: str, collected_on: date) -> str:
    """Why an exhibit is not eligible for the network; empty when it is.

    Parameters
    ----------
    kind : str
        An exhibit's kind.
    calibre : str
        As it was entered; what cannot be understood is taken as eligible. A .22 that says no
        more is taken as rimfire.
    collected_on : date
    """
    if kind not in ("cartridge_case", "test_fire"):
        return "only cartridge cases and test fires are entered"
    if collected_on < RULES[0][0]:
        return ""
    text = " ".join(calibre.lower().split())
    if SHOTGUN.search(text):
        return "a shotgun shell (2005 rule)"
    if RIMFIRE_22.search(text) and not CENTREFIRE_22.search(text):
        return ".22 rimfire (2005 rule)"
    return "over .50 (2005 rule)" if _is_over_50(text) else ""


def _is_over_50(text: str) -> bool:
    inches = INCHES.search(text) or BARE_INCHES.search(text)
    if inches:
        return float(f"0.{inches[1]}") > LARGEST_INCHES
    metric = MILLIMETRES.search(text)
    return metric is not None and float(metric[1].replace(",", ".")) > LARGEST_MM
