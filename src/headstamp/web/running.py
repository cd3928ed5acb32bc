"""Run the web server and its worker as processes of their own, until asked to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from headstamp.errors import OutputError

GRACE: Final = 20.0
"""Seconds the processes have to end."""


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
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start everything, and wait until the server answers.

        Raises
        ------
        OutputError
            If the port is taken or the server does not start.
        """
        refuse_taken(self.host, self.port)
        self._running["server"] = self._process(self._server())
        deadline = time.monotonic() + 60
        while not _answers(self.host, self.port):
            if self._running["server"].poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise OutputError("the web server did not start; see what it printed above")
            time.sleep(0.05)
        for number in range(self.workers):
            self._running[f"worker {number + 1}"] = self._process(self._worker())

    def wait(self) -> int:
        """Keep everything running; ends with the server's exit status or a signal."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        while not self._stopping:
            for name, process in list(self._running.items()):
                if process.poll() is None:
                    continue
                if name == "server":
                    self.stop()
                    return process.returncode or 1
                self._running[name] = self._process(self._worker())
            time.sleep(0.2)
        self.stop()
        return 0

    def stop(self) -> None:
        """End all processes that were started here."""
        self._stopping = True
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _asked_to_stop(self, *args: Any) -> None:
        self._stopping = True

    def _process(self, words: list[str]) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **self.environment,
            "HEADSTAMP_WORKSPACE": str(self.root),
            "DJANGO_SETTINGS_MODULE": "headstamp.web.settings",
        }
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=environment,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread has been started yet
        )

    def _server(self) -> list[str]:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return [
            *("gunicorn", "headstamp.web.wsgi:application"),
            *("--bind", f"{host}:{self.port}"),
            *("--workers", str(self.server_processes)),
            *("--threads", str(self.threads)),
            *("--worker-class", "gthread"),
            *("--timeout", "300", "--graceful-timeout", "15", "--keep-alive", "5"),
            *("--log-level", "warning", "--no-control-socket"),
            *("--logger-class", "headstamp.web.server_log.ServerLog"),
        ]

    def _worker(self) -> list[str]:
        return ["headstamp.cli.main", "worker", "--workspace", str(self.root)]


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
                "choose another with --port"
            ) from error


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False


def _die_with_parent() -> None:
    """On Linux end with the process that started this one, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
