"""Looking for events: by what was done, by whom, on which days; newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection  # noqa: F401 - named in a condition below

from headstamp.web.audit.actions import record
from headstamp.web.audit.models import AuditEvent
from headstamp.web.audit.queries import search_events
from headstamp.web.lists import indexed

pytestmark = pytest.mark.django_db


@pytest.fixture
def monitor(person):
    return person("monitor")


@pytest.fixture(params=[0, 5000])
def people(request, person, monkeypatch):
    """Two who did three things each, looked for in a few events or in many."""
    monkeypatch.setattr(indexed, "MANY", request.param)
    found = [person("analyst"), person("technician")]
    for by in found:
        for action in ("evidence.scan_added", "evidence.scan_exported", "casework.exported"):
            record(action, by=by, outcome="refused" if action.startswith("case") else "done")
    return found


@pytest.mark.parametrize(
    ("action", "count"),
    [("evidence", 4), ("evidence.scan_a", 2), ("casework.exported", 2), ("e", 4), ("Evidence", 0)],
)
def test_events_are_found_by_the_beginning_of_their_action(action, count, people, monitor):
    found = list(search_events(monitor, action=action))
    assert len(found) == count
    assert all(one.action.startswith(action) for one in found)
    assert found == sorted(found, key=lambda one: -one.sequence)


def test_events_are_found_by_who_did_it(people, monitor):
    ids = [str(one.pk) for one in people]
    assert search_events(monitor, ids).count() == 6
    assert search_events(monitor, ids[:1]).count() == 3
    assert search_events(monitor, [*ids, "nobody"]).count() == 6
    assert search_events(monitor, []).count() == 0
    assert search_events(monitor, ids, action="casework", outcome="refused").count() == 2


def test_a_day_is_one_on_the_clocks_of_the_place_from_midnight_to_midnight(monitor, monkeypatch):
    # Chicago is five hours behind UTC in summer.
    midnight = datetime(2020, 5, 6, 5, tzinfo=UTC)
    times = [midnight + timedelta(microseconds=one) for one in (-1, 0, 1)]
    times += [midnight + timedelta(days=1, microseconds=one) for one in (-1, 0)]
    for at in times:
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        record("tests.done", by=None)
    day = date(2020, 5, 6)

    def found(**days):
        return [one.at for one in search_events(monitor, **days)]

    assert found(since=day, until=day) == times[3:0:-1]
    assert found(since=day) == times[:0:-1]
    assert found(until=day) == times[3::-1]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_day_of_all_can_be_asked_for(day, people, monitor):
    assert search_events(monitor, since=date(1, 1, 1), until=date(9999, 12, 31)).count() == 6
    assert search_events(monitor, since=day).count() == (6 if day.year == 1 else 0)


def test_the_newest_event_comes_first_and_of_one_moment_the_last(monitor, monkeypatch):
    now = datetime(2020, 5, 6, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for _ in range(3):
        record("tests.done", by=None)
    assert [one.sequence for one in search_events(monitor)] == [3, 2, 1]
    assert AuditEvent.objects.first().sequence == 3


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL knows how many rows fit")
def test_many_events_of_several_actions_are_met_in_the_index_alone(people, monitor, monkeypatch):
    """Without it each event of the days asked for would be read whole to see its action."""
    monkeypatch.setattr(indexed, "MANY", 0)
    found = search_events(monitor, action="evidence", until=date(2999, 1, 1))
    keys = found.order_by("-at", "-sequence").values_list("pk", flat=True)
    assert "USING COVERING INDEX event_newest" in keys.explain()
