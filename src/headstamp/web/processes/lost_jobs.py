"""Jobs that were stopped by no fault of theirs, and are taken up again.

Each worker holds a file of its own in the workspace's ``workers`` folder for as long as it lives
(see ``held_files``). A job that is running under a worker whose file nobody holds is queued again.
Jobs can be repeated (see each app's jobs).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headstamp.web.audit.actions import writing
from headstamp.web.processes.given_up import job_given_up
from headstamp.web.processes.held_files import hold, is_held, remove_nobodys
from headstamp.web.processes.room import NoRoomError

log = structlog.get_logger(__name__)

ATTEMPTS: Final = 5
"""A job that ended its worker this often is not tried again."""

PAUSE: Final = timedelta(seconds=10)
"""How long a job that found no room, or no database, waits before it is tried again."""

NO_ROOM: Final = f"{NoRoomError.__module__}.{NoRoomError.__qualname__}"
DATABASE_GONE: Final = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
QUEUED: Final[dict[str, Any]] = {
    "status": "READY",
    "started_at": None,
    "finished_at": None,
    "exception_class_path": "",
    "traceback": "",
}


@contextmanager
def alive() -> Iterator[str]:
    """Hold a file as a sign of life; gives the worker's name."""
    folder = _folder()
    folder.mkdir(exist_ok=True)
    while True:
        path = folder / f"{os.getpid()}-{secrets.token_hex(6)}"
        with path.open("w") as stream:
            if not hold(stream.fileno(), path):
                continue
            try:
                yield path.name
            finally:
                path.unlink(missing_ok=True)
            return


def give_back_lost() -> int:
    """Queue again what workers that are gone were doing; how many jobs.

    Whether a worker lives is asked after its job was read: its file was there before it took one.
    """
    running = list(DBTaskResult.objects.running())
    lost = [job for job in running if not job.worker_ids or not _lives(job.worker_ids[-1])]
    remove_nobodys(_folder().glob("*"))
    return sum(_queue_again(job) for job in lost)


def resume_stalled() -> int:
    """Queue again what a full disk or a database that went away stopped; how many jobs."""
    stalled = DBTaskResult.objects.failed().filter(
        exception_class_path__in=[NO_ROOM, *DATABASE_GONE],
        finished_at__lt=timezone.now() - PAUSE,
    )
    return sum(_queue_again(job) for job in stalled)


def _queue_again(job: DBTaskResult[Any, Any]) -> int:
    """Queue a job unless it was tried too often; one that found no room is tried for ever."""
    tried = [] if job.exception_class_path == NO_ROOM else job.worker_ids
    over = len(tried) >= ATTEMPTS
    with writing():
        still = DBTaskResult.objects.filter(pk=job.pk, status=job.status, worker_ids=job.worker_ids)
        changed: int = _give_up(still, job) if over else still.update(worker_ids=tried, **QUEUED)
    if changed:
        log.warning("job taken up again", job=str(job.pk), given_up=over)
    return 0 if over else changed


def _give_up(still: QuerySet[DBTaskResult[Any, Any]], job: DBTaskResult[Any, Any]) -> int:
    changed = still.update(
        status="FAILED",
        finished_at=timezone.now(),
        exception_class_path="",
        traceback=f"given up after {ATTEMPTS} attempts",
    )
    if changed:
        job_given_up.send(
            sender=DBTaskResult, task=job.task_path, arguments=job.args_kwargs["args"]
        )
    return changed


def _lives(name: str) -> bool:
    return is_held(_folder() / name)


def _folder() -> Path:
    root: Path = settings.WORKSPACE.root
    return root / "workers"
