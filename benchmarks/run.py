"""``make bench``: every measurement beside its target, on one core.

Name parts to run only those: ``python -m benchmarks.run speed accuracy``.
"""

from __future__ import annotations

import sys

from threadpoolctl import threadpool_limits

from benchmarks import (
    accuracy,
    calibration,
    city,
    claims,
    figures,
    linkage,
    memory,
    public_pages,
    robustness,
    scaling,
    speed,
    traces,
)
from benchmarks.collection import real_scans

PARTS = {
    "speed": speed.run,
    "accuracy": accuracy.run,
    "robustness": robustness.run,
    "calibration": calibration.run,
    "scaling": scaling.run,
    "memory": memory.run,
    "city": city.run,
    "figures": figures.run,
    "traces": traces.run,
    "linkage": linkage.run,
    "public-pages": public_pages.run,
    "claims": claims.run,
}

SYNTHETIC = ("scaling", "memory", "city", "figures", "claims", "traces", "linkage",
             "public-pages")  # fmt: skip
"""Parts that need no real scans."""


def main() -> int:
    """Run the parts that were named, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in wanted if name not in PARTS]:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    scans = real_scans()
    if scans is None:
        print("The real scans (../shared/data/scans/fadul) are not beside this checkout:")
        print("only what is synthetic can be measured.")
        wanted = [name for name in wanted if name in SYNTHETIC]
    for name in wanted:
        with threadpool_limits(1):
            PARTS[name](scans)
    return 0


if __name__ == "__main__":
    sys.exit(main())
