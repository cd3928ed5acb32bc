"""Jobs may be done twice at once, and may meet a full disk or a database that goes away."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headstamp.web.audit.models import AuditEvent
from headstamp.web.comparisons import jobs as searching
from headstamp.web.comparisons.models import Comparison
from headstamp.web.evidence import jobs as preparing
from headstamp.web.evidence.models import Scan
from headstamp.web.processes import lost_jobs
from headstamp.web.processes.room import is_full

pytestmark = pytest.mark.django_db


def events(action):
    return AuditEvent.objects.filter(action=action).count()


def waiting_jobs(task):
    return DBTaskResult.objects.ready().filter(task_path=task.module_path).count()


def test_two_workers_in_one_preparation_leave_one_record_and_one_search(scan):
    one, same = (Scan.objects.get(pk=made.pk) for made in [scan(1, 1)] * 2)
    preparing._prepare(one)
    preparing._prepare(same)
    assert len(preparing.gallery()) == 1
    assert events("evidence.scan_prepared") == 1
    assert waiting_jobs(searching.search_scan) == 1


def test_two_workers_in_one_search_keep_its_candidates_once(scan, work):
    scan(1, 1)
    work()
    made = scan(1, 2)
    preparing._prepare(Scan.objects.get(pk=made.pk))
    one, same = (Scan.objects.get(pk=made.pk) for _ in range(2))
    before = events("comparisons.searched")
    searching._search(one)
    searching._search(same)
    assert events("comparisons.searched") == before + 1
    assert Comparison.objects.count() == 1


def failing(monkeypatch, error):
    """Let the next preparation meet an error, and run it."""

    def fail(*arguments):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "_keep", fail)
        from tests.web.records import work

        work()


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), OperationalError("the server went away")],
)
def test_what_is_no_fault_of_the_scan_is_taken_up_again(scan, work, monkeypatch, error):
    made = scan(1, 1)
    failing(monkeypatch, error)
    made.refresh_from_db()
    assert made.state == Scan.State.WAITING
    assert ("room" in made.state_reason) == is_full(error)
    job = DBTaskResult.objects.get()
    assert job.status == "FAILED"
    assert lost_jobs.resume_stalled() == 0  # not at once
    DBTaskResult.objects.update(finished_at=timezone.now() - 2 * lost_jobs.PAUSE)
    assert lost_jobs.resume_stalled() == 1
    work()
    made.refresh_from_db()
    assert (made.state, made.state_reason) == (Scan.State.SEARCHED, "")


def test_a_full_disk_is_waited_out_and_a_lost_database_five_times(scan, monkeypatch):
    made = scan(1, 1)
    for attempt in range(1, 2 * lost_jobs.ATTEMPTS):
        failing(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
        DBTaskResult.objects.update(finished_at=timezone.now() - 2 * lost_jobs.PAUSE)
        assert lost_jobs.resume_stalled() == 1, attempt
    for attempt in range(1, lost_jobs.ATTEMPTS + 1):
        failing(monkeypatch, OperationalError("the server went away"))
        DBTaskResult.objects.update(finished_at=timezone.now() - 2 * lost_jobs.PAUSE)
        assert lost_jobs.resume_stalled() == (attempt < lost_jobs.ATTEMPTS)
    made.refresh_from_db()
    assert made.state == Scan.State.FAILED
    assert "given up" in made.state_reason
    assert lost_jobs.resume_stalled() == 0


def test_any_other_fault_fails_the_scan_and_is_not_tried_again(scan, monkeypatch):
    made = scan(1, 1)
    failing(monkeypatch, ZeroDivisionError())
    made.refresh_from_db()
    assert made.state == Scan.State.FAILED
    assert "fault" in made.state_reason
    DBTaskResult.objects.update(finished_at=timezone.now() - 2 * lost_jobs.PAUSE)
    assert lost_jobs.resume_stalled() == 0


def test_a_search_that_is_given_up_is_said_on_the_page_of_its_scan(scan, work):
    made = scan(1, 1)
    preparing._prepare(Scan.objects.get(pk=made.pk))
    DBTaskResult.objects.filter(task_path=searching.search_scan.module_path).update(
        status="RUNNING", worker_ids=["gone"] * lost_jobs.ATTEMPTS
    )
    assert lost_jobs.give_back_lost() == 0
    made.refresh_from_db()
    assert made.state == Scan.State.FAILED
    assert "given up" in made.state_reason
    assert AuditEvent.objects.filter(action="comparisons.searched", outcome="failed").count() == 1


def test_a_job_of_a_worker_that_lives_is_not_lost(scan):
    scan(1, 1)
    with lost_jobs.alive() as name:
        DBTaskResult.objects.update(status="RUNNING", worker_ids=["gone", name])
        assert lost_jobs.give_back_lost() == 0
    assert lost_jobs.give_back_lost() == 1
    assert DBTaskResult.objects.get().status == "READY"
