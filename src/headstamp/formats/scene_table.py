"""Which scans of a folder belong to the newest scene, and what is known of their source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from headstamp.errors import ReferencePopulationError, UnreadableScanError
from headstamp.formats.scans import read_scan, scan_paths

MOST_CASES = 6
"""Cartridge cases of one scene that are searched."""


@dataclass(frozen=True, slots=True)
class CollectedScan:
    """One scan of a collection.

    Parameters
    ----------
    path : Path
    source : str
        The firearm it is known to come from; empty where that is not known.
    incident, date : str
        Of its scene, the date as ISO 8601; empty where not known.
    """

    path: Path
    source: str = ""
    incident: str = ""
    date: str = ""


def collected_scans(folder: Path, truth: Path | None = None) -> list[CollectedScan]:
    """The scans of a folder, with what a table beside them says.

    Parameters
    ----------
    folder : Path
    truth : Path, optional
        CSV with the column ``file``, a second column that names the source, and perhaps
        ``incident`` and ``date``; by default ``truth.csv`` in the folder, where there is one.

    Raises
    ------
    UnreadableScanError
        If the folder is missing or holds fewer than two scans.
    ReferencePopulationError
        If the table cannot be read.
    """
    if not folder.is_dir():
        raise UnreadableScanError(f"{folder}: there is no such folder; check the name")
    table = truth or folder / "truth.csv"
    known = _rows(table) if truth or table.is_file() else {}
    scans = [
        CollectedScan(path, *known.get(path.relative_to(folder).as_posix(), ("", "", "")))
        for path in scan_paths(folder)
    ]
    if len(scans) < 2:
        raise UnreadableScanError(f"{folder}: at least two scans are needed, it holds {len(scans)}")
    return scans


def newest_scene(scans: list[CollectedScan]) -> list[CollectedScan]:
    """The scans of the newest incident; where no incidents are known, the newest scan alone.

    Without dates in the table the date of measurement in each file decides, then the name.
    """
    if any(scan.incident for scan in scans):
        newest = max((scan for scan in scans if scan.incident), key=lambda s: (s.date, s.incident))
        return [scan for scan in scans if scan.incident == newest.incident][:MOST_CASES]
    return [max(scans, key=lambda scan: (_measured(scan.path), scan.path.name))]


def _measured(path: Path) -> str:
    try:
        return read_scan(path).metadata.date or ""
    except UnreadableScanError:
        return ""


def _rows(path: Path) -> dict[str, tuple[str, str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferencePopulationError(f"{path}: cannot be read as a CSV table: {error}") from error
    names = list(rows[0]) if rows else []
    if len(names) < 2 or "file" not in names:
        raise ReferencePopulationError(
            f"{path}: needs a column 'file' and a second one that names the source"
        )
    source = next(name for name in names if name != "file")
    return {
        row["file"]: (row[source] or "", row.get("incident") or "", row.get("date") or "")
        for row in rows
        if row["file"]
    }
