"""Asking for a weekly command report: made once for the same lists, day and template."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.utils import timezone

from headstamp import __version__
from headstamp.formats.json_text import json_text
from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record, writing
from headstamp.web.figures.list_models import ListVintage
from headstamp.web.figures.models import Draft
from headstamp.web.figures.report_models import Kind, Report
from headstamp.web.figures.reports.templates import current, current_text
from headstamp.web.refusals import Refusal


def weekly_key(jurisdiction: str, last_day: date) -> str:
    """What a report depends on, as one hash."""
    lists = ListVintage.objects.filter(jurisdiction=jurisdiction, withdrawn_at=None)
    rests_on = [
        __version__,
        jurisdiction,
        last_day.isoformat(),
        sorted(lists.values_list("schema", "vintage", "sha256")),
        current_text(Kind.WEEKLY),
        newest_population(jurisdiction),
    ]
    return sha256(json_text(rests_on).encode()).hexdigest()


def newest_population(jurisdiction: str) -> tuple[int, int, str] | None:
    """The population that was given last, when figures were prepared."""
    given = Draft.objects.filter(jurisdiction=jurisdiction, people__isnull=False)
    newest = given.order_by("-prepared_at").first()
    return newest.population if newest else None


def known_weekly(jurisdiction: str, last_day: date) -> Report | None:
    """The report, if it has been made and nothing it depends on has changed."""
    return Report.objects.filter(key=weekly_key(jurisdiction, last_day)).first()


def ask_weekly(*, jurisdiction: str, last_day: date, by: User) -> Report:
    """Have a report made, unless there is one.

    Raises
    ------
    Refusal
        If the day lies ahead, or there is no list.
    """
    from headstamp.web.figures.reports.jobs import make_weekly

    if last_day > timezone.localdate():
        raise Refusal("That day lies ahead. Choose a day that is over.")
    if not ListVintage.objects.filter(jurisdiction=jurisdiction, withdrawn_at=None).exists():
        raise Refusal("There is no list of this jurisdiction. Import one first.")
    with writing():
        key = weekly_key(jurisdiction, last_day)
        known = Report.objects.filter(key=key).first()
        if known is not None and known.state != Report.State.FAILED:
            return known
        made, _ = Report.objects.update_or_create(
            key=key,
            defaults={
                "jurisdiction": jurisdiction,
                "last_day": last_day,
                "state": Report.State.COMPUTING,
                "failure": "",
                "template": current(Kind.WEEKLY),
                "asked_by": by,
            },
        )
        detail = {"jurisdiction": jurisdiction, "to": last_day.isoformat()}
        record("figures.report_asked", by=by, about=made, detail=detail)
        make_weekly.enqueue(str(made.pk))
    return made
