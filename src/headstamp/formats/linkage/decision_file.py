"""The file of decisions: a JSON object a line, each with the hash of the line before.

Lines are only ever added. A copy of the last hash proves later that nothing before it was changed
or left out.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import BrokenRecordError, OutputError
from headstamp.formats.atomic import write_atomically
from headstamp.linkage.decisions import Decision, Entry, Undoing
from headstamp.linkage.records import Key, kind_of

START: Final = "0" * 64
"""What the first line names as the hash before it."""


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a file of decisions holds.

    Parameters
    ----------
    entries : tuple of Entry
    head : str
        The hash of the last line.
    """

    entries: tuple[Entry, ...]
    head: str


def read_decisions(path: Path) -> DecisionFile:
    """Read and check every line; a file that is not there yet holds none.

    Raises
    ------
    BrokenRecordError
        If a line was changed, taken out or put in, or is none of ours.
    """
    entries: list[Entry] = []
    head = START
    for number, line in enumerate(_lines(path), 1):
        try:
            found = json.loads(line)
            stated, content = found.pop("hash"), found
            if content["previous"] != head or stated != _digest(content):
                raise BrokenRecordError(
                    f"{path}, line {number}: is not what was written, or a line before it is "
                    "missing; restore the file from a copy"
                )
            entries.append(_entry(content, number))
        except BrokenRecordError:
            raise
        except Exception as error:
            raise BrokenRecordError(
                f"{path}, line {number}: is no line of a file of decisions; restore it from a copy"
            ) from error
        head = stated
    return DecisionFile(tuple(entries), head)


def add_entry(path: Path, make: Callable[[Sequence[Entry]], Entry]) -> tuple[Entry, str]:
    """Add the entry that is made from those that are there; give it and its hash.

    One writer at a time; the file is whole at every moment, and earlier lines stay byte for byte.

    Raises
    ------
    BrokenRecordError
        If the file is not sound: nothing is added to it then.
    OutputError
        If it cannot be written.
    """
    with _alone(path):
        there = read_decisions(path)
        entry = make(there.entries)
        content = _content(entry) | {"previous": there.head}
        digest = _digest(content)
        line = _canonical(content | {"hash": digest}) + b"\n"
        before = path.read_bytes() if path.exists() else b""
        write_atomically(path, before + line)
    return entry, digest


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = path.with_name(f".{path.name}.lock")
    try:
        stream = lock.open("w")
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose another folder"
        ) from error
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _lines(path: Path) -> list[bytes]:
    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise BrokenRecordError(f"{path}: cannot be read ({error.strerror})") from error
    if content and not content.endswith(b"\n"):
        raise BrokenRecordError(f"{path}: its last line is cut off; restore it from a copy")
    return content.splitlines()


def _content(entry: Entry) -> dict[str, Any]:
    found = asdict(entry)
    if isinstance(entry, Decision):
        return found | {"entry": "decision", "one": list(entry.one), "other": list(entry.other)}
    return found | {"entry": "undo"}


def _entry(content: dict[str, Any], number: int) -> Entry:
    values = {key: value for key, value in content.items() if key not in ("entry", "previous")}
    if values["number"] != number:
        raise ValueError("out of order")
    if content["entry"] == "undo":
        return Undoing(**values)
    keys = {side: Key(*values[side]) for side in ("one", "other")}
    return Decision(**(values | keys | {"kind": kind_of(values["kind"])}))


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a line without its hash."""
    return hashlib.sha256(_canonical(content)).hexdigest()
