"""What an instrument adds to a surface: blur, noise, spikes, missing points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from headstamp.surfaces.topography import Heights


@dataclass(frozen=True, slots=True)
class Sensor:
    """An instrument.

    Parameters
    ----------
    spacing : float
        Metres.
    blur : float
        Sigma of its resolution, metres.
    noise : float
        RMS, metres.
    spikes : float
        Share of the points that are thrown off by micrometres.
    steepest : float
        Slope beyond which nothing is measured.
    """

    spacing: float = 6.25e-6
    blur: float = 4e-6
    noise: float = 0.04e-6
    spikes: float = 2e-4
    steepest: float = 0.6


def measure(heights: Heights, sensor: Sensor, random: np.random.Generator) -> Heights:
    """The surface as the instrument sees it: float32 (H, W), metres, NaN = not measured."""
    seen = ndimage.gaussian_filter(heights, sensor.blur / sensor.spacing)
    noise = ndimage.gaussian_filter(random.standard_normal(seen.shape, dtype=np.float32), 0.7)
    seen = seen + np.float32(sensor.noise / max(float(noise.std()), 1e-30)) * noise
    spiked = random.random(seen.shape, dtype=np.float32) < sensor.spikes
    seen[spiked] += random.normal(0, 15e-6, int(spiked.sum())).astype(np.float32)
    slope_y, slope_x = np.gradient(ndimage.gaussian_filter(heights, 1.0), sensor.spacing)
    seen[np.hypot(slope_y, slope_x) > sensor.steepest] = np.nan
    return np.asarray(seen, dtype=np.float32)
