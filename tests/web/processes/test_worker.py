"""What the worker looks after between jobs."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from headstamp.web.processes import work

pytestmark = pytest.mark.django_db


class Rounds:
    """An event that is set after some rounds of waiting, each taking some time."""

    def __init__(self, monkeypatch, rounds, seconds=0.0):
        self.left, self.seconds, self.now = rounds, seconds, 0.0
        monkeypatch.setattr(work, "time", SimpleNamespace(monotonic=lambda: self.now))
        monkeypatch.setattr(work, "close_old_connections", lambda: None)  # the test's own

    def wait(self, _):
        self.now += self.seconds
        self.left -= 1
        return self.left < 0


@pytest.fixture
def times(monkeypatch):
    """At which times sessions were cleared."""
    found = []
    monkeypatch.setattr(work, "clear_expired", lambda: found.append(work.time.monotonic()))
    monkeypatch.setattr(work, "_take_up", lambda: None)
    return found


def session(key, age):
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + age)


def test_sessions_that_have_ended_are_removed_and_no_others(monkeypatch):
    session("over", timedelta(seconds=-1))
    session("open", timedelta(hours=1))
    work._watch(Rounds(monkeypatch, 1))
    assert [one.session_key for one in Session.objects.all()] == ["open"]


def test_they_are_removed_once_an_hour(times, monkeypatch):
    work._watch(Rounds(monkeypatch, rounds=20, seconds=600.0))
    assert times == [600.0, 4200.0, 7800.0, 11400.0]


def test_a_fault_while_removing_them_ends_nothing(times, monkeypatch):
    def fail():
        times.append(work.time.monotonic())
        raise OSError

    monkeypatch.setattr(work, "clear_expired", fail)
    work._watch(Rounds(monkeypatch, rounds=10, seconds=600.0))
    assert times == [600.0, 4200.0]
