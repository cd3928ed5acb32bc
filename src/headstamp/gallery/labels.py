"""Labels of scans from a CSV file: the case, exhibit or firearm a scan belongs to."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from headstamp.errors import ReferencePopulationError
from headstamp.gallery.intake import Source

LABELS: Final = ("case", "exhibit", "firearm")
"""What a scan can be labelled with."""


def labelled(
    found: Sequence[Source], table: dict[str, dict[str, str]], common: dict[str, str]
) -> list[Source]:
    """The sources with their labels; those of the table outrank those common to all."""
    return [
        replace(source, labels=common | (table.get(source.name) or table.get(source.path.name, {})))
        for source in found
    ]


def read_labels(path: Path) -> dict[str, dict[str, str]]:
    """Labels by file name.

    Parameters
    ----------
    path : Path
        CSV with the column ``file`` and any of ``case``, ``exhibit``, ``firearm``; other columns
        are left alone.

    Raises
    ------
    ReferencePopulationError
        If it cannot be read, lacks the columns, or names a file twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, skipinitialspace=True, strict=True))
    except OSError as error:
        raise ReferencePopulationError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReferencePopulationError(
            f"{path}: not a CSV table in UTF-8; save it as one"
        ) from error
    return _by_file(path, rows)


def _by_file(path: Path, rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    columns = set(rows[0]) if rows else set()
    if "file" not in columns or not columns & set(LABELS):
        raise ReferencePopulationError(
            f"{path}: needs rows below a first line with 'file' and one or more of "
            f"{', '.join(LABELS)}"
        )
    table: dict[str, dict[str, str]] = {}
    for row in rows:
        name = (row["file"] or "").strip()
        if name in table:
            raise ReferencePopulationError(
                f"{path}: {name} is there twice; keep one row for each file"
            )
        values = {label: (row.get(label) or "").strip() for label in LABELS}
        table[name] = {label: value for label, value in values.items() if value}
    return table
