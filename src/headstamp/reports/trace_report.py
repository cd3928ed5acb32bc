"""The gun trace report as a page, as PDF and as CSV."""

from __future__ import annotations

import csv
import io
import math

from headstamp.reports.pages import render_page
from headstamp.reports.spreadsheet_text import harmless
from headstamp.reports.trace_report_content import content
from headstamp.reports.trace_wording import DISCLAIMER, MARKING, NO_WRONG, PUBLIC, RESTRICTION
from headstamp.reports.typesetting import typeset
from headstamp.tracing.report import TraceReport


def render_html(report: TraceReport) -> str:
    """One self-contained page without script; the same report gives the same bytes."""
    return render_page("trace_report.html.j2", report=content(report))


def render_pdf(report: TraceReport) -> bytes:
    """PDF/A; the same report gives the same bytes."""
    return typeset("trace_report.typ", content(report), {})


def render_csv(report: TraceReport) -> str:
    """One row a cell and base; a count that is left out is empty. What must be said comes first.

    Parameters
    ----------
    report : TraceReport
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["table", "row", "count", "share", "share_low", "share_high", "base_name", "base", "note"]
    )
    for key, text in _said(report):
        writer.writerow([key, "", "", "", "", "", "", "", harmless(text)])
    for table in report.tables:
        for note in table.notes:
            writer.writerow([table.key, "", "", "", "", "", "", "", harmless(note)])
        for row in table.rows:
            for place, base in enumerate(table.bases):
                shares = table.shares(row)
                numbers = [shares[place].value, *shares[place].interval] if shares else []
                writer.writerow(
                    [
                        table.key,
                        harmless(row.label),
                        "" if row.count is None else row.count,
                        *(["", "", ""] if not numbers else map(_number, numbers)),
                        base.name,
                        base.count,
                        "left out" if row.count is None else "",
                    ]
                )
    return out.getvalue()


def _said(report: TraceReport) -> list[tuple[str, str]]:
    """What stands before the tables."""
    is_public = report.edition == "public"
    marking = [("edition", PUBLIC)] if is_public else [("marking", f"{MARKING}. {RESTRICTION}")]
    return [
        *marking,
        ("jurisdiction", report.jurisdiction),
        ("period", f"{report.first.isoformat()} to {report.last.isoformat()}"),
        *(("disclaimer", text) for text in (*DISCLAIMER, NO_WRONG)),
        *(("note", text) for text in report.notes),
        *(("source", " ".join(filter(None, source))) for source in report.sources),
    ]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6f}"
