"""The pictures of a comparison: two scans in the same pose, under the same light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.pose import Pose
from headstamp.comparison.result import CellTable, Comparison
from headstamp.reports.cell_drawing import NO_CORRELATION, DrawnCells, draw_cells
from headstamp.reports.frame import Frame
from headstamp.reports.relief import Image, natural_exaggeration, shaded_relief
from headstamp.reports.surface import Surface
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

LIGHTS: Final = (
    ("from the right", 0.0),
    ("from the upper right", np.pi / 4),
    ("from above", np.pi / 2),
    ("from the upper left", 3 * np.pi / 4),
)
"""Half a circle: light from the other side shows the same marks with dark and bright exchanged."""

MAIN_LIGHT: Final = 3 * np.pi / 4
ELEVATION: Final = np.radians(40.0)
PIXELS: Final = 520
SLOPE: Final = 0.3
LEVEL_SLOPE: Final = 0.65
"""Median slopes that measured surfaces and prepared levels are drawn with."""


@dataclass(frozen=True, slots=True, eq=False)
class AlignedPair:
    """Both surfaces in one frame, A carried onto B.

    Parameters
    ----------
    a, b : Topography
        Measured surfaces, levelled, of the same shape.
    frame : Frame
    """

    a: Topography
    b: Topography
    frame: Frame

    @classmethod
    def of(cls, a: Surface, b: Surface, pose: Pose, pixels: int = PIXELS) -> AlignedPair:
        """Carry A onto B by the pose and draw both on one canvas."""
        frame = Frame.around(b, (a, pose), pixels=pixels)
        return cls(frame.draw(a, pose), frame.draw(b, Pose()), frame)

    def lit(self, azimuth: float) -> tuple[Image, Image]:
        """Both surfaces under one light, each with its natural exaggeration."""
        return light(self.a, azimuth), light(self.b, azimuth)

    def split(self, azimuth: float = MAIN_LIGHT) -> Image:
        """A to the left of a white line and B to its right, where the shared surface is tallest.

        The line lies where 30 to 70 % of the shared surface are on its left.
        """
        left, right = self.lit(azimuth)
        column = self._split_column()
        image = np.concatenate([left[:, :column], right[:, column:]], axis=1)
        image[:, max(0, column - 1) : column + 1] = 255
        return image

    def _split_column(self) -> int:
        tall = np.count_nonzero(self.a.valid & self.b.valid, axis=0)
        if not tall.any():
            return len(tall) // 2
        share = np.cumsum(tall) / tall.sum()
        middle = (share >= 0.3) & (share <= 0.7)
        return int(np.argmax(np.where(middle, tall, -1))) if middle.any() else len(tall) // 2


def light(surface: Topography, azimuth: float = MAIN_LIGHT, slope: float = SLOPE) -> Image:
    """A surface under a low light, its heights exaggerated to that median slope."""
    return shaded_relief(surface, azimuth, ELEVATION, natural_exaggeration(surface, slope))


def cell_drawings(
    comparison: Comparison, a: PreparedScan, b: PreparedScan, frame: Frame
) -> tuple[tuple[str, str], tuple[str, str]]:
    """Cells of A on A and where B has them; cells of B on B and where A has them: SVG.

    Returns
    -------
    ((on A, on B), (on A, on B))
        The first pair for the cells of A, the second for those of B.
    """
    pose = comparison.pose
    grid = frame.at(a.fine.spacing).padded(comparison.cell_size / 2.0)
    images = (
        light(grid.draw(Surface.of_level(a.fine, a.centre), pose), slope=LEVEL_SLOPE),
        light(grid.draw(Surface.of_level(b.fine, b.centre), Pose()), slope=LEVEL_SLOPE),
    )
    of_a, of_b = comparison.cells_of_a, comparison.cells_of_b
    places = (
        (pose.apply(of_a.centre), _met(of_a), of_a, "A"),
        (pose.apply(_met(of_b)), of_b.centre, of_b, "B"),
    )
    drawn = []
    for on_a, on_b, table, owner in places:
        both = zip(images, (on_a, on_b), "AB", strict=True)
        drawn.append(
            tuple(
                draw_cells(
                    image,
                    grid,
                    DrawnCells(place, table.correlation, table.congruent, comparison.cell_size),
                    _label(table, owner, scan),
                )
                for image, place, scan in both
            )
        )
    return drawn[0], drawn[1]  # type: ignore[return-value]


def _met(table: CellTable) -> NDArray[np.float64]:
    """Where the cells were found; NaN for those that met no surface at all."""
    nothing = table.correlation <= NO_CORRELATION
    return np.where(nothing[:, None], np.nan, table.found)


def _label(table: CellTable, owner: str, scan: str) -> str:
    where = "where they lie" if owner == scan else "where they were found"
    return (
        f"Scan {scan} with the cells of scan {owner}, {where}: "
        f"{table.congruent_count} congruent of {len(table)}"
    )
