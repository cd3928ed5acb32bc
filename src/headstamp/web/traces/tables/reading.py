"""What the rows of a stored table of results say, read as the command line reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.plain_csv import as_plain_csv
from headstamp.formats.incident_lists.schema import FORMATS, Column, normalised
from headstamp.formats.trace_tables.batch_rows import (
    BatchRow,
    SetAside,
    rows_kept,
    rows_set_aside,
)
from headstamp.formats.trace_tables.batches import folder_of
from headstamp.formats.trace_tables.importing import import_traces
from headstamp.formats.trace_tables.schema import COLUMNS, DAYS, TraceSchema
from headstamp.tracing.records import REQUIRED
from headstamp.web.casework import files
from headstamp.web.processes.held_files import held_folder
from headstamp.web.refusals import Refusal
from headstamp.web.traces.models import TraceTable

ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "mdy": (*FORMATS, *DAYS),
    "dmy": (*FORMATS, "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
}
"""How days may be written, by what comes first."""

FAULTS_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Contents:
    """A table as it is read.

    Parameters
    ----------
    header : tuple of str
    rows : tuple of BatchRow
    set_aside : tuple of SetAside
    """

    header: tuple[str, ...]
    rows: tuple[BatchRow, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Number and fault of each row that has one, in the order of the table."""
        found = [(one.number, one.fault) for one in self.set_aside]
        found += [(one.number, one.doubt) for one in self.rows if one.doubt]
        return sorted(found)


def header_of(sha256: str, file_name: str) -> tuple[str, ...]:
    """The names of a stored table's columns.

    Raises
    ------
    Refusal
        If it is no table that can be read.
    """
    with _as_file(sha256, file_name) as (path, scratch):
        return tuple(as_plain_csv(path, scratch, _is_header).header)


def _is_header(names: Any) -> bool:
    """Whether some names may be a header: two at least that name something."""
    return sum(bool(name.strip()) for name in names) > 1


def suggested(header: tuple[str, ...]) -> dict[str, str]:
    """The column that most likely holds each field; a column serves one field."""
    left = {normalised(name): name for name in header}
    found = {}
    for field, names in COLUMNS.items():
        for name in names:
            if (key := normalised(name)) in left:
                found[field] = left.pop(key)
                break
    return found


def lacking(columns: Mapping[str, str]) -> list[str]:
    """The fields without which no row can be read and that no column was chosen for."""
    return [field for field in REQUIRED if not columns.get(field)]


def contents(table: TraceTable) -> Contents:
    """Read a stored table by its mapping.

    Raises
    ------
    Refusal
        If nothing in it can be read, or the file was lost.
    """
    chosen, order = table.columns["fields"], ORDERS[table.columns["order"]]
    columns = {field: Column((name,), formats=order) for field, name in chosen.items()}
    mapping = json.dumps(table.columns, sort_keys=True)
    schema = TraceSchema(columns, mapping, quotes_cells=False)
    with _as_file(table.file_id, table.file_name) as (path, scratch):
        data = scratch / "data"
        made = import_traces(path, data, retrieved=table.retrieved_on.isoformat(), schema=schema)
        folder = folder_of(data, made.batch)
        return Contents(*rows_kept(folder), tuple(rows_set_aside(folder)))


@contextmanager
def _as_file(sha256: str, file_name: str) -> Iterator[tuple[Path, Path]]:
    """The stored file under a plain name, and a folder to work in.

    Raises
    ------
    Refusal
        If the file was lost, or is no table; with the name under which it was handed in.
    """
    stored = files.path_of(sha256)
    with held_folder(settings.WORKSPACE.tmp, "traces-") as scratch:
        try:
            with stored.open("rb") as stream:
                kind = ".xlsx" if stream.read(2) == b"PK" else ".csv"
            path = scratch / f"handed-in{kind}"
            shutil.copyfile(stored, path)
        except FileNotFoundError as error:
            raise Refusal(f"{file_name}: the file was lost; hand it in again.") from error
        try:
            yield path, scratch
        except UnreadableTableError as error:
            raise Refusal(str(error).replace(path.name, file_name)) from error
