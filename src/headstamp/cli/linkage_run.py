"""From files to records and a model, with what is being done on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from headstamp.cli.console import progress_bar
from headstamp.errors import LinkageError
from headstamp.formats.linkage.model_file import load_model
from headstamp.formats.linkage.record_files import read_records
from headstamp.formats.linkage.traced import traced_records
from headstamp.linkage.engine import Engine, engine
from headstamp.linkage.model import Model
from headstamp.linkage.records import Kind, Record, kind_of
from headstamp.linkage.training import train


@dataclass(frozen=True, slots=True)
class Run:
    """Records ready to be compared, and what weighs their agreement."""

    engine: Engine
    model: Model

    def facts(self) -> dict[str, Any]:
        """What was compared, for scripts."""
        return {
            "kind": self.model.kind,
            "records": len(self.engine.records),
            "pairs": self.engine.pairs,
            "expected_pairs_of_one_thing": self.model.prior * self.engine.pairs,
            "learnt_from": self.model.learnt_from,
        }


@contextmanager
def linked(
    kind: str, files: list[Path] | None, traces: Path | None, model: Path | None
) -> Iterator[Run]:
    """Records of files and of a folder of traces, and the model that was given or is learnt.

    Raises
    ------
    LinkageError
        If nothing was given, or the model is of another kind.
    UnreadableTableError
        If a file cannot be read.
    """
    wanted = kind_of(kind)
    given = _model(wanted, model) if model else None
    with progress_bar() as progress, TemporaryDirectory(prefix="headstamp-") as spill:
        task = progress.add_task("Reading", total=3)
        records = _records(wanted, files or [], traces)
        progress.update(task, advance=1, description="Learning")
        with engine(wanted, records, spill) as there:
            learnt = given or train(there)
            progress.update(task, advance=1, description="Comparing")
            yield Run(there, learnt)


def _records(kind: Kind, files: list[Path], traces: Path | None) -> tuple[Record, ...]:
    if not files and traces is None:
        raise LinkageError("give a table of records, or --traces with a folder of them")
    traced = traced_records(kind, traces) if traces else ()
    return (*read_records(kind, files), *traced)


def _model(kind: Kind, path: Path) -> Model:
    found = load_model(path)
    if found.kind != kind:
        raise LinkageError(f"{path}: is a model of {found.kind}s, not of {kind}s")
    return found
