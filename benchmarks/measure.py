"""How things are timed, and how a figure is printed beside its target."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from threadpoolctl import threadpool_limits

import headstamp

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured number beside its target.

    ``better`` says which way is good: ``low`` or ``high``; ``target`` is None where a figure
    stands for itself.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    better: str = "low"
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the target is met, or nothing where there is none."""
        if self.target is None:
            return ""
        met = self.value <= self.target if self.better == "low" else self.value >= self.target
        return "met" if met else "MISSED"


def seconds(work: Callable[[], Any], least: float = 0.5, rounds: int = 5) -> float:
    """Median time of one call over several rounds, one core, after a warm-up."""
    with threadpool_limits(1):
        work()
        times = []
        end = time.perf_counter() + least
        while len(times) < rounds or time.perf_counter() < end:
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def report(title: str, figures: list[Figure], more: dict[str, Any] | None = None) -> None:
    """Print the figures and keep them as JSON under ``benchmarks/results``."""
    print(f"\n{title}")
    print("-" * len(title))
    for figure in figures:
        target = "" if figure.target is None else f"target {figure.target:g}"
        print(
            f"  {figure.name:<58} {figure.value:>10.4g} {figure.unit:<6} "
            f"{target:<14} {figure.verdict:<7} {figure.note}"
        )
    sys.stdout.flush()
    keep(title, figures, more)


def keep(title: str, figures: list[Figure], more: dict[str, Any] | None = None) -> None:
    """Write figures as JSON under ``benchmarks/results``."""
    RESULTS.mkdir(exist_ok=True)
    document = {
        "title": title,
        "machine": machine(),
        "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in figures],
        **(more or {}),
    }
    name = title.lower().replace(" ", "-").replace(",", "")
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(document, indent=1, default=float) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """What the numbers were measured on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "headstamp": headstamp.__version__,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        named = next(line for line in lines if line.startswith("model name"))
        return named.partition(":")[2].strip()
    except (OSError, StopIteration):
        return platform.processor()
