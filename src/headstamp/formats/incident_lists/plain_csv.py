"""Any file a list comes in, as one CSV file in UTF-8 whose dialect is known."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.workbook import write_sheet
from headstamp.formats.incident_lists.written_text import (
    BLOCK,
    delimiter_of,
    empty_lines,
    encoding_of,
    lines_above,
)

LONGEST_HEADER: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class PlainCsv:
    """A CSV file in UTF-8.

    Parameters
    ----------
    path : Path
        The file itself, or a copy of its table.
    delimiter : str
    header : tuple of str
        Names of the columns, each once.
    sha256 : str
        Of the file as it came.
    above : int
        Lines or rows above the header in the file as it came.
    empty : tuple of int
        Numbers of the empty lines, the header being 1.
    """

    path: Path
    delimiter: str
    header: tuple[str, ...]
    sha256: str
    above: int = 0
    empty: tuple[int, ...] = ()


def sha256_of(path: Path) -> str:
    """Of a file's content.

    Raises
    ------
    UnreadableTableError
        If it cannot be read, or is empty.
    """
    try:
        with path.open("rb") as stream:
            if not stream.read(1):
                raise UnreadableTableError(f"{path}: the file is empty")
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableTableError(
            f"{path}: cannot be read ({error.strerror}); check the name"
        ) from error


def as_plain_csv(path: Path, scratch: Path, is_header: Callable[[Iterable[str]], bool]) -> PlainCsv:
    """Find out how a file is written, and write it anew where it is no CSV in UTF-8.

    Parameters
    ----------
    path : Path
        CSV with any of four delimiters, in UTF-8, UTF-16 with its mark, or Windows-1252 (which
        holds Latin-1); or a workbook.
    scratch : Path
        Folder for the copy.
    is_header : callable
        Whether these names are the header; what stands above it is passed over.

    Raises
    ------
    UnreadableTableError
        If it is empty or no table, holds NUL bytes, or no sheet has the header.
    """
    sha256 = sha256_of(path)
    with path.open("rb") as stream:
        start = stream.read(4)
    plain = scratch / "table.csv"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTableError(f"{path.name}: an old Excel file; save it as .xlsx or .csv")
    above = 0
    if start == b"PK\x03\x04":
        above = write_sheet(path, is_header, plain)
    else:
        encoding = encoding_of(path)
        above = lines_above(path, encoding, is_header)
        if not above and _is_plain(path, encoding):
            plain = path
        else:
            _write_in_utf8(path, encoding, plain, above)
    delimiter, header = _header(plain, path.name)
    return PlainCsv(plain, delimiter, _apart(header), sha256, above, tuple(empty_lines(plain)))


WORKING: Final = frozenset(
    {"place", "fault", "all_faults", "is_set_aside", "is_repeated", "file_row_number", "row",
     "position"}
)  # fmt: skip
"""Names that imports give to columns of their own while they work."""


def _apart(header: tuple[str, ...]) -> tuple[str, ...]:
    """The names, those that an import uses itself with a stroke behind them.

    Names are looked up by their letters and digits, so that such a column is still found.
    """
    taken = {name.casefold() for name in header}
    found = []
    for name in header:
        free = name
        while (
            free.casefold() in WORKING
            or free.casefold().startswith("headstamp_")
            or (free != name and free.casefold() in taken)
        ):
            free = f"_{free}" if free.casefold().startswith("headstamp_") else f"{free}_"
        found.append(free)
    return tuple(found)


def _is_plain(path: Path, encoding: str) -> bool:
    """Whether it is UTF-8 with its header in the first line and one kind of line ends."""
    if encoding != "utf-8":
        return False
    lines = returns = 0
    with path.open("rb") as stream:
        if stream.read(1).isspace():
            return False
        stream.seek(0)
        while block := stream.read(BLOCK):
            lines += block.count(b"\n")
            returns += block.count(b"\r")
    return returns in (0, lines) or not lines


def _write_in_utf8(path: Path, encoding: str, target: Path, above: int) -> None:
    """Write it anew from the header on."""
    with (
        path.open(encoding=encoding, errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as copy,
    ):
        for _ in range(above):
            source.readline()
        copy.write(source.read(BLOCK).lstrip("\N{ZERO WIDTH NO-BREAK SPACE}\n "))
        while block := source.read(BLOCK):
            copy.write(block)


def _header(path: Path, file_name: str) -> tuple[str, tuple[str, ...]]:
    """The delimiter, and the names of the columns."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        start = stream.read(LONGEST_HEADER)
    first = next((line for line in start.splitlines() if line.strip()), "")
    if not first:
        raise UnreadableTableError(f"{file_name}: the file is empty")
    delimiter = delimiter_of(first)
    names = next(csv.reader(start.splitlines(keepends=True), delimiter=delimiter), [])
    if len(names) < 2:
        raise UnreadableTableError(
            f"{file_name}: the first line has a single column ({first[:60]!r}); it must name the "
            "columns, with a comma, semicolon, tab or bar between them"
        )
    return delimiter, _each_once(names)


def _each_once(names: list[str]) -> tuple[str, ...]:
    """Names that are empty get the number of their column, names that come again a number."""
    found: dict[str, str] = {}
    for place, given in enumerate(names, 1):
        base = given.strip() or f"column {place}"
        tries = (base if time == 1 else f"{base} ({time})" for time in count(1))
        named = next(one for one in tries if one.lower() not in found)
        found[named.lower()] = named
    return tuple(found.values())
