"""What ``headstamp scan info`` says of a file: the facts, and how they are printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from headstamp.cli.console import print_json, stdout
from headstamp.errors import UnsuitableScanError

if TYPE_CHECKING:
    from headstamp.formats.scan_file import ScanFile


@dataclass(frozen=True, slots=True)
class Suitability:
    """Whether a scan can be compared.

    Parameters
    ----------
    reason : str
        Why it cannot; empty where it can.
    usable_area : float
        Square metres; NaN where it cannot.
    usable_share : float
        Of the canvas; NaN where it cannot.
    warnings : tuple of str
    """

    reason: str = ""
    usable_area: float = float("nan")
    usable_share: float = float("nan")
    warnings: tuple[str, ...] = ()


def suitability(scan: ScanFile) -> Suitability:
    """Prepare a scan as a comparison would; a refusal is a fact here, not an error."""
    from headstamp.surfaces.preparation import prepare

    try:
        quality = prepare(scan.topography()).quality
    except UnsuitableScanError as error:
        return Suitability(reason=str(error).removeprefix(f"{scan.name}: "))
    return Suitability("", quality.usable_area, quality.usable_share, quality.warnings)


def facts(path: Path, scan: ScanFile) -> dict[str, Any]:
    """The facts of a scan for ``--json``; lengths in metres, areas in square metres."""
    rows, columns = scan.heights.shape
    metadata, suitable = scan.metadata, suitability(scan)
    lowest, highest = height_range(scan)
    return {
        "file": str(path),
        "format": scan.format,
        "sha256": scan.sha256,
        "columns": columns,
        "rows": rows,
        "data_type": str(scan.heights.dtype),
        "spacing_m": {"x": scan.spacing_x, "y": scan.spacing_y},
        "extent_m": {"x": columns * scan.spacing_x, "y": rows * scan.spacing_y},
        "measured_share": scan.measured_share,
        "height_m": {"min": lowest, "max": highest},
        "region": scan.region,
        "feature_type": metadata.feature_type,
        "manufacturer": metadata.manufacturer,
        "model": metadata.model,
        "serial": metadata.serial,
        "date": metadata.date,
        "calibration_date": metadata.calibration_date,
        "creator": metadata.creator,
        "comment": metadata.comment,
        "mask_image": scan.mask is not None,
        "warnings": list(scan.warnings),
        "quality": {
            "suitable": not suitable.reason,
            "reason": suitable.reason or None,
            "usable_area_m2": suitable.usable_area,
            "usable_share": suitable.usable_share,
            "warnings": list(suitable.warnings),
        },
    }


def height_range(scan: ScanFile) -> tuple[float, float]:
    """Lowest and highest height, metres; NaN where nothing was measured."""
    measured = scan.heights[np.isfinite(scan.heights)]
    if not measured.size:
        return float("nan"), float("nan")
    return float(measured.min()), float(measured.max())


def print_facts(found: dict[str, Any]) -> None:
    """A table of what :func:`facts` found."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in _rows(found):
        if text:
            table.add_row(label, escape(_one_line(text)))
    stdout.print(f"[bold]{escape(_one_line(found['file']))}[/]")
    stdout.print(table)
    for warning in (*found["warnings"], *found["quality"]["warnings"]):
        stdout.print(f"[yellow]warning:[/] {escape(_one_line(warning))}")


def _rows(found: dict[str, Any]) -> list[tuple[str, str | None]]:
    spacing, extent, height = found["spacing_m"], found["extent_m"], found["height_m"]
    instrument = " ".join(part for part in (found["manufacturer"], found["model"]) if part)
    return [
        ("format", f"{found['format'].upper()}, {found['data_type']}"),
        ("points", f"{found['columns']} x {found['rows']}"),
        ("spacing", f"{spacing['x'] * 1e6:.5g} x {spacing['y'] * 1e6:.5g} um"),
        ("extent", f"{extent['x'] * 1e3:.4g} x {extent['y'] * 1e3:.4g} mm"),
        ("measured", f"{100 * found['measured_share']:.1f} %"),
        ("heights", _range(height["min"], height["max"])),
        ("region", found["region"].replace("_", " ")),
        ("instrument", instrument or "not stated"),
        ("serial number", found["serial"]),
        ("scanned", found["date"]),
        ("scanned by", found["creator"]),
        ("calibrated", found["calibration_date"]),
        ("comment", found["comment"]),
        ("SHA-256", found["sha256"]),
        ("for comparing", _verdict(found["quality"])),
    ]


def _range(lowest: float, highest: float) -> str:
    if np.isnan(lowest):
        return "nothing measured"
    return f"{lowest * 1e6:.5g} to {highest * 1e6:.5g} um"


def _verdict(quality: dict[str, Any]) -> str:
    if not quality["suitable"]:
        return f"unsuitable: {quality['reason']}"
    area, share = quality["usable_area_m2"] * 1e6, 100 * quality["usable_share"]
    return f"suitable: {area:.2f} mm2 of usable breech face, {share:.0f} % of the canvas"


def _one_line(text: str) -> str:
    """Without what would move a terminal's cursor: a file's own words are not trusted."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def print_conversion(
    source: Path, target: Path, read: ScanFile, written: ScanFile, as_json: bool
) -> None:
    """What ``headstamp scan convert`` did."""
    from rich.markup import escape

    rows, columns = written.heights.shape
    if as_json:
        print_json(
            {
                "source": str(source),
                "source_sha256": read.sha256,
                "target": str(target),
                "target_sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
                "columns": columns,
                "rows": rows,
                "data_type": str(written.heights.dtype),
                "warnings": list(written.warnings),
            }
        )
        return
    stdout.print(
        f"{source} ({read.format.upper()}, {read.heights.dtype}) written as {target} "
        f"(X3P, {written.heights.dtype}): {columns} x {rows} points",
        markup=False,
    )
    for warning in written.warnings:
        stdout.print(f"[yellow]warning:[/] {escape(_one_line(warning))}")
