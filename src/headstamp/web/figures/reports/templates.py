"""The template of each report: the department's own, or the one that is shipped."""

from __future__ import annotations

from headstamp.errors import HeadstampError
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.figures.report_models import Kind, ReportTemplate
from headstamp.web.figures.reports import making
from headstamp.web.refusals import Refusal

LONGEST = 100_000
"""Characters of a template."""


def current(kind: str) -> ReportTemplate | None:
    """The department's template; None where the shipped one is used."""
    newest = ReportTemplate.objects.filter(kind=kind).select_related("by").first()
    return newest if newest is not None and newest.text else None


def current_text(kind: str) -> str:
    """Its text; empty for the shipped one."""
    found = current(kind)
    return found.text if found else ""


def shipped_text(kind: str) -> str:
    """The text that is shipped, to begin with."""
    return making.shipped_template(kind)


def keep_template(kind: str, *, content: bytes, file_name: str, by: User) -> ReportTemplate:
    """Use a template from now on.

    Raises
    ------
    Refusal
        If it cannot be read; the sentence says where.
    """
    text = _checked(kind, content, file_name)
    with writing():
        made = ReportTemplate.objects.create(kind=kind, text=text, file_name=file_name[:200], by=by)
        record("figures.template_changed", by=by, about=made, detail={"report": kind})
    return made


def use_shipped(kind: str, *, by: User) -> None:
    """Go back to the shipped template; the department's own ones are kept."""
    with writing():
        made = ReportTemplate.objects.create(kind=kind, by=by)
        record("figures.template_changed", by=by, about=made, detail={"report": kind})


def _checked(kind: str, content: bytes, file_name: str) -> str:
    if kind not in Kind.values:
        raise Refusal("There is no such report.")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refusal(f"{file_name}: is no plain text (UTF-8). Save it as such.") from error
    if not text.strip() or "\0" in text or len(text) > LONGEST:
        raise Refusal(f"{file_name}: is empty, or no text of at most {LONGEST:,} characters.")
    try:
        making.check_template(kind, text, file_name)
    except HeadstampError as error:
        raise Refusal(str(error)) from error
    return text
