"""Small invented tables of traces."""

from __future__ import annotations

import csv
from pathlib import Path

COLUMNS = (
    "trace_id", "serial", "maker", "calibre", "type", "recovery_date", "recovery_city",
    "recovery_county", "recovery_state", "sale_date", "dealer_name", "dealer_licence",
    "dealer_city", "dealer_state", "purchaser_key", "possessor_key", "possessor_age",
    "purchaser_is_possessor", "multiple_sale", "completion_status",
)  # fmt: skip
PLAIN = {
    "serial": "ab-1234", "maker": "Glock Inc.", "calibre": "9mm", "type": "PI",
    "recovery_date": "2017-06-01", "recovery_city": "Port Verity", "recovery_county": "Lake",
    "recovery_state": "IL", "sale_date": "2016-05-01", "dealer_name": "Alder Arms",
    "dealer_licence": "3-36-001-01-9K-04507", "dealer_city": "Calder", "dealer_state": "Indiana",
    "purchaser_key": "P1", "possessor_age": "22", "purchaser_is_possessor": "no",
    "multiple_sale": "yes", "completion_status": "completed to purchaser",
}  # fmt: skip


def row(trace: str, **changed: str) -> dict[str, str]:
    """A row of the documented table."""
    return {"trace_id": trace, **PLAIN, **changed}


def write(path: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS) -> Path:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
