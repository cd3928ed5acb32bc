"""What nobody holds any more is removed; what somebody is writing is not."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from headstamp.web.processes.held_files import held_file, held_folder, is_held, remove_nobodys
from headstamp.web.processes.uploads import remove_unfinished

HOLDER = """
import sys, time
from pathlib import Path
from headstamp.web.processes.held_files import held_file, held_folder
with held_file(Path(sys.argv[1]), ".incoming-") as (stream, path), \
        held_folder(Path(sys.argv[1]), "backup-") as folder:
    (folder / "half").write_text("half")
    print(path, folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that writes a file and fills a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()


def test_what_another_process_is_writing_stays_until_it_is_killed(tmp_path, holder):
    assert len(list(tmp_path.iterdir())) == 2
    assert all(is_held(path) for path in tmp_path.iterdir())
    assert remove_nobodys(tmp_path.iterdir()) == 0
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert remove_nobodys(tmp_path.iterdir()) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_gone_afterwards_unless_it_was_moved_to_its_place(tmp_path):
    with held_file(tmp_path, ".incoming-") as (stream, path):
        stream.write(b"whole")
        stream.flush()
        path.replace(tmp_path / "place")
    with pytest.raises(ZeroDivisionError), held_file(tmp_path, ".incoming-"):
        raise ZeroDivisionError
    with held_folder(tmp_path, "backup-"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_file_that_was_cleared_away_before_it_was_held_is_made_anew(tmp_path, monkeypatch):
    from headstamp.web.processes import held_files

    hold, cleared = held_files.hold, []

    def slow(descriptor, path):
        if not cleared:
            cleared.append(path)
            assert remove_nobodys([path]) == 1
        return hold(descriptor, path)

    monkeypatch.setattr(held_files, "hold", slow)
    with held_file(tmp_path, ".incoming-") as (_, path):
        assert path.exists()
        assert path != cleared[0]


def test_a_start_clears_away_what_uploads_and_backups_left(settings):
    workspace = settings.WORKSPACE
    (workspace.files / ".incoming-1").write_bytes(b"half")
    (workspace.files / "ab").mkdir(exist_ok=True)
    (workspace.files / "ab" / "whole").write_bytes(b"whole")
    (workspace.tmp / "one.upload").write_bytes(b"half")
    (workspace.tmp / "backup-1").mkdir()
    (workspace.tmp / "backup-1" / "copy").write_bytes(b"half")
    assert remove_unfinished() == 3
    assert {path.name for path in workspace.tmp.iterdir()} <= {"cache"}
    assert (workspace.files / "ab" / "whole").exists()
