"""The file of decisions: added to, never changed, and found out if it was."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from functools import partial
from pathlib import Path

import pytest

from headstamp.errors import BrokenRecordError, LinkageError, OutputError
from headstamp.formats.linkage.decision_file import START, add_entry, read_decisions
from headstamp.linkage.decisions import decide, undo
from headstamp.linkage.records import Key


def decided(path: Path, number: int, name: str = "R. Osei") -> None:
    add_entry(path, partial(decide, kind="dealer", one=Key("a", str(number)),
                            other=Key("b", str(number)), same=True, by=name, why="one licence – é",
                            at="2026-01-01T00:00:00+00:00"))  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for number in range(3):
        decided(tmp_path / "decisions.jsonl", number)
    return tmp_path / "decisions.jsonl"


def test_each_line_holds_the_hash_of_the_line_before(path) -> None:
    before = START
    for line in path.read_text(encoding="utf-8").splitlines():
        content = json.loads(line)
        stated = content.pop("hash")
        assert content["previous"] == before
        plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(plain.encode()).hexdigest()
        assert stated == before
    assert read_decisions(path).head == before


def test_undoing_adds_a_line_and_leaves_the_others_byte_for_byte(path) -> None:
    before = path.read_bytes()
    add_entry(path, partial(undo, number=2, by="M. Ito", why="two shops", at="2026-01-02"))
    assert path.read_bytes().startswith(before)
    assert len(read_decisions(path).entries) == 4


def changed(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("R. Osei", "R. Oseh"), lines[2]]


def without_second(lines: list[str]) -> list[str]:
    return [lines[0], lines[2]]


def swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], lines[2]]


def twice(lines: list[str]) -> list[str]:
    return [lines[0], lines[0], *lines[1:]]


def rewritten(lines: list[str]) -> list[str]:
    """One line changed and its own hash made anew: the next line does not fit."""
    content = json.loads(lines[1])
    del content["hash"]
    content["same"] = False
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    content["hash"] = hashlib.sha256(plain.encode()).hexdigest()
    return [lines[0], json.dumps(content, ensure_ascii=False), lines[2]]


@pytest.mark.parametrize(
    ("change", "line"),
    [(changed, 2), (without_second, 2), (swapped, 1), (twice, 2), (rewritten, 3)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_file_that_was_tampered_with_is_found_out_and_not_added_to(path, change, line) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(BrokenRecordError, match=f"line {line}"):
        read_decisions(path)
    with pytest.raises(BrokenRecordError):
        decided(path, 9)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "tail", [b"{}\n", b"not json\n", b'{"hash": 3}\n', b"[1]\n", b"\xff\n", b"\n"]
)
def test_a_line_that_is_none_of_ours_is_named(path, tail) -> None:
    path.write_bytes(path.read_bytes() + tail)
    with pytest.raises(BrokenRecordError, match="line 4"):
        read_decisions(path)


def test_a_last_line_that_is_cut_off_is_named(path) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BrokenRecordError, match="cut off"):
        read_decisions(path)


def test_a_file_that_is_not_there_holds_no_decisions(tmp_path) -> None:
    there = read_decisions(tmp_path / "none.jsonl")
    assert (there.entries, there.head) == ((), START)


def test_a_refused_decision_leaves_the_file_as_it_was(path) -> None:
    before = path.read_bytes()
    with pytest.raises(LinkageError):
        decided(path, 0)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        decided(tmp_path / "none" / "decisions.jsonl", 1)


def _decide_ten(path: Path, first: int) -> None:
    for number in range(first, first + 10):
        decided(path, number)


def test_two_who_decide_at_once_lose_nothing(tmp_path) -> None:
    path = tmp_path / "decisions.jsonl"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_decide_ten, args=(path, first)) for first in (0, 10)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    entries = read_decisions(path).entries
    assert {one.one.id for one in entries} == {str(number) for number in range(20)}
