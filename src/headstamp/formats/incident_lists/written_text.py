"""How a file of text is written: its encoding, where its table begins, which lines are empty."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError

BLOCK: Final = 1 << 22
DELIMITERS: Final = ",;\t|"
HEADER_WITHIN: Final = 30
"""Lines among which the header is looked for."""

LONGEST_LINE: Final = 1 << 16
LONGEST_CELL: Final = 20
"""Lines that a cell may go over; a quotation mark that is open for longer is a stray one."""

EMPTY: Final = re.compile(rb"\n\r?\n|\r\r")


def encoding_of(path: Path) -> str:
    """UTF-8, UTF-16 by its mark, or else Windows-1252, which holds Latin-1.

    Raises
    ------
    UnreadableTableError
        If it holds NUL bytes: it is damaged, or in an encoding that does not say so.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    found, lines = "utf-8", 1
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        stream.seek(0)
        while block := stream.read(BLOCK):
            if (place := block.find(b"\0")) >= 0:
                raise _nul(path, lines + block.count(b"\n", 0, place))
            lines += block.count(b"\n")
            if found == "utf-8" and not _reads(decoder, block):
                found = "cp1252"
    return found if found != "utf-8" or _reads(decoder, b"", final=True) else "cp1252"


def _reads(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _nul(path: Path, line: int) -> UnreadableTableError:
    return UnreadableTableError(
        f"{path.name}: line {line} holds a NUL byte, which no text does: the file is damaged, or "
        "in UTF-16 or UTF-32 without its mark; save it as CSV in UTF-8"
    )


def lines_above(path: Path, encoding: str, is_header: Callable[[Iterable[str]], bool]) -> int:
    """How many lines stand above the header: notes, or nothing.

    Notes have fewer cells than a header. Where no line is the header, only empty ones are above it.
    """
    with path.open(encoding=encoding, errors="replace") as stream:
        first = [stream.readline(LONGEST_LINE) for _ in range(HEADER_WITHIN)]
    if encoding == "utf-16" and "\0" in "".join(first):
        raise _nul(path, 1)
    names = [_names(line) for line in first]
    empty = next((number for number, line in enumerate(names) if any(line)), 0)
    most = 1
    for number, line in enumerate(names):
        if len(line) > most and is_header(line):
            return number
        most = max(most, len(line))
    return empty


def _names(line: str) -> list[str]:
    line = line.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").strip("\r\n")
    cells = next(csv.reader([line], delimiter=delimiter_of(line)), [])
    return [one.strip() for one in cells if one.strip()]


def delimiter_of(line: str) -> str:
    """What divides the names of a header."""
    return max(DELIMITERS, key=line.count)


def empty_lines(path: Path) -> Iterator[int]:
    """Numbers of the empty lines between rows, the first line being 1; a cell's own do not count.

    A row counts as one, over however many lines its cells go.
    """
    if not _has_empty(path):
        return
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        number, waiting = 0, list[str]()
        while line := waiting.pop(0) if waiting else stream.readline():
            number += 1
            if line == "\n":
                yield number
            elif line.count('"') % 2:
                ahead = [*waiting, *islice(stream, LONGEST_CELL - len(waiting))]
                closed = next((at for at, one in enumerate(ahead) if one.count('"') % 2), -1)
                waiting = ahead[closed + 1 :]


def _has_empty(path: Path) -> bool:
    last = b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if EMPTY.search(last + block):
                return True
            last = block[-2:]
    return False
