"""Commands on workspaces, each in a process of its own: a process can open one workspace only."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.endurance.running import headstamp

FIRST = {
    "--name": "Ada Admin",
    "--email": "ada@pvpd.example",
    "--agency": "Port Vale Police",
    "--code": "PVPD",
}

Done = subprocess.CompletedProcess[str]


def init(
    folder: Path, *words: str, environment: dict[str, str] | None = None, **changed: str
) -> Done:
    """``headstamp init`` with the usual options, some of them changed."""
    options = {**FIRST, **{f"--{name}": value for name, value in changed.items()}}
    given = [word for pair in options.items() for word in pair]
    return headstamp("init", str(folder), *given, *words, **(environment or {}))


def said(done: Done) -> Any:
    """What a command printed as JSON."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_refused(done: Done, code: int, *sentences: str) -> None:
    """One line that names the thing, the documented exit code, no traceback."""
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for sentence in sentences:
        assert sentence in done.stderr
