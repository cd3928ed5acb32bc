"""How many guns dealers sell, from a table: without it a number of traces says little."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError

LICENCE: Final = "dealer_licence"
SOLD: Final = ("sold_a_year", "sold")


def read_sales(path: Path) -> dict[str, int]:
    """Guns sold, by what tells a dealer apart in the traces.

    Parameters
    ----------
    path : Path
        CSV with the columns ``dealer_licence`` and ``sold_a_year`` (or ``sold``, over the same
        years of each dealer). A dealer that comes twice has both added up.

    Raises
    ------
    UnreadableTableError
        If it is no such table; a number that is none is said with its row.
    """
    found: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            column = next((one for one in SOLD if one in (rows.fieldnames or ())), "")
            if not column or LICENCE not in (rows.fieldnames or ()):
                raise UnreadableTableError(
                    f"{path}: has no columns {LICENCE} and {SOLD[0]}; a table of sales needs both"
                )
            for number, row in enumerate(rows, start=2):
                if key := dealer_key(row[LICENCE] or ""):
                    found[key] = found.get(key, 0) + _sold(path, number, row[column] or "")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTableError(f"{path}: cannot be read as a table of sales") from error
    return found


def dealer_key(licence: str) -> str:
    """What tells a dealer apart: of a number of 15 characters without the part that is renewed."""
    plain = re.sub(r"[^A-Z0-9]", "", licence.upper())
    return plain[:3] + plain[-5:] if len(plain) == 15 else plain


def _sold(path: Path, number: int, text: str) -> int:
    plain = text.replace(",", "").strip()
    if not plain.isascii() or not plain.isdigit():
        raise UnreadableTableError(f"{path}: row {number}: {text!r} is no number of guns sold")
    return int(plain)
