"""What a linkage on another engine of Splink needs: settings, prepared records, frequencies."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from headstamp.errors import OutputError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.linkage.model_file import save_model
from headstamp.linkage.engine import Engine, common
from headstamp.linkage.model import ID, Dialect, Model
from headstamp.linkage.records import key_of


def export(folder: Path, engine: Engine, model: Model, dialect: Dialect) -> list[Path]:
    """Write ``settings.json``, ``records.csv``, ``keys.csv`` and a table of frequencies a column.

    Raises
    ------
    OutputError
        If they cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be made ({error.strerror}); name another folder"
        ) from error
    save_model(folder / "settings.json", model, dialect)
    keys = [(number, *key_of(one)) for number, one in enumerate(engine.records)]
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]] = {
        "records": engine.prepared(),
        "keys": ((ID, "source", "id"), keys),
        **{
            f"frequencies-{column}": ((column, f"tf_{column}"), engine.frequencies(column))
            for column in common(engine.kind)
        },
    }
    for name, (header, rows) in tables.items():
        write_atomically(folder / f"{name}.csv", _csv(header, rows))
    return [folder / "settings.json", *(folder / f"{name}.csv" for name in tables)]


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
