"""One firing: how a breech face marks a primer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy import ndimage

from headstamp.comparison.pose import Pose
from headstamp.simulation.firearm import FACE_SPACING, Firearm, face
from headstamp.simulation.primer import cropped_mask, form, raw_primer
from headstamp.simulation.sensor import Sensor, measure
from headstamp.simulation.texture import band_noise
from headstamp.surfaces.topography import Heights, Topography

Style: TypeAlias = Literal["cropped", "raw"]
CANVAS: Final[dict[Style, float]] = {"cropped": 3.4e-3, "raw": 4.8e-3}
"""Side of the scan, metres."""


@dataclass(frozen=True, slots=True)
class Firing:
    """What varies from one firing of a gun to the next.

    Parameters
    ----------
    seed : int
    rotation : float
        Radians.
    shift : (y, x)
        Metres.
    contact : float
        Share of the primer that the breech face reached.
    foreign : float
        RMS of the primer's own texture, as a share of the breech face's relief.
    gain : float
        How fully the relief was impressed.
    drag : float
        Length over which the impression was smeared, metres.
    """

    seed: int
    rotation: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    contact: float = 0.85
    foreign: float = 0.3
    gain: float = 0.8
    drag: float = 0.0

    @property
    def pose(self) -> Pose:
        """Carries the breech face onto the scan; both about their centres."""
        return Pose(self.rotation, self.shift)


def draw_firing(seed: int, largest_rotation: float = np.radians(15.0)) -> Firing:
    """A firing with everything drawn at random.

    Parameters
    ----------
    seed : int
    largest_rotation : float
        Radians; pi for the full circle.
    """
    random = np.random.default_rng([seed, 3])
    shift = np.clip(random.normal(0.0, 90e-6, 2), -500e-6, 500e-6)
    return Firing(
        seed=seed,
        rotation=float(random.uniform(-largest_rotation, largest_rotation)),
        shift=(float(shift[0]), float(shift[1])),
        contact=float(random.uniform(0.8, 0.99)),
        foreign=float(random.uniform(0.1, 0.4)),
        gain=float(random.uniform(0.6, 1.0)),
        drag=float(random.choice([0.0, 0.0, 20e-6])),
    )


def fire(
    firearm: Firearm, firing: Firing, sensor: Sensor | None = None, style: Style = "cropped"
) -> Topography:
    """The scan of the cartridge case of one firing.

    Parameters
    ----------
    firearm : Firearm
    firing : Firing
    sensor : Sensor, optional
    style : ``cropped`` or ``raw``
        A disc cut out and levelled, or the whole field of view with crater, rim and case head.
    """
    sensor = sensor or Sensor()
    random = np.random.default_rng([firearm.seed, firing.seed, 4])
    size = round(CANVAS[style] / sensor.spacing)
    heights = _impression(firearm, firing, size, sensor.spacing, random)
    # The primer, its form and its mask know the firing and not the gun.
    case = np.random.default_rng([firing.seed, 5])
    heights += form((size, size), sensor.spacing, case)
    if style == "raw":
        heights = raw_primer(heights, sensor.spacing, case)
        return Topography(measure(heights, sensor, case), sensor.spacing)
    measured = measure(heights, sensor, case)
    mask = cropped_mask((size, size), sensor.spacing, case)
    return Topography(np.where(mask, measured, np.float32(np.nan)), sensor.spacing)


def _impression(
    firearm: Firearm,
    firing: Firing,
    size: int,
    spacing: float,
    random: np.random.Generator,
) -> Heights:
    shape = (size, size)
    pressed = firing.gain * _carried(face(firearm), firing.pose, size, spacing)
    if firing.drag > 0:
        pressed = ndimage.uniform_filter1d(pressed, max(1, round(firing.drag / spacing)), axis=0)
    level = band_noise(shape, spacing, random, shortest=400e-6, longest=4e-3)
    reached = level <= np.quantile(level, firing.contact)
    contact = ndimage.gaussian_filter(reached.astype(np.float32), 40e-6 / spacing)
    own = firearm.relief * band_noise(
        shape, spacing, random, shortest=20e-6, longest=300e-6, falloff=1.0
    )
    mixed = contact * pressed + (firing.foreign + (1 - contact) * (1 - firing.foreign)) * own
    return np.asarray(mixed, dtype=np.float32)


def _carried(values: Heights, pose: Pose, size: int, spacing: float) -> Heights:
    """The face sampled at the points of the scan."""
    back = pose.inverse()
    scale = spacing / FACE_SPACING
    matrix = back.matrix * scale
    centre = (np.asarray(values.shape) - 1) / 2
    offset = centre + np.asarray(back.shift) / FACE_SPACING - matrix @ np.full(2, (size - 1) / 2)
    carried: Heights = ndimage.affine_transform(
        values, matrix, offset, output_shape=(size, size), order=1, mode="reflect"
    )
    return carried
