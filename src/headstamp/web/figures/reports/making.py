"""From a template and a publication to a report: the one place that asks the reports for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from headstamp.web.figures.report_models import Kind

MONTHLY: Final = Kind.MONTHLY


def shipped_template(kind: str) -> str:
    """The text of the template that is shipped."""
    raise NotImplementedError


def parsed(kind: str, text: str, folder: Path) -> Any:
    """A template, read."""
    raise NotImplementedError


def made_report(
    kind: str, template: str, document: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], bytes]:
    """The report's parts as a page shows them, and its PDF."""
    raise NotImplementedError
