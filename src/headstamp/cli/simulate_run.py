"""Write a planned collection: every scan in a process of the pool, then the table of truth."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from pathlib import Path
from typing import Any

from headstamp.cli.console import track
from headstamp.formats.atomic import write_atomically
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.x3p_write import write_x3p
from headstamp.gallery.processes import WorkerPool, available_cores
from headstamp.simulation.collection import SimulatedScan, topography
from headstamp.simulation.firing import Style


def write_collection(
    folder: Path, collection: list[SimulatedScan], style: Style, jobs: int | None
) -> None:
    """Write each scan as X3P, then ``truth.csv``: a folder with a truth is a whole collection."""
    orders = [(folder, scan, style) for scan in collection]
    with closing(WorkerPool(jobs or available_cores())) as pool:
        written = pool.ordered(_write, orders)
        for _ in track(written, "Simulating scans", total=len(orders)):
            pass
    write_atomically(folder / "truth.csv", _truth(collection).encode())


def _write(order: tuple[Path, SimulatedScan, Style]) -> None:
    folder, scan, style = order
    surface = topography(scan, style)
    metadata = ScanMetadata(
        date=f"{scan.day.isoformat()}T12:00:00",
        creator="headstamp simulate",
        manufacturer="SYNTHETIC",
        model="headstamp simulation",
        serial="0",
        calibration_date="2015-01-01T00:00:00",
        probing_type="Software",
        comment="SYNTHETIC breech face: simulated, not measured",
    )
    file = ScanFile(surface.heights, surface.spacing, surface.spacing, metadata=metadata)
    write_x3p(folder / f"{scan.name}.x3p", file)


def _truth(collection: list[SimulatedScan]) -> str:
    rows = [_row(scan) for scan in collection]
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _row(scan: SimulatedScan) -> dict[str, Any]:
    y, x = scan.firing.shift
    return {
        "file": f"{scan.name}.x3p",
        "firearm": scan.gun.name,
        "batch": scan.gun.batch,
        "incident": scan.incident,
        "date": scan.day.isoformat(),
        "place": scan.place,
        "texture": scan.gun.firearm.texture,
        "make": scan.gun.make,
        "calibre": scan.gun.calibre,
        "partial": "yes" if scan.partial_area else "no",
        "noisy": "yes" if scan.noise else "no",
        "rotation_deg": f"{scan.firing.pose.rotation_deg:.3f}",
        "shift_y_um": f"{y * 1e6:.2f}",
        "shift_x_um": f"{x * 1e6:.2f}",
    }
