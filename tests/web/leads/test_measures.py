"""Measures of work on leads, each figure counted by hand."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.utils import timezone
from tests.web.records import signed_in

from headstamp.web.leads.measures import MeasuredLead, Share, measure, percentile
from headstamp.web.leads.models import Lead

START = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
NOW = START + timedelta(days=10)


def lead(hours_to_lead, notice=None, closed=None, outcome="", rating="", entered=None):
    def after(hours):
        return None if hours is None else START + timedelta(hours=hours)

    return MeasuredLead(
        recovered_at=START,
        made_at=after(hours_to_lead),
        noticed_at=after(notice),
        notice_limit_at=after(48),
        closed_at=after(closed),
        outcome=outcome,
        rating=rating,
        entered_at=after(entered),
    )


LABELS = {"ratings": {"helpful": "Helpful"}, "outcomes": {"arrest": "Arrest", "none": "No value"}}


def test_times_are_of_the_leads_that_came_so_far_and_say_how_many_those_are():
    found = measure([lead(10, 20), lead(30, 60), lead(20)], now=NOW, **LABELS)
    said = {one.label: (one.count, one.median) for one in found.times}
    assert said == {
        "Recovery to entry": (0, None),
        "Recovery to lead": (3, 20.0),
        "Recovery to notice of all": (2, 40.0),
        "Recovery to outcome": (0, None),
    }


def test_a_90th_percentile_of_fewer_than_ten_is_not_given():
    nine = measure([lead(n) for n in range(9)], now=NOW, **LABELS)
    ten = measure([lead(n) for n in range(10)], now=NOW, **LABELS)
    assert nine.times[1].ninetieth is None
    assert ten.times[1].ninetieth == pytest.approx(8.1)  # 0 to 9: place 8.1 of 9


def test_percentiles_are_those_of_numpy():
    values = sorted(np.random.default_rng(3).normal(size=37).tolist())
    for share in (0.0, 0.5, 0.9, 1.0):
        assert percentile(values, share) == pytest.approx(np.percentile(values, 100 * share))


def test_overdue_is_of_the_leads_whose_48_hours_are_over():
    leads = [lead(1, 47), lead(1, 48), lead(1, 90), lead(1)]
    assert measure(leads, now=NOW, **LABELS).overdue == Share("Notice not given within 48 h", 3, 4)
    early = measure(leads, now=START + timedelta(hours=47), **LABELS)
    assert (early.overdue.count, early.overdue.base, early.overdue.percent) == (0, 0, None)


def test_outcomes_and_ratings_are_of_the_closed_leads_and_those_not_rated_are_said():
    leads = [
        lead(1, closed=5, outcome="arrest", rating="helpful"),
        lead(1, closed=5, outcome="none"),
        lead(1, closed=5, outcome="none"),
        lead(1, outcome="new"),
    ]
    found = measure(leads, now=NOW, **LABELS)
    assert [(one.label, one.count, one.base) for one in found.outcomes] == [
        ("Arrest", 1, 3),
        ("No value", 2, 3),
    ]
    assert [(one.label, one.count, one.base) for one in found.ratings] == [
        ("Helpful", 1, 3),
        ("Not rated", 2, 3),
    ]


@pytest.mark.django_db
def test_the_page_and_the_table_count_leads_in_reach_by_the_day_they_were_made(records):
    from headstamp.web.audit.models import AuditEvent

    leads = [records.lead() for _ in range(3)]
    records.lead(code="MPD")
    old = timezone.now() - timedelta(days=10)
    Lead.objects.filter(pk=leads[0].pk).update(made_at=old)
    browser = signed_in(records.person("commander"))
    counts = [found.count for _, _, found in browser.get("/leads/measures/").context["periods"]]
    year = 3 if timezone.localdate(old).year == timezone.localdate().year else 2
    assert counts == [2, 3, year]
    answer = browser.get("/leads/measures/export/")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    made = [row["Leads"] for row in rows if row["Measure"] == "Leads made"]
    assert made == ["2", "3", str(year)]
    assert {row["Base"] for row in rows if row["Measure"] == "Recovery to lead"} == {
        *("2", "3", str(year))
    }
    assert AuditEvent.objects.filter(action="leads.measures_exported").exists()
