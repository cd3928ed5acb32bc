"""What a gun trace report says, as texts ready to print; page, PDF and CSV share it."""

from __future__ import annotations

import math
from typing import Any

from headstamp import __version__
from headstamp.reports.numbers import percent_interval
from headstamp.reports.trace_wording import (
    DISCLAIMER,
    LEFT_OUT,
    MARKING,
    NO_WRONG,
    PUBLIC,
    RESTRICTION,
)
from headstamp.tracing.bases import Share
from headstamp.tracing.report import Row, Table, TraceReport


def content(report: TraceReport) -> dict[str, Any]:
    """All texts of a report; values are strings, numbers, booleans, and lists of them."""
    is_public = report.edition == "public"
    return {
        "program": __version__,
        "jurisdiction": report.jurisdiction,
        "period": f"{report.first.isoformat()} to {report.last.isoformat()}",
        "edition": "Public edition" if is_public else "Internal edition",
        "is_public": is_public,
        "marking": "" if is_public else MARKING,
        "restriction": PUBLIC if is_public else RESTRICTION,
        "disclaimer": [*DISCLAIMER, NO_WRONG],
        "notes": list(report.notes),
        "tables": [_table(table) for table in report.tables],
        "sources": [
            [*([name] if name else []), f"retrieved {retrieved}", sha256]
            for name, retrieved, sha256 in report.sources
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    counts = [row.count for row in table.rows if row.count is not None]
    largest = max(counts, default=0)
    return {
        "key": table.key,
        "title": table.title,
        "bases": [str(base) for base in table.bases],
        "rows": [_row(table, row, largest) for row in table.rows],
        "notes": list(table.notes),
        "is_withheld": table.is_withheld,
        "is_empty": not table.is_withheld and not table.bases[0].count,
    }


def _row(table: Table, row: Row, largest: int) -> dict[str, Any]:
    shares = table.shares(row)
    return {
        "label": row.label,
        "count": LEFT_OUT if row.count is None else f"{row.count:,}",
        "shares": [_share(one) for one in shares] or [LEFT_OUT] * len(table.bases),
        "interval": percent_interval(shares[0].interval) if shares else LEFT_OUT,
        "bar": round(100 * row.count / largest, 1) if row.count and largest else 0.0,
    }


def _share(share: Share) -> str:
    return "not defined" if math.isnan(share.value) else f"{100 * share.value:.1f} %"
