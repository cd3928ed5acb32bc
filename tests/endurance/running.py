"""A workspace and the processes that serve it, started and ended as an administrator would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.endurance.browser import Browser

PATIENCE = 180.0
"""Seconds after which something is taken for stuck; a loaded machine may be slow."""

FORGOTTEN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def forgotten(name: str) -> bool:
    """Whether a setting of this process is none of theirs."""
    return name in FORGOTTEN or name.startswith("HEADSTAMP_")


def environment(**more: str) -> dict[str, str]:
    """That of this process, without what names another workspace or database."""
    kept = {name: value for name, value in os.environ.items() if not forgotten(name)}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **more}


def headstamp(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "headstamp.cli.main", *words],
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
    )


def eventually(true: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait until something holds; gives what it gave."""
    deadline = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < deadline, f"not within {patience:.0f} s: {what}"
        time.sleep(0.02)
    return found


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """One command that runs until it is ended, with whatever it starts."""

    def __init__(self, log: Path, *words: str, **more: str) -> None:
        with log.open("ab") as stream:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "headstamp.cli.main", *words],
                env=environment(**more),
                stdout=stream,
                stderr=stream,
            )

    @property
    def pid(self) -> int:
        """Its id."""
        return self.popen.pid

    def family(self) -> list[int]:
        """Ids of the process and of all that descend from it."""
        found = [self.pid]
        for one in found:
            found += children(one)
        return found

    def kill(self) -> None:
        """SIGKILL to all of them at once, as when the machine loses power."""
        if self.popen.poll() is not None:
            return
        found = [self.pid]
        for one in found:
            send(one, signal.SIGSTOP)  # so that it starts no other meanwhile
            found += children(one)
        for one in found:
            send(one, signal.SIGKILL)
        self.popen.wait()
        eventually(lambda: not any(lives(one) for one in found[1:]), f"{found} end")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, and wait for it and all it started; its exit status."""
        family = self.family()
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        status = self.popen.wait(PATIENCE)
        eventually(lambda: not any(lives(one) for one in family), f"{family} end")
        return status


def send(process: int, number: int) -> None:
    """A signal to a process, unless it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, number)


def children(process: int) -> list[int]:
    """Ids of the processes it started and that have not ended."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [one for one in map(int, text.split()) if lives(one)]


def lives(process: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


class Inside:
    """A process that has a workspace open and answers questions about it; see ``inside.py``."""

    def __init__(self, root: Path) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("inside.py")), str(root)],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._asking = threading.Lock()

    def ask(self, question: str, **with_: Any) -> Any:
        """The answer to a question."""
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        with self._asking:
            self._popen.stdin.write(json.dumps({"question": question, "with": with_}) + "\n")
            self._popen.stdin.flush()
            answer = json.loads(self._popen.stdout.readline())
        assert "answer" in answer, answer["fault"]
        return answer["answer"]

    def close(self) -> None:
        """End it."""
        assert self._popen.stdin is not None
        self._popen.stdin.close()
        self._popen.wait(PATIENCE)


class Place:
    """A workspace made with ``headstamp init``, its server and its workers.

    Parameters
    ----------
    root : Path
        Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.log = root.parent / f"{root.name}.log"
        self._processes: list[Process] = []
        self._inside: Inside | None = None

    @classmethod
    def make(cls, root: Path, database_url: str = "") -> Place:
        """A new one; with the address of an empty database, or on the embedded one."""
        words = ("--name", "A. Admin", "--email", "a@pvpd.example", "--agency", "Police")
        more = {"DATABASE_URL": database_url} if database_url else {}
        made = headstamp("init", str(root), *words, "--code", "PVPD", **more)
        assert made.returncode == 0, made.stderr
        return cls(root)

    def serve(self, *words: str, wait: bool = True) -> Process:
        """Start ``headstamp serve`` and wait until it answers."""
        process = self.start("serve", "--port", str(self.port), *words)
        if wait:
            self.wait_until_served(process)
        return process

    def work(self, **more: str) -> Process:
        """Start ``headstamp worker``."""
        return self.start("worker", **more)

    def start(self, command: str, *words: str, **more: str) -> Process:
        """Start a command on the workspace."""
        process = Process(self.log, command, "--workspace", str(self.root), *words, **more)
        self._processes.append(process)
        return process

    def wait_until_served(self, process: Process | None = None) -> None:
        """Until a page is answered."""

        def answered() -> bool:
            assert process is None or process.popen.poll() is None, self.said()
            return self.answers()

        eventually(answered, "the server answers")

    def answers(self) -> bool:
        """Whether the server answers now."""
        try:
            return Browser(self.port, "").get("/health/").status == 200
        except Exception:
            return False

    def ask(self, question: str, **with_: Any) -> Any:
        """Ask the process that has the workspace open; see ``inside.py``."""
        if self._inside is None:
            self._inside = Inside(self.root)
        return self._inside.ask(question, **with_)

    def wait_until_done(self) -> None:
        """Until no job waits or runs."""

        def done() -> bool:
            return not any(job["status"] in ("READY", "RUNNING") for job in self.ask("jobs"))

        eventually(done, "all jobs are done")

    def said(self) -> str:
        """What the processes wrote to standard output and error."""
        return self.log.read_text() if self.log.exists() else ""

    def rest(self) -> None:
        """Let go of the workspace until the next question."""
        if self._inside is not None:
            self._inside.close()
        self._inside = None

    def close(self) -> None:
        """End everything."""
        for process in self._processes:
            process.kill()
        self.rest()
