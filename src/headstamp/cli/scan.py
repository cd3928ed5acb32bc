"""``headstamp scan``: what a scan file holds, as another file, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from headstamp.cli.console import print_json, stderr, stdout
from headstamp.errors import HeadstampError, OutputError

if TYPE_CHECKING:
    from headstamp.formats.scan_file import ScanFile
    from headstamp.surfaces.topography import Topography

app = typer.Typer(help="Look at scan files, convert them to X3P, draw them.", no_args_is_help=True)

Scan = Annotated[Path, typer.Argument(metavar="FILE", help="A scan (X3P or AL3D).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]

DRAWN_SLOPE = 0.25
"""Median slope that heights are drawn with when no exaggeration is given."""


@app.command()
def info(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scans (X3P or AL3D).")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say what scan files hold, what was repaired in reading, and whether they can be compared.

    A file that cannot be read is named on standard error; the others are shown all the same.
    """
    from headstamp.cli.scan_facts import facts, print_facts
    from headstamp.formats.scans import read_scan

    found: list[dict[str, Any]] = []
    errors: list[HeadstampError] = []
    for path in files:
        try:
            entry = facts(path, read_scan(path))
        except HeadstampError as error:
            errors.append(error)
            entry = {"file": str(path), "error": str(error)}
        found.append(entry)
        if not as_json and "error" not in entry:
            print_facts(entry)
    if as_json:
        print_json(found)
    for earlier in errors[:-1]:
        stderr.print(f"error: {earlier}", markup=False, soft_wrap=True)
    if errors:
        raise errors[-1]


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A scan (X3P or AL3D).")],
    target: Annotated[Path, typer.Argument(metavar="OUT.x3p", help="The X3P file to write.")],
    *,
    float32: Annotated[bool, typer.Option("--float32", help="Store heights as float32.")] = False,
    float64: Annotated[bool, typer.Option("--float64", help="Store heights as float64.")] = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write a scan as X3P that other programs read.

    Heights keep their type unless one is given. What was repaired in reading is said.
    """
    from headstamp.cli.scan_facts import print_conversion
    from headstamp.formats.scan_conversion import converted
    from headstamp.formats.scans import read_scan
    from headstamp.formats.x3p import write_x3p

    if float32 and float64:
        raise typer.BadParameter("choose one of --float32 and --float64")
    _refuse_target(target, ".x3p", force, source)
    scan = read_scan(source)
    wanted: Literal["float32", "float64"] | None
    wanted = "float32" if float32 else "float64" if float64 else None
    result = converted(scan, wanted)
    write_x3p(target, result)
    print_conversion(source, target, scan, result, as_json)


@app.command()
def render(
    file: Scan,
    target: Annotated[Path, typer.Argument(metavar="OUT.png", help="The picture to write.")],
    *,
    azimuth: Annotated[
        float, typer.Option(help="Where the light stands, degrees: 0 right, 90 top.")
    ] = 135.0,
    elevation: Annotated[
        float, typer.Option(help="How high it stands, degrees.", min=1, max=90)
    ] = 45.0,
    exaggeration: Annotated[
        float | None, typer.Option(help="Multiply heights by this; chosen from the scan if left.")
    ] = None,
    force: Force = False,
) -> None:
    """Draw a scan as a shaded relief, one pixel a point, as it was measured."""
    from math import radians

    from headstamp.formats.atomic import write_atomically
    from headstamp.formats.scans import read_scan
    from headstamp.reports.images import png
    from headstamp.reports.relief import natural_exaggeration, shaded_relief

    _refuse_target(target, ".png", force, file)
    if exaggeration is not None and not 0 < exaggeration < 1e9:
        raise typer.BadParameter("the exaggeration must be positive")
    topography = _topography(file, read_scan(file))
    drawn = exaggeration or natural_exaggeration(topography, DRAWN_SLOPE)
    image = shaded_relief(topography, radians(azimuth), radians(elevation), drawn)
    write_atomically(target, png(image))
    rows, columns = image.shape
    stdout.print(
        f"{target}: {columns} x {rows} pixels, light from {azimuth:g} degrees at {elevation:g}, "
        f"heights x {drawn:.3g}",
        markup=False,
    )


def _topography(path: Path, scan: ScanFile) -> Topography:
    return scan.renamed(str(path)).topography()


def _refuse_target(target: Path, suffix: str, force: bool, source: Path) -> None:
    """Before the work: a name of another format, a file in the way, the source itself."""
    if target.suffix.lower() != suffix:
        raise OutputError(f"{target}: the name must end with {suffix}; give one that does")
    if not target.parent.is_dir():
        raise OutputError(f"{target}: the folder {target.parent} does not exist; make it first")
    if not target.exists():
        return
    if source.exists() and target.samefile(source):
        raise OutputError(f"{target}: is the file that is read; give another name")
    if not force:
        raise OutputError(f"{target}: is there already; give another name, or --force to replace")
