"""``headstamp gallery``: make a gallery, add scans to it, list it, check it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headstamp.cli.console import print_json, progress_bar, stderr, stdout
from headstamp.errors import GalleryError

if TYPE_CHECKING:
    from headstamp.gallery.intake import Source
    from headstamp.gallery.records import Record
    from headstamp.gallery.verify import Verification

app = typer.Typer(help="Make a gallery of scans, add to it, list it, check it.")

Folder = Annotated[Path, typer.Argument(metavar="GALLERY", help="Folder of the gallery.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Processes that prepare scans.  [default: all cores]"),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.command()
def create(
    gallery: Folder,
    scans: Annotated[
        Path | None, typer.Option("--from", help="Add every scan of this folder at once.")
    ] = None,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Make an empty gallery, or one of all scans in a folder."""
    from headstamp.gallery.intake import sources
    from headstamp.gallery.store import Gallery

    found = sources([scans]) if scans else []
    made = Gallery.create(gallery)
    if found:
        _add(made, found, jobs, as_json)
    elif as_json:
        print_json({"gallery": str(gallery), "records": 0})
    else:
        stdout.print(f"An empty gallery is at {gallery}.", markup=False)


@app.command()
def add(
    gallery: Folder,
    scans: Annotated[list[Path], typer.Argument(metavar="SCANS...", help="Files and folders.")],
    *,
    case: Annotated[str | None, typer.Option(help="Case number of all these scans.")] = None,
    labels: Annotated[
        Path | None,
        typer.Option(help="CSV with the column file and any of case, exhibit, firearm."),
    ] = None,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Add scans; a scan that cannot be used is reported and the others go on (exit code 3)."""
    from headstamp.gallery.intake import sources
    from headstamp.gallery.labels import labelled, read_labels
    from headstamp.gallery.store import Gallery

    opened = Gallery.open(gallery)
    opened.require_current()
    table = read_labels(labels) if labels else {}
    found = labelled(sources(scans), table, {"case": case} if case else {})
    _add(opened, found, jobs, as_json)


def _add(gallery: Any, found: list[Source], jobs: int | None, as_json: bool) -> None:
    from headstamp.cli.adding import add_scans, report

    report(add_scans(gallery, found, jobs), gallery, as_json)


@app.command("list")
def list_(gallery: Folder, as_json: Json = False) -> None:
    """List the scans of a gallery."""
    from rich.markup import escape
    from rich.table import Column, Table

    from headstamp.gallery.store import Gallery

    opened = Gallery.open(gallery)
    if as_json:
        print_json([_described(record) for record in opened.records()])
        return
    if not len(opened):
        stdout.print(f"{gallery} is empty; add scans with 'headstamp gallery add'.", markup=False)
        return
    names = ("#", "scan", "mark", "area mm²", "instrument", "case", "exhibit", "firearm")
    table = Table(*(Column(name, overflow="fold") for name in names))
    for record in opened.records():
        labels = [record.labels.get(name, "") for name in ("case", "exhibit", "firearm")]
        cells = [record.name, record.region, f"{record.quality.usable_area * 1e6:.2f}"]
        texts = [str(record.index), *cells, record.instrument, *labels]
        table.add_row(*map(escape, texts))
    stdout.print(table)


def _described(record: Record) -> dict[str, Any]:
    return {
        "index": record.index,
        "scan": record.name,
        "sha256": record.sha256,
        "region": record.region,
        "usable_area_mm2": record.quality.usable_area * 1e6,
        "warnings": list(record.quality.warnings),
        "instrument": record.instrument,
        "labels": record.labels,
        "added_at": record.added_at,
    }


@app.command()
def verify(
    gallery: Folder,
    hashes_only: Annotated[
        bool, typer.Option("--hashes-only", help="Do not compute the descriptors again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check every record of a gallery; names those that are not as they were added."""
    from headstamp.gallery.verify import verify as check

    started = time.perf_counter()
    with progress_bar() as progress:
        task = progress.add_task("Checking", total=None)
        found = check(gallery, not hashes_only, lambda done: progress.update(task, completed=done))
    seconds = time.perf_counter() - started
    if as_json:
        print_json(_findings(gallery, found, seconds))
    else:
        _print_findings(found, seconds)
    if not found.sound:
        first = found.broken[0]
        raise GalleryError(
            f"{gallery}: {len(found.broken)} of {found.records} records are broken, the first is "
            f"record {first.index} {first.name}: {first.problems[0]}; restore the gallery from a "
            "backup, or rebuild it with 'headstamp gallery create NEW --from FOLDER'"
        )


def _findings(gallery: Path, found: Verification, seconds: float) -> dict[str, Any]:
    return {
        "gallery": str(gallery),
        "records": found.records,
        "sound": found.sound,
        "broken": [
            {"index": broken.index, "scan": broken.name, "problems": list(broken.problems)}
            for broken in found.broken
        ],
        "notes": list(found.notes),
        "seconds": round(seconds, 3),
    }


def _print_findings(found: Verification, seconds: float) -> None:
    from rich.markup import escape
    from rich.table import Table

    for note in found.notes:
        stderr.print(f"[yellow]note:[/] {escape(note)}")
    if found.sound:
        stdout.print(f"All {found.records} records are as they were added ({seconds:.1f} s).")
        return
    table = Table("#", "scan", "what is wrong", title="Broken records", title_justify="left")
    for broken in found.broken:
        table.add_row(str(broken.index), escape(broken.name), escape("; ".join(broken.problems)))
    stdout.print(table)
