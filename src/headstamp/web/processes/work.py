"""The background worker: does queued jobs, takes up those a killed worker left, and tidies up."""

from __future__ import annotations

import math
import os
import threading
import time
from typing import Any, Final

import structlog
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from headstamp.web.answers.sessions import clear_expired
from headstamp.web.processes.lost_jobs import alive, give_back_lost, resume_stalled

log = structlog.get_logger(__name__)

INTERVAL: Final = 0.2
"""Seconds between looks into an empty queue."""

LOOK_FOR_LOST: Final = 5.0
"""Seconds between looks for jobs of workers that are gone."""

CLEAR_SESSIONS: Final = 3600.0
"""Seconds between removals of sessions that have ended."""


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
        _take_up()
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


def _take_up() -> None:
    """Queue again what no worker is doing any more."""
    give_back_lost()
    resume_stalled()


def _watch(stopped: threading.Event) -> None:
    cleared = -math.inf
    while not stopped.wait(LOOK_FOR_LOST):
        try:
            close_old_connections()
            _take_up()
            if time.monotonic() - cleared >= CLEAR_SESSIONS:
                cleared = time.monotonic()
                clear_expired()
        except Exception:
            log.exception("looking after the queue and the sessions failed")
