"""The record log: one line a record, each with its own length and checksum.

A line is ``LLLLLLLL CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC JSON\\n``: the number of bytes of the JSON in
hexadecimal, the first 32 hexadecimal digits of its SHA-256, and the JSON without a line break.
A record exists from the moment its whole line does; what follows the last whole line is a *torn
tail*, left by a writer that was stopped, and belongs to nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from headstamp.gallery.layout import BATCH_RECORDS

PREFIX: Final = 8 + 1 + 32 + 1
"""Bytes of a line before its JSON."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole line.

    Parameters
    ----------
    offset, length : int
        Where the line lies in the log, bytes, line break included.
    payload : bytes
        The JSON; empty when the line is damaged.
    """

    offset: int
    length: int
    payload: bytes

    @property
    def damaged(self) -> bool:
        """Whether the line is there but does not agree with its own checksum."""
        return not self.payload

    @property
    def end(self) -> int:
        """Offset of the next line."""
        return self.offset + self.length


def line_of(payload: bytes) -> bytes:
    """The log line that holds a JSON document."""
    return b"%08x %s %s\n" % (len(payload), _digest(payload), payload)


def payload_of(line: bytes) -> bytes:
    """The JSON of a log line; empty when the line does not agree with its length and checksum."""
    payload = line[PREFIX:-1]
    whole = line.endswith(b"\n") and line[:PREFIX] == line_of(payload)[:PREFIX]
    return payload if whole else b""


def entries(stream: BinaryIO, start: int = 0) -> Iterator[Entry]:
    """Walk over the whole lines of a log from a line's start, and stop at a torn tail.

    A bad line that cannot be a torn tail comes as a damaged entry, for the caller to refuse or
    report: a writer that is stopped leaves the first part of its lines, and a power failure may
    leave zero bytes, but neither leaves a line of other content.
    """
    stream.seek(start)
    offset = start
    while line := stream.readline():
        payload = payload_of(line)
        if not payload and _is_torn(line, stream):
            return
        yield Entry(offset, len(line), payload)
        offset += len(line)


def _is_torn(line: bytes, stream: BinaryIO) -> bool:
    if b"\0\0" in line:
        return not _more_than_a_batch(stream)
    return not line.endswith(b"\n") and len(line) < _stated_length(line)


def _more_than_a_batch(stream: BinaryIO) -> bool:
    """Whether so many lines follow that an acknowledged one must be among them."""
    place = stream.tell()
    following = sum(1 for _ in islice(iter(stream.readline, b""), BATCH_RECORDS + 1))
    stream.seek(place)
    return following > BATCH_RECORDS


def _stated_length(line: bytes) -> int:
    """Bytes that a cut line would have, were it whole."""
    try:
        return PREFIX + int(line[:8], 16) + 1 if len(line) >= 8 else PREFIX
    except ValueError:
        return 0


def _digest(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest()[:32].encode()
