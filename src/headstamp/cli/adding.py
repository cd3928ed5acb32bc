"""What ``gallery add`` and ``gallery create --from`` do, and how they sum it up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.errors import HeadstampError, UnreadableScanError
from headstamp.gallery.intake import Failure, Source, items
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.processes import WorkerPool, available_cores
from headstamp.gallery.records import Record
from headstamp.gallery.store import Gallery

FEW = 4
"""Up to this many scans are prepared here: starting processes would take longer."""


@dataclass
class Summary:
    """What became of the scans so far; ``added`` holds only what is durable."""

    added: list[Record] = field(default_factory=list)
    duplicates: Sequence[tuple[str, int]] = ()
    failed: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def as_dict(self, gallery: Gallery) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "gallery": str(gallery.path),
            "records": len(gallery),
            "added": [
                {"index": record.index, "scan": record.name, "sha256": record.sha256}
                for record in self.added
            ],
            "duplicates": [
                {"scan": name, "same_as": gallery.record(index).name, "index": index}
                for name, index in self.duplicates
            ],
            "failed": [{"scan": failure.name, "reason": failure.reason} for failure in self.failed],
            "seconds": round(self.seconds, 3),
        }


def add_scans(gallery: Gallery, found: Sequence[Source], jobs: int | None) -> Summary:
    """Prepare and add; shows progress, and on a failure says how many scans are safe."""
    summary = Summary()
    started = time.perf_counter()
    jobs = jobs or (1 if len(found) <= FEW else available_cores())
    pool = closing(WorkerPool(jobs)) if jobs > 1 else nullcontext()
    with pool as workers, progress_bar() as progress:
        task = progress.add_task("Adding scans", total=len(found))

        def usable() -> Iterator[GalleryItem]:
            for item in items(found, gallery.header.preparation, workers):
                progress.advance(task)
                if isinstance(item, GalleryItem):
                    yield item
                else:
                    summary.failed.append(item)

        try:
            appended = gallery.append(usable(), summary.added.append)
        except HeadstampError as error:
            safe = f"; {len(summary.added)} scans were added before this and are safe"
            raise type(error)(f"{error}{safe if summary.added else ''}") from error
    summary.duplicates = appended.duplicates
    summary.seconds = time.perf_counter() - started
    return summary


def report(summary: Summary, gallery: Gallery, as_json: bool) -> None:
    """Print what happened.

    Raises
    ------
    UnreadableScanError
        If a scan could not be added, after everything has been printed.
    """
    if as_json:
        print_json(summary.as_dict(gallery))
    else:
        _print_tables(summary, gallery)
    if summary.failed:
        total = len(summary.failed) + len(summary.added) + len(summary.duplicates)
        raise UnreadableScanError(
            f"{len(summary.failed)} of {total} scans could not be added "
            f"(the first: {summary.failed[0].name}); mend or remove them and add again"
        )


def _print_tables(summary: Summary, gallery: Gallery) -> None:
    for name, index in summary.duplicates:
        stderr.print(
            f"[yellow]left out:[/] {escape(name)} is the same file as record {index}, "
            f"{escape(gallery.record(index).name)}"
        )
    if summary.failed:
        failures = Table("scan", "why it was not added", title="Not added", title_justify="left")
        for failure in summary.failed:
            failures.add_row(escape(failure.name), escape(failure.reason))
        stderr.print(failures)
    table = Table(title=escape(str(Path(gallery.path))), title_justify="left")
    for column in ("added", "left out (same file)", "not added", "in the gallery", "seconds"):
        table.add_column(column, justify="right")
    counts = (len(summary.added), len(summary.duplicates), len(summary.failed), len(gallery))
    table.add_row(*map(str, counts), f"{summary.seconds:.1f}")
    stdout.print(table)
