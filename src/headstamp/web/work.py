"""The background worker: does queued jobs, and takes up those a killed worker left.

Each worker holds a lock on a file of its own in the workspace's ``workers`` folder for as long as
it lives; the operating system lets go of it whatever ends the process. A job that is running under
a worker whose file nobody holds is queued again. Jobs can be repeated (see each app's jobs).
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from headstamp.web.audit.actions import writing

log = structlog.get_logger(__name__)

INTERVAL: Final = 0.2
"""Seconds between looks into an empty queue."""

LOOK_FOR_LOST: Final = 5.0
"""Seconds between looks for jobs of workers that are gone."""

ATTEMPTS: Final = 5
"""A job that ended its worker this often is not tried again."""


class PatientWorker(Worker):
    """Ends its job when asked to stop; asked twice, leaves it to another worker."""

    def shutdown(self, signum: int, frame: Any) -> None:
        """Stop after this job; at once when idle or when asked again."""
        if not self.running or not self.running_task:
            os._exit(0)
        self.running = False


def run_worker(*, until_empty: bool = False) -> None:
    """Do jobs until the process is asked to stop, or until none is left."""
    with alive() as name:
        give_back_lost()
        stopped = threading.Event()
        if not until_empty:
            threading.Thread(target=_watch, args=(stopped,), daemon=True).start()
        worker = PatientWorker(
            queue_names=["*"],
            interval=INTERVAL,
            batch=until_empty,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        if threading.current_thread() is threading.main_thread():
            worker.configure_signals()
        try:
            worker.run()
        finally:
            stopped.set()


@contextmanager
def alive() -> Iterator[str]:
    """Hold a file as a sign of life; gives the worker's name."""
    name = f"{os.getpid()}-{secrets.token_hex(6)}"
    folder = _folder()
    folder.mkdir(exist_ok=True)
    path = folder / name
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def give_back_lost() -> int:
    """Queue again what workers that are gone were doing; how many jobs."""
    count = 0
    living = {path.name for path in _files() if _is_held(path)}
    for job in DBTaskResult.objects.running():
        if job.worker_ids and job.worker_ids[-1] in living:
            continue
        with writing():
            still = DBTaskResult.objects.filter(
                pk=job.pk, status="RUNNING", worker_ids=job.worker_ids
            )
            over = len(job.worker_ids) >= ATTEMPTS
            count += still.update(status="FAILED" if over else "READY", started_at=None)
        log.warning("job of a lost worker", job=str(job.pk), given_up=over)
    for path in _files():
        if path.name not in living and not _is_held(path):
            path.unlink(missing_ok=True)
    return count


def _watch(stopped: threading.Event) -> None:
    while not stopped.wait(LOOK_FOR_LOST):
        try:
            close_old_connections()
            give_back_lost()
        except Exception:
            log.exception("looking for lost jobs failed")


def _folder() -> Path:
    root: Path = settings.WORKSPACE.root
    return root / "workers"


def _files() -> list[Path]:
    folder = _folder()
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _is_held(path: Path) -> bool:
    try:
        with path.open("r") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
