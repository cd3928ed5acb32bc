"""A folder of yearly workbooks as they were read, each file kept once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from headstamp.errors import OutputError, UnreadableTableError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.json_text import json_text
from headstamp.formats.trace_workbooks.reading import Problem, TraceWorkbook
from headstamp.tracing.flows import SourceRecoveryMatrix


def keep(data: Path, read: TraceWorkbook) -> Path:
    """Write a workbook into the folder; one that is there already stays as it is.

    Returns
    -------
    Path
        Its file, named by year and the beginning of the SHA-256.

    Raises
    ------
    OutputError
        If the folder cannot be made or written.
    """
    place = data / "atf" / str(read.matrix.year) / f"{read.sha256[:12]}.json"
    if place.exists():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{place.parent}: cannot be made ({error.strerror})") from error
    content = {
        "format": 1,
        "kept": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "year": read.matrix.year,
        "sources": read.matrix.sources,
        "recoveries": read.matrix.recoveries,
        "counts": read.matrix.counts.tolist(),
        "problems": [asdict(one) for one in read.problems],
        "notes": read.notes,
        "file_name": read.file_name,
        "sha256": read.sha256,
        "sheet": read.sheet,
    }
    write_atomically(place, json_text(content).encode())
    return place


def kept(data: Path) -> dict[int, TraceWorkbook]:
    """The workbook of each year, oldest year first; of several of one year, the one kept last.

    Raises
    ------
    UnreadableTableError
        If there is none, or one is damaged.
    """
    found = sorted(
        map(_read, data.glob("atf/*/*.json")), key=lambda one: (one[1].matrix.year, one[0])
    )
    if not found:
        raise UnreadableTableError(
            f"{data}: holds no workbook of traces; import some with 'headstamp traces import-atf "
            f"FILE --into {data}'"
        )
    return {one.matrix.year: one for _, one in found}


def _read(path: Path) -> tuple[str, TraceWorkbook]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        matrix = SourceRecoveryMatrix(
            content["year"],
            tuple(content["sources"]),
            tuple(content["recoveries"]),
            np.array(content["counts"], np.int64),
        )
        return content["kept"], TraceWorkbook(
            matrix,
            tuple(Problem(**one) for one in content["problems"]),
            tuple(content["notes"]),
            content["file_name"],
            content["sha256"],
            content["sheet"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableTableError(
            f"{path}: is damaged; remove it and import the workbook again"
        ) from error
