"""``headstamp audit``: the record is checked and anchored from the command line."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from tests.endurance.running import headstamp
from tests.unit.cli.workspaces import assert_refused, init, said

EVENTS = "audit_auditevent"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("audit") / "w"
    assert init(root).returncode == 0
    return root


@pytest.fixture
def workspace(made, tmp_path):
    """A workspace of one's own, with two events."""
    root = tmp_path / "w"
    shutil.copytree(made, root)
    return root


def audit(workspace, *words):
    return headstamp("audit", *words, "--workspace", str(workspace))


def tamper(workspace, *statements):
    """As somebody who can write to the file: without guards."""
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        kept = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [EVENTS]
        ).fetchall()
        for name, _ in kept:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        for _, sql in kept:
            database.execute(sql)
        database.commit()


def test_a_whole_record_is_whole_and_the_check_is_on_record(workspace):
    done = audit(workspace, "verify")
    assert done.returncode == 0
    assert re.search(r"All 2 events are whole.* Head: [0-9a-f]{64}$", done.stdout.strip())
    found = said(audit(workspace, "verify", "--json"))
    assert found == {
        "whole": True,
        "events": 3,
        "head": found["head"],
        "broken_at": None,
        "reason": "",
        "missing_guards": [],
        "chain_faults": [],
    }


def test_an_edit_is_named(workspace):
    tamper(workspace, "UPDATE audit_auditevent SET action = 'x' WHERE sequence = 2")
    said_of_it = "the record is broken at event 2: its content is not what was put on record"
    assert_refused(audit(workspace, "verify"), 12, said_of_it)
    done = audit(workspace, "verify", "--json")
    assert done.returncode == 12
    assert '"broken_at": 2' in done.stdout


def test_a_missing_guard_is_named(workspace):
    tamper(workspace)
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        database.execute(f"DROP TRIGGER {EVENTS}_no_delete")
    assert_refused(audit(workspace, "verify"), 12, f"guards are missing in the database: {EVENTS}")


def test_an_anchor_finds_a_record_that_was_cut_off(workspace, tmp_path):
    anchors = tmp_path / "anchors"
    for _ in range(3):
        assert audit(workspace, "anchor", str(anchors)).stdout == ""
    lines = anchors.read_text().splitlines()
    assert [line.split()[0] for line in lines] == ["2", "3", "4"]
    assert audit(workspace, "verify", "--anchor", str(anchors)).returncode == 0
    tamper(workspace, "DELETE FROM audit_auditevent WHERE sequence > 3")
    assert audit(workspace, "verify").returncode == 0
    assert_refused(
        audit(workspace, "verify", "--anchor", str(anchors)),
        12,
        "it is not the event that was anchored",
    )
    tamper(workspace, "DELETE FROM audit_auditevent WHERE sequence > 3")
    assert_refused(
        audit(workspace, "verify", "--anchor", str(anchors)),
        12,
        "the record ends here, but its event 4 was anchored",
    )


def test_an_anchor_can_be_printed(workspace, tmp_path):
    line = audit(workspace, "anchor").stdout
    assert re.fullmatch(r"2 [0-9a-f]{64} \S+\n", line)
    found = said(audit(workspace, "anchor", "--json"))
    assert found["sequence"] == 3
    (tmp_path / "anchor").write_text(f"\n{line}\n3 {found['hash']}\n")
    assert audit(workspace, "verify", "--anchor", str(tmp_path / "anchor")).returncode == 0


@pytest.mark.parametrize(
    "text", ["", "2\n", "2 abc\n", "two " + "0" * 64, "2 " + "0" * 63 + "g", "\udcff", "9" * 30]
)
def test_a_file_that_holds_no_anchors_is_refused(workspace, tmp_path, text):
    path = tmp_path / "anchors"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert_refused(audit(workspace, "verify", "--anchor", str(path)), 6, str(path), "anchor")


def test_what_cannot_be_read_or_written_is_said(workspace, tmp_path):
    assert_refused(audit(workspace, "verify", "--anchor", str(tmp_path / "none")), 6, "anchors")
    missing = tmp_path / "none" / "anchors"
    assert_refused(audit(workspace, "anchor", str(missing)), 6, f"{missing}: cannot be written")
    assert_refused(audit(tmp_path / "none", "verify"), 11, "is no workspace")


def test_a_record_that_is_gone_is_said(workspace):
    with closing(sqlite3.connect(workspace / "headstamp.sqlite3")) as database:
        database.execute(f"DROP TABLE {EVENTS}")
    assert_refused(audit(workspace, "verify"), 12, "the record cannot be read", "restore a backup")
