"""``headstamp init`` makes a workspace once, whole, and leaves nothing of one that failed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from tests import postgres
from tests.endurance.conftest import cluster  # noqa: F401 - a fixture
from tests.unit.cli.workspaces import assert_refused, init, said


def test_it_prints_where_it_is_how_to_serve_it_and_the_link(tmp_path):
    folder = tmp_path / "a workspace"
    done = init(folder, "--address", "https://headstamp.example/")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"The workspace is at {folder}."
    assert lines[1] == f"Serve it:  headstamp serve --workspace '{folder}'"
    assert lines[3].startswith("https://headstamp.example/invitation/")
    assert (folder.stat().st_mode & 0o777, (folder / "headstamp.env").stat().st_mode & 0o777) == (
        0o700,
        0o600,
    )
    with closing(sqlite3.connect(folder / "headstamp.sqlite3")) as database:
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
        people = database.execute("SELECT email, role, password FROM accounts_user").fetchall()
        events = database.execute("SELECT action FROM audit_auditevent ORDER BY sequence")
        assert [row[0] for row in events] == ["accounts.workspace_made", "accounts.invited"]
    assert mode == "wal"
    assert [row[:2] for row in people] == [("ada@pvpd.example", "administrator")]
    assert people[0][2].startswith("!")  # no password until the link is opened


def test_a_second_time_it_is_refused_and_the_first_stays(tmp_path):
    made = said(init(tmp_path / "w", "--json"))
    assert set(made) == {"workspace", "invitation"}
    before = (tmp_path / "w" / "headstamp.env").read_bytes()
    assert_refused(init(tmp_path / "w"), 11, "there is a workspace already", "headstamp serve")
    assert (tmp_path / "w" / "headstamp.env").read_bytes() == before


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    for target in (tmp_path / "notes", tmp_path / "notes" / "mine.txt"):
        assert_refused(init(target), 11, "holds other files")
    assert (tmp_path / "notes" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "ada at pvpd"}, "--email: Enter a valid email address."),
        ({"email": "ada@pvpd"}, "--email"),
        ({"name": ""}, "--name"),
        ({"name": "n" * 151}, "--name"),
        ({"agency": ""}, "--agency"),
        ({"code": "c" * 21}, "--code"),
        ({"kind": "gang"}, "--kind: take one of police, federal"),
    ],
)
def test_what_nobody_can_be_called_is_refused_and_leaves_no_folder(tmp_path, changed, said):
    kept = tmp_path / "empty"
    kept.mkdir()
    for folder in (tmp_path / "w", kept):
        assert_refused(init(folder, **changed), 11, said)
    assert list(tmp_path.iterdir()) == [kept]
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://a@127.0.0.1:1/x", "the database cannot be used"),
        ("nonsense", "names no PostgreSQL database"),
        ("mysql://a:b@127.0.0.1/x", "names no PostgreSQL database"),
        ("sqlite:///other.sqlite3", "names no PostgreSQL database"),
        ("postgresql://", "names no database at its end"),
        ("postgresql://a:b@c:port/x", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_is_none_is_refused_and_leaves_no_folder(tmp_path, address, said):
    done = init(tmp_path / "w", environment={"DATABASE_URL": address})
    assert_refused(done, 11, said, "DATABASE_URL")
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_use_is_refused_and_one_left_unfinished_is_taken(tmp_path, cluster):  # noqa: F811
    address = postgres.new_database(cluster, f"init{os.getpid()}")
    named = {"DATABASE_URL": address}
    assert_refused(init(tmp_path / "w", environment=named, email="none"), 11, "--email")
    assert init(tmp_path / "w", environment=named).returncode == 0
    assert f"DATABASE_URL={address}\n" in (tmp_path / "w" / "headstamp.env").read_text()
    assert not (tmp_path / "w" / "headstamp.sqlite3").exists()
    assert_refused(init(tmp_path / "other", environment=named), 11, "is in use already")
    assert not (tmp_path / "other").exists()
