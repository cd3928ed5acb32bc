"""Reports of figures: one template, which a department may change, becomes a page and a PDF."""

from headstamp.reports.figure_report.filling import parts
from headstamp.reports.figure_report.output import html, pdf
from headstamp.reports.figure_report.parts import Part, as_data
from headstamp.reports.figure_report.template import (
    REPORTS,
    Template,
    parse_template,
    read_template,
    shipped_text,
)

__all__ = [
    "REPORTS",
    "Part",
    "Template",
    "as_data",
    "html",
    "parse_template",
    "parts",
    "pdf",
    "read_template",
    "shipped_text",
]
