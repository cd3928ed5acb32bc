"""Pose candidates: where one scan may lie on another, by exhaustive correlation at 50 um.

The levels have zero mean and unit RMS in every neighbourhood, so that the correlation of the
overlapping parts is their product's sum over their area, and two transforms an angle suffice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from headstamp.comparison.backend import Array, Backend, backend, fast_length
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.comparison.pose import Pose
from headstamp.comparison.warp import Source
from headstamp.surfaces.prepared import Level

Shape: TypeAlias = tuple[int, int]

_NOWHERE: Final = -np.inf


@dataclass(frozen=True, slots=True)
class PoseCandidate:
    """A pose and how well the scans agree there.

    Parameters
    ----------
    pose : Pose
        About the centres of the two levels.
    score : float
        Correlation times the square root of the number of shared points.
    """

    pose: Pose
    score: float


@dataclass(slots=True, eq=False)
class QueryPoses:
    """A query turned through every angle, with its transforms kept.

    Parameters
    ----------
    angles : float64 (K,)
        Radians.
    values, valid : float32 (K, h, w)
        The turned images and masks on one canvas.
    parameters : ComparisonParameters
    spacing : float
        Metres.
    area : float
        Usable surface, square metres.
    backend_name : str
    """

    angles: NDArray[np.float64]
    values: NDArray[np.float32]
    valid: NDArray[np.float32]
    parameters: ComparisonParameters
    spacing: float
    area: float
    backend_name: str = "numpy"
    _spectra: dict[Shape, tuple[Array, Array]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, level: Level, parameters: ComparisonParameters, backend_name: str = "numpy"
    ) -> QueryPoses:
        """Turn a pose level through every angle of the parameters."""
        angles = rotation_angles(parameters)
        # Canvases of the same parity share their centre point: no half-point blur at angle 0.
        diagonal = int(np.ceil(np.hypot(*level.codes.shape))) + 2
        rows, columns = (n + 2 * ((diagonal - n + 1) // 2) for n in level.codes.shape)
        source = Source.of(level)
        turned = [source.carried(Pose(float(angle)), (rows, columns)) for angle in angles]
        values = np.stack([image for image, _ in turned])
        valid = np.stack([mask for _, mask in turned])
        support = tuple(
            _symmetric_support(np.asarray(valid.any(axis=(0, other)))) for other in (2, 1)
        )
        return cls(
            angles,
            np.ascontiguousarray(values[:, *support]),
            np.ascontiguousarray(valid[:, *support]).astype(np.float32),
            parameters,
            level.spacing,
            float(np.count_nonzero(level.valid)) * level.spacing**2,
            backend_name,
        )

    def spectra(self, shape: Shape) -> tuple[Array, Array]:
        """Conjugate transforms at a size: of the images, and the low quarter of the masks'."""
        if shape not in self._spectra:
            on = backend(self.backend_name)
            values = on.xp.conj(on.rfft2(on.to_device(self.values), s=shape))
            masks = on.xp.conj(on.rfft2(on.to_device(self.valid), s=shape))
            self._spectra[shape] = values, 4.0 * _low(masks, (shape[0] // 2, shape[1] // 2))
        return self._spectra[shape]

    def reach(self, size: tuple[int, ...]) -> Shape:
        """Largest shift tried against an item of this size, points: the smaller scan may lie
        anywhere on the larger, and the margin of the parameters beyond."""
        margin = round(self.parameters.shift_margin / self.spacing)
        rows, columns = (
            abs(turned - n) // 2 + margin
            for turned, n in zip(self.values.shape[1:], size, strict=True)
        )
        return rows, columns

    def __getstate__(self) -> tuple[object, ...]:
        return (
            self.angles,
            self.values,
            self.valid,
            self.parameters,
            self.spacing,
            self.area,
            self.backend_name,
        )

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=False):
            setattr(self, name, value)
        self._spectra = {}


def rotation_angles(parameters: ComparisonParameters) -> NDArray[np.float64]:
    """The rotations tried, radians: float64 (K,)."""
    reach, step = parameters.rotation_range_deg, parameters.rotation_step_deg
    count = int(np.floor(reach / step + 1e-9))
    angles = step * np.arange(-count, count + 1)
    if reach >= 180.0:
        angles = angles[angles < 180.0 - 1e-9]
    return np.asarray(np.radians(angles))


def pose_candidates(query: QueryPoses, item: Level) -> list[PoseCandidate]:
    """The best poses of the query on the item, apart from each other, best first.

    Empty when the two never share the least overlap.
    """
    on = backend(query.backend_name)
    scores, reach = _score_maps(query, item, on)
    flat = scores.reshape(scores.shape[0], -1)
    places = on.xp.argmax(flat, axis=1)
    places = on.to_numpy(places)
    best = on.to_numpy(on.xp.max(flat, axis=1))
    rows, columns = np.divmod(places, scores.shape[2])
    return _apart(query, item, best, rows - reach[0], columns - reach[1])


def screen(query: QueryPoses, item: Level) -> float:
    """The best score over every pose; ``-inf`` when the two never share the least overlap."""
    scores, _ = _score_maps(query, item, backend(query.backend_name))
    return float(scores.max())


def _score_maps(query: QueryPoses, item: Level, on: Backend) -> tuple[Array, Shape]:
    """Score at every angle and shift: (K, 2*reach+1, 2*reach+1), and the reach in points."""
    turned, size = query.values.shape[1:], item.codes.shape
    reach = query.reach(size)
    # Circular correlation: aliases must fall outside the shifts that are read. An even length
    # lets the overlap, which is smooth, be transformed at half the resolution.
    transform = (
        _even_length(turned[0], size[0], reach[0]),
        _even_length(turned[1], size[1], reach[1]),
    )
    window = (2 * reach[0] + 1, 2 * reach[1] + 1)
    offset = [r - (n - m) // 2 for r, n, m in zip(reach, size, turned, strict=True)]
    spectrum = on.rfft2(on.to_device(_placed(item, transform, offset)), s=transform)
    values, masks = query.spectra(transform)
    total = on.corner(spectrum[0] * values, transform, window)
    half = (transform[0] // 2, transform[1] // 2)
    shared = on.corner(_low(spectrum[1], half) * masks, half, (reach[0] + 1, reach[1] + 1))
    shared = on.xp.repeat(on.xp.repeat(shared, 2, axis=1), 2, axis=2)[:, : window[0], : window[1]]
    least = query.parameters.least_overlap / query.spacing**2
    scores = total / on.xp.sqrt(on.xp.clip(shared, least, None))
    return on.xp.where(shared >= least, scores, _NOWHERE), reach


def _placed(item: Level, transform: Shape, offset: list[int]) -> NDArray[np.float32]:
    """Image and mask of an item on the transform's canvas, moved (with wrap) by an offset."""
    canvas = np.zeros((2, *transform), dtype=np.float32)
    canvas[0, : item.codes.shape[0], : item.codes.shape[1]] = item.values
    canvas[1, : item.codes.shape[0], : item.codes.shape[1]] = item.valid
    return np.roll(canvas, offset, axis=(1, 2))


def _even_length(turned: int, size: int, reach: int) -> int:
    return 2 * fast_length((turned + size) // 4 + reach // 2 + 1)


def _low(spectrum: Array, half: Shape) -> Array:
    """The low quarter of a spectrum, scaled so that a transform of half the size inverts it."""
    rows = np.concatenate([np.arange(half[0] // 2), np.arange(-((half[0] + 1) // 2), 0)])
    return spectrum[..., rows, : half[1] // 2 + 1] / 4.0


def _apart(
    query: QueryPoses,
    item: Level,
    scores: NDArray[np.float32],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> list[PoseCandidate]:
    """Greedy choice of the best peaks that differ enough in angle or place."""
    parameters = query.parameters
    # An odd and an even canvas have centres half a point apart.
    half = [
        ((size - turned) // 2) - (size - turned) / 2
        for size, turned in zip(item.codes.shape, query.values.shape[1:], strict=True)
    ]
    area = min(query.area, float(np.count_nonzero(item.valid)) * item.spacing**2)
    wanted = (
        parameters.candidates if area >= parameters.partial_area else parameters.candidates_partial
    )
    chosen: list[PoseCandidate] = []
    for index in np.argsort(-scores, kind="stable"):
        if not np.isfinite(scores[index]) or len(chosen) == wanted:
            break
        shift = (
            float(rows[index] + half[0]) * query.spacing,
            float(columns[index] + half[1]) * query.spacing,
        )
        pose = Pose(float(query.angles[index]), shift)
        if all(_differ(pose, other.pose, parameters) for other in chosen):
            chosen.append(PoseCandidate(pose, float(scores[index])))
    return chosen


def _differ(a: Pose, b: Pose, parameters: ComparisonParameters) -> bool:
    turn = abs(Pose(a.rotation - b.rotation).rotation_deg)
    way = float(np.hypot(a.shift[0] - b.shift[0], a.shift[1] - b.shift[1]))
    return turn >= parameters.candidate_separation_deg or way >= parameters.candidate_separation


def _symmetric_support(used: NDArray[np.bool_]) -> slice:
    """The part of an axis about its centre that holds everything used."""
    places = np.flatnonzero(used)
    if not len(places):
        return slice(0, len(used))
    margin = int(min(places[0], len(used) - 1 - places[-1]))
    return slice(margin, len(used) - margin)
