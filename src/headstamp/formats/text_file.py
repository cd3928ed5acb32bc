"""Read a text that somebody wrote, every character where it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError

LARGEST: Final = 20_000_000
"""Bytes."""


def read_text(name: str) -> str:
    """The text of a file, or of standard input for ``-``; line ends are left as they are.

    A byte order mark is not part of the text.

    Raises
    ------
    UnreadableTableError
        If it cannot be read, is too large, or is no text.
    """
    where = "standard input" if name == "-" else name
    content = _bytes(name, where)
    if len(content) > LARGEST:
        raise UnreadableTableError(f"{where}: is larger than {LARGEST:,} bytes; give it in parts")
    if b"\0" in content:
        raise UnreadableTableError(
            f"{where}: holds binary data; give plain text, as copied out of the document"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTableError(
            f"{where}: is not UTF-8 text (byte {error.start:,}); save it as UTF-8"
        ) from error


def _bytes(name: str, where: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableTableError(f"{where}: cannot be read ({error.strerror})") from error
