"""``headstamp renew``: the last administrator, who lost password or second factor, comes back."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pytest
from tests.endurance.running import headstamp
from tests.unit.cli.workspaces import assert_refused, init, said


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    root = tmp_path_factory.mktemp("renew") / "w"
    assert init(root).returncode == 0
    return root


def renew(workspace, email, *words):
    return headstamp("renew", email, "--workspace", str(workspace), *words)


def rows(workspace, query):
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        return database.execute(query).fetchall()


def test_a_new_link_takes_the_place_of_the_old_one_and_is_on_record(workspace):
    found = said(renew(workspace, "ADA@pvpd.example", "--json", "--address", "https://h.example"))
    token = found["invitation"].removeprefix("https://h.example/invitation/").rstrip("/")
    query = (
        "SELECT token_hash FROM accounts_invitation WHERE expires_at > datetime('now', '+1 day')"
    )
    assert rows(workspace, query) == [(hashlib.sha256(token.encode()).hexdigest(),)]
    last = "SELECT action, actor FROM audit_auditevent ORDER BY sequence DESC LIMIT 1"
    assert rows(workspace, last) == [("accounts.access_renewed", "")]
    done = renew(workspace, "ada@pvpd.example")
    assert done.stdout.splitlines()[-1].startswith("http://127.0.0.1:8765/invitation/")


def test_nobody_else_gets_a_link(workspace):
    assert_refused(renew(workspace, "bob@pvpd.example"), 11, "no account has this address")
    assert_refused(renew(workspace / "none", "ada@pvpd.example"), 11, "is no workspace")
