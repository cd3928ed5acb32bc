"""Run the web server and its workers as processes of their own, until asked to stop."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import structlog

from headstamp.errors import OutputError
from headstamp.web.processes.child import Child

log = structlog.get_logger(__name__)

GRACE: Final = 20.0
"""Seconds the processes have to end."""

STARTING: Final = 60.0
"""Seconds the server has to answer."""


@dataclass
class Processes:
    """The server and the workers of one workspace.

    Parameters
    ----------
    root : Path
        The workspace.
    host, port : str, int
    server_processes, threads : int
    workers : int
        Background workers.
    environment : dict
        Added to that of this process.
    """

    root: Path
    host: str
    port: int
    server_processes: int = 1
    threads: int = 8
    workers: int = 1
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stopping = False
        self._patience = 0.0
        environment = {
            **os.environ,
            **self.environment,
            "HEADSTAMP_WORKSPACE": str(self.root),
            "DJANGO_SETTINGS_MODULE": "headstamp.web.settings",
        }
        self._server = Child("server", self._server_words(), environment)
        words = ["headstamp.cli.main", "worker", "--workspace", str(self.root)]
        self._workers = [
            Child(f"worker {number + 1}", words, environment) for number in range(self.workers)
        ]

    def start(self) -> None:
        """Start everything, and wait until the server answers.

        Raises
        ------
        OutputError
            If the port is taken or the server does not start.
        """
        refuse_taken(self.host, self.port)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        self._server.start()
        deadline = time.monotonic() + STARTING
        while not self._stopping and not _answers(self.host, self.port):
            if self._server.ended() or time.monotonic() > deadline:
                self.stop()
                raise OutputError("the web server did not start; see what it printed above")
            time.sleep(0.05)
        for worker in self._workers if not self._stopping else ():
            worker.start()

    def wait(self) -> int:
        """Keep everything running until asked to stop, or until the server ends; an exit status.

        A worker that ends is started again; one that keeps ending, after ever longer pauses.
        """
        while not self._stopping:
            if self._server.ended():
                log.error("the web server ended", status=self._server.status)
                self.stop()
                return 1
            for worker in self._workers:
                worker.keep_running()
            time.sleep(0.2)
        self.stop()
        return 0

    def stop(self) -> None:
        """Let all processes that were started here end, and end those that do not."""
        self._stopping = True
        everybody = [self._server, *self._workers]
        for child in everybody:
            child.ask_to_end()
        self._patience = time.monotonic() + GRACE
        while any(child.runs() for child in everybody) and time.monotonic() < self._patience:
            time.sleep(0.05)
        for child in everybody:
            child.end_now()

    def _asked_to_stop(self, *args: Any) -> None:
        """Once: everything ends what it is doing; twice: now."""
        if self._stopping:
            self._patience = 0.0
        self._stopping = True

    def _server_words(self) -> list[str]:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return [
            *("gunicorn", "headstamp.web.wsgi:application"),
            *("--bind", f"{host}:{self.port}"),
            *("--workers", str(self.server_processes)),
            *("--threads", str(self.threads)),
            *("--worker-class", "gthread"),
            *("--timeout", "300", "--graceful-timeout", "15", "--keep-alive", "5"),
            *("--log-level", "warning", "--no-control-socket"),
            *("--logger-class", "headstamp.web.processes.server_log.ServerLog"),
        ]


def refuse_taken(host: str, port: int) -> None:
    """Say that a port is taken before anything is started.

    Raises
    ------
    OutputError
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OutputError(
                f"port {port} on {host} cannot be used ({error.strerror}); "
                "choose another with --port or --host"
            ) from error


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False
