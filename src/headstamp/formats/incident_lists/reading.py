"""A published file as rows of text in DuckDB, and the lines that no row could be made of."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.schema import Schema, schema_of, shipped

MEMORY: Final = "700MB"
HEADER_WITHIN: Final = 30
"""Rows of a sheet among which its header is looked for."""

LARGEST_UNPACKED: Final = 1_000_000_000
ENCODINGS: Final = ("utf-8", "latin-1")


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no row: its number in the file, its text, and why."""

    line: int
    text: str
    reason: str


def connection(spill: Path) -> Any:
    """DuckDB with bounded memory, spilling into a folder."""
    import duckdb

    opened = duckdb.connect()
    opened.execute(f"SET memory_limit = '{MEMORY}'")
    opened.execute("SET temp_directory = ?", [str(spill)])
    opened.execute("SET enable_progress_bar = false")
    return opened


def sha256_of(path: Path) -> str:
    """Of a file's content, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def as_csv(path: Path, wanted: Schema | None, scratch: Path) -> Iterator[Path]:
    """The file itself, or the table of a workbook written out as CSV.

    Raises
    ------
    UnreadableTableError
        If it is empty, no table, or no sheet holds a known list.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise UnreadableTableError(f"{path}: cannot be read ({error.strerror})") from error
    if not start:
        raise UnreadableTableError(f"{path}: the file is empty")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTableError(f"{path}: an old Excel file; save it as .xlsx or .csv")
    if start != b"PK\x03\x04":
        yield path
        return
    target = scratch / "sheet.csv"
    _write_sheet(path, wanted, target)
    yield target


def header_of(database: Any, path: Path, name: str) -> list[str]:
    """The names of a CSV file's columns.

    Raises
    ------
    UnreadableTableError
        If there is no header with two columns at least.
    """
    try:
        found = database.execute(
            f"DESCRIBE SELECT * FROM {_reader(path)}"  # noqa: S608 - our own text
        ).fetchall()
    except Exception as error:
        raise UnreadableTableError(
            f"{name}: no CSV table that can be read; save it as CSV in UTF-8"
        ) from error
    names = [row[0] for row in found]
    if len(names) < 2:
        raise UnreadableTableError(f"{name}: has a single column; check the delimiter")
    return names


def copy_rows(database: Any, path: Path, name: str, target: Path) -> list[Malformed]:
    """Write every row as text to a Parquet file, in the order of the file.

    Returns
    -------
    list of Malformed
        Lines that are no rows.
    """
    reader = _reader(path, keep_rejects=True)
    try:
        database.execute(
            f"COPY (SELECT * FROM {reader}) TO '{_quoted(target)}' "  # noqa: S608 - our own text
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    except Exception as error:
        first = str(error).splitlines()[0]
        raise UnreadableTableError(f"{name}: cannot be read as a table ({first})") from error
    rejected = database.execute(
        "SELECT line, csv_line, error_message FROM reject_errors ORDER BY line"
    ).fetchall()
    once = {line: Malformed(line, text or "", _reason(why)) for line, text, why in rejected[::-1]}
    return [once[line] for line in sorted(once)]


def _reader(path: Path, *, keep_rejects: bool = False) -> str:
    rejects = ", store_rejects = true, rejects_limit = 0" if keep_rejects else ""
    return (
        f"read_csv('{_quoted(path)}', all_varchar = true, header = true, sample_size = 20000, "
        f"strict_mode = false, encoding = '{_encoding(path)}'{rejects})"
    )


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is; Latin-1 else, in which every byte is a character."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        stream.seek(0)
        try:
            while block := stream.read(1 << 24):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _reason(message: str) -> str:
    return message.splitlines()[0][:200]


def _write_sheet(path: Path, wanted: Schema | None, target: Path) -> None:
    import zipfile

    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST_UNPACKED:
                raise UnreadableTableError(f"{path}: unpacks to more than 1 GB; not opened")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except UnreadableTableError:
        raise
    except Exception as error:  # the reader's own faults are of many kinds
        raise UnreadableTableError(
            f"{path}: no .xlsx workbook that can be read; save it again, or as .csv"
        ) from error
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            header = _find_header(rows, wanted)
            if header is not None:
                _write(header, rows, target)
                return
    finally:
        book.close()
    raise UnreadableTableError(
        f"{path}: no sheet holds a list that is known; save the sheet as .csv, or give a mapping"
    )


def _find_header(rows: Iterator[tuple[Any, ...]], wanted: Schema | None) -> list[str] | None:
    schemas = [wanted] if wanted else list(shipped().values())
    for number, row in enumerate(rows):
        if number >= HEADER_WITHIN:
            return None
        names = [str(cell) for cell in row if cell is not None]
        if len(names) > 1 and any(schema.fits(names) for schema in schemas):
            return names
    return None


def _write(header: list[str], rows: Iterator[tuple[Any, ...]], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for row in rows:
            if any(cell is not None for cell in row):
                writer.writerow(["" if cell is None else cell for cell in row[: len(header)]])


__all__ = ["Malformed", "as_csv", "connection", "copy_rows", "header_of", "schema_of", "sha256_of"]
