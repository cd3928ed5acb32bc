"""From a template and a publication to a report: the one place that asks the reports for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from headstamp.web.figures.report_models import Kind

MONTHLY: Final = Kind.MONTHLY


def shipped_template(kind: str) -> str:
    """The text of the template that is shipped."""
    from headstamp.reports.figure_report import shipped_text

    return str(shipped_text(kind))


def check_template(kind: str, text: str, file_name: str) -> None:
    """Read a template.

    Raises
    ------
    ReportTemplateError
        With the line that cannot be understood.
    """
    from headstamp.reports.figure_report import parse_template

    parse_template(kind, text, file_name)


def made_report(
    kind: str, template: str, document: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], bytes]:
    """The report's parts as a page shows them, and its PDF.

    Raises
    ------
    ReportTemplateError
        If the template names a chart that there is not.
    """
    from headstamp.reports.figure_report import as_data, parse_template, parts, pdf

    text = template or shipped_template(kind)
    found = parts(parse_template(kind, text, f"{kind}.md"), document)
    return as_data(found, pictures=False), pdf(found, document)
