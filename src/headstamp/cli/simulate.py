"""``headstamp simulate``: a collection of synthetic scans whose truth is known."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from headstamp.cli.console import print_json, stdout
from headstamp.errors import OutputError


def simulate(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the scans are written.")],
    *,
    guns: Annotated[int, typer.Option(min=2, help="Firearms.")] = 60,
    scans: Annotated[int, typer.Option(min=4, help="Cartridge cases scanned.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same files.")] = 2017,
    style: Annotated[
        Literal["cropped", "raw"],
        typer.Option(help="cropped: masked and levelled; raw: the whole field of view."),
    ] = "cropped",
    full_circle: Annotated[
        bool,
        typer.Option("--full-circle", help="Cases lie at any rotation, not within 15 degrees."),
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes.  [default: all cores]")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that holds files already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a line.")] = False,
) -> None:
    """Write synthetic breech face scans as X3P files, and their truth as truth.csv.

    Guns, batches with subclass marks, scenes, partial marks and noise: nothing in them is real.
    """
    import numpy as np

    from headstamp.cli.simulate_run import write_collection
    from headstamp.simulation.collection import plan

    prepare(out, force)
    start = time.perf_counter()
    largest = np.pi if full_circle else np.radians(15.0)
    collection = plan(guns, scans, seed, float(largest))
    write_collection(out, collection, style, jobs)
    used = len({scan.gun.name for scan in collection})
    seconds = time.perf_counter() - start
    if as_json:
        print_json(
            {
                "folder": str(out),
                "scans": len(collection),
                "firearms": used,
                "truth": str(out / "truth.csv"),
                "seed": seed,
                "style": style,
                "seconds": seconds,
            }
        )
    else:
        stdout.print(
            f"{len(collection)} scans of {used} synthetic firearms in {out}, their truth in "
            f"{out / 'truth.csv'} ({seconds:.1f} s)",
            markup=False,
        )


def prepare(out: Path, force: bool) -> None:
    """Make the folder; refuse one that holds files unless forced."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; name a folder")
    if out.is_dir() and any(out.iterdir()) and not force:
        raise OutputError(f"{out}: holds files already; name another folder or add --force")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{out}: cannot be made ({error.strerror}); name another folder"
        ) from error
