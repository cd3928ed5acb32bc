"""Making a weekly command report in the background; the job can be repeated."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django_tasks import task

from headstamp.errors import HeadstampError
from headstamp.web.audit.actions import record, writing
from headstamp.web.casework import files
from headstamp.web.figures.lists.folder import lists_in_use
from headstamp.web.figures.releases import computing
from headstamp.web.figures.releases.pieces import FULL, JSON, PDF, Wanted, as_json, chart_pieces
from headstamp.web.figures.report_models import Kind, Report
from headstamp.web.figures.reports import making
from headstamp.web.figures.reports.actions import newest_population
from headstamp.web.processes.given_up import SENTENCE, job_given_up
from headstamp.web.processes.room import NoRoomError, is_full

FAULT = "A fault in the server. Ask for the report again; tell your administrator if it stays."


@task()
def make_weekly(report_id: str) -> None:
    """Compute the figures and set the report."""
    report = Report.objects.select_related("template").filter(pk=report_id).first()
    if report is None or report.state != Report.State.COMPUTING:
        return
    try:
        _make(report)
    except HeadstampError as error:
        _fail(report, str(error))
    except Exception as error:
        if is_full(error):
            raise NoRoomError(str(error)) from error
        if not isinstance(error, OperationalError | InterfaceError):
            _fail(report, FAULT)
        raise


def _make(report: Report) -> None:
    text = report.template.text if report.template else ""
    with lists_in_use(report.jurisdiction) as data:
        wanted = Wanted(
            report.jurisdiction,
            report.last_day,
            population=newest_population(report.jurisdiction),
        )
        document = computing.computed(data, wanted)
    parts, pdf = making.made_report(Kind.WEEKLY, text, document)
    kept_parts, _ = files.store([as_json(parts)], JSON)
    kept_pdf, _ = files.store([pdf], PDF)
    charts = {
        one.name: files.store([one.content], one.media_type)[0].pk
        for one in chart_pieces(FULL, document)
    }
    with writing():
        waiting = Report.objects.filter(pk=report.pk, state=Report.State.COMPUTING)
        if waiting.update(state=Report.State.READY, parts=kept_parts, pdf=kept_pdf, charts=charts):
            record("figures.report_made", by=None, about=report)


def _fail(report: Report, sentence: str) -> None:
    with writing():
        waiting = Report.objects.filter(pk=report.pk, state=Report.State.COMPUTING)
        if waiting.update(state=Report.State.FAILED, failure=sentence[:500]):
            record("figures.report_made", by=None, about=report, outcome="failed")


@receiver(job_given_up)
def say_given_up(sender: Any, task: str, arguments: list[Any], **kwargs: Any) -> None:
    """Say on the report's page that it is not tried again."""
    if task == make_weekly.module_path:
        found = Report.objects.filter(pk=arguments[0]).first()
        if found is not None:
            _fail(found, SENTENCE)
