"""A process that this one starts, watches and ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

log = structlog.get_logger(__name__)

SOUND: Final = 60.0
"""A process that lived this many seconds ended for a reason of its own, not of how it starts."""

LONGEST: Final = 60.0
"""The longest pause before a process is started again, in seconds."""


@dataclass
class Restarts:
    """How long to wait before a process that ended is started again."""

    in_a_row: int = 0

    def pause(self, lived: float) -> float:
        """Seconds: none at first; when it keeps ending soon 1, 2, 4 and so on, a minute at most."""
        self.in_a_row = 0 if lived >= SOUND else self.in_a_row + 1
        return 0.0 if self.in_a_row <= 1 else min(LONGEST, 2.0 ** min(self.in_a_row - 2, 10))


class Child:
    """One such process; it ends with this one, however this one ends.

    Parameters
    ----------
    name : str
        For the log.
    words : list of str
        A Python module and its arguments.
    environment : dict
    """

    def __init__(self, name: str, words: list[str], environment: dict[str, str]) -> None:
        self._name = name
        self._words = words
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._restarts = Restarts()
        self._started = 0.0
        self._due: float | None = None

    def start(self) -> None:
        """Start it."""
        self._due = None
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *self._words],
            env=self._environment,
            process_group=0,  # Ctrl-C is for the parent, which asks once
            preexec_fn=_end_with(os.getpid()),  # noqa: PLW1509 - no thread has been started yet
        )

    def ended(self) -> bool:
        """Whether it was started and is gone."""
        return self._process is not None and self._process.poll() is not None

    def runs(self) -> bool:
        """Whether it was started and is not gone."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """Its exit status, or the signal that ended it as a negative number."""
        return self._process.returncode if self._process else None

    def keep_running(self) -> None:
        """Start it again if it has ended and its pause is over."""
        if not self.ended():
            return
        now = time.monotonic()
        if self._due is None:
            pause = self._restarts.pause(now - self._started)
            log.error("a process ended", name=self._name, status=self.status, again_in=pause)
            self._due = now + pause
        if now >= self._due:
            self.start()

    def ask_to_end(self) -> None:
        """Let it finish what it is doing, and no more."""
        if self._process is not None and self.runs():
            self._process.terminate()

    def end_now(self) -> None:
        """End it, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _end_with(parent: int) -> Callable[[], None]:
    """On Linux end with the process that started this one, however it ends."""

    def bind() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return bind
