"""A gallery of 100,000 full-size scans, searched by the command in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.collection import Collection
from benchmarks.measure import Figure, report
from headstamp.formats.scan_file import ScanFile
from headstamp.formats.x3p_write import write_x3p
from headstamp.gallery.items import GalleryItem
from headstamp.gallery.store import Gallery
from headstamp.simulation.distractor import distractor
from headstamp.surfaces.preparation import prepare

SCANS = 100_000
DISTINCT = 200
"""Surfaces that stand for all: what is stored and read is of full size, what differs is not."""

ROOM = 20e9


def run(scans: Collection | None) -> None:
    """Build, search, and print time and memory."""
    del scans
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < ROOM:
            print(f"\nMemory: left out, {ROOM / 1e9:.0f} GB of free disk are needed")
            return
        _run(Path(folder))


def _run(folder: Path) -> None:
    start = time.perf_counter()
    gallery = Gallery.create(folder / "gallery")
    gallery.append(_items())
    made = time.perf_counter() - start
    surface = distractor(10**6, 6.25e-6)
    write_x3p(folder / "query.x3p", ScanFile(surface.heights, surface.spacing, surface.spacing))
    size = sum(path.stat().st_size for path in gallery.path.rglob("*") if path.is_file())
    start = time.perf_counter()
    peak, found = _search(folder)
    seconds = time.perf_counter() - start
    report(
        "Memory of a large gallery",
        [
            Figure("scans in the gallery", SCANS, ""),
            Figure("  on disk", size / 1e9, "GB"),
            Figure("  time to add one that is prepared", 1e3 * made / SCANS, "ms"),
            Figure("headstamp search, one process, whole command", seconds, "s"),
            Figure("  peak resident memory", peak / 2**30, "GiB", 4.0, note=f"{found} candidates"),
        ],
    )


def _items() -> Iterator[GalleryItem]:
    base = [
        GalleryItem.of(f"d{seed}", f"{seed:064x}", prepare(distractor(seed)))
        for seed in range(DISTINCT)
    ]
    for number in range(SCANS):
        item = base[number % DISTINCT]
        yield GalleryItem(f"s{number}", f"{number:064x}", item.scan, item.descriptor)


def _search(folder: Path) -> tuple[float, int]:
    """Peak resident bytes of the command, and how many candidates it printed."""
    command = [sys.executable, "-m", "headstamp.cli.main", "search", str(folder / "query.x3p")]
    command += ["--gallery", str(folder / "gallery"), "--jobs", "1", "--json"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    peak, printed = peak_of(running)
    return peak, len(json.loads(printed))


def peak_of(running: subprocess.Popen[bytes]) -> tuple[float, bytes]:
    """Peak resident bytes of a process that has just been started, and what it printed."""
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(running.pid, peak), daemon=True)
    watcher.start()
    printed, _ = running.communicate()
    watcher.join()
    return peak[0], printed


def _watch(process: int, peak: list[float]) -> None:
    """Follow the kernel's own high-water mark until the process ends."""
    status = Path(f"/proc/{process}/status")
    while True:
        try:
            lines = status.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            return
        marks = [line for line in lines if line.startswith("VmHWM:")]
        if not marks:
            return
        peak[0] = max(peak[0], 1024.0 * int(marks[0].split()[1]))
        time.sleep(0.1)
