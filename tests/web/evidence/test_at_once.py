"""Many people at once: a chain never forks, a number is given once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture
def database():
    """The address of an empty database on the server of the run; empty for the embedded one."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield ""
        return
    import psycopg

    name = f"at_once_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"{address.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_chain_that_many_add_to_at_once_never_forks(tmp_path, database):
    root = Path(__file__).resolve().parents[3]
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "headstamp.web.settings",
        "HEADSTAMP_SECRET_KEY": "at once" * 10,
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.web.evidence.at_once", str(tmp_path / "workspace")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    answers = found["answers"]
    assert not [said for said in answers if "fault" in said], answers
    assert found["fault"] == ""
    count = 1 + answers["move: done"]
    assert found["positions"] == list(range(1, count + 1))
    moves = found["actions"][1:]
    assert moves == ["stored", "removed"] * (len(moves) // 2) + ["stored"] * (len(moves) % 2)
    assert found["numbers"] == [["SAME-1"], ["SAME-3"], ["SAME-5"]]
    assert answers["take over: done"] == 1
    assert answers["take over: this exhibit now and can hand it over; ask them."] == 7
    assert answers["number: done"] == 3
    assert answers["number: This exhibit number is in use already"] == 21
