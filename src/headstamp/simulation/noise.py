"""Noise of the surface's own band, added to a scan or put in its place."""

from __future__ import annotations

import numpy as np

from headstamp.simulation.texture import band_noise
from headstamp.surfaces.filters import high_pass
from headstamp.surfaces.topography import Heights, Topography

SHORTEST, LONGEST = 16e-6, 250e-6
"""The band in which a comparison reads a surface, metres."""


def add_noise(topography: Topography, ratio: float, random: np.random.Generator) -> Topography:
    """Add noise of the band with a multiple of the RMS that the surface has in it.

    Parameters
    ----------
    topography : Topography
    ratio : float
        RMS of the noise over that of the signal.
    random : Generator
    """
    relief = band_rms(topography)
    noise = _noise(topography, random)
    return topography.with_heights(topography.heights + np.float32(ratio * relief) * noise)


def noise_under_mask(topography: Topography, random: np.random.Generator) -> Topography:
    """Noise alone, where the scan was measured: nothing of its heights is kept."""
    noise = np.float32(1e-6) * _noise(topography, random)
    return topography.with_heights(np.where(topography.valid, noise, np.float32(np.nan)))


def band_rms(topography: Topography) -> float:
    """RMS of a scan's heights within the band, metres."""
    valid = topography.valid
    band = high_pass(topography.heights, valid, LONGEST, topography.spacing)
    return float(np.sqrt(np.square(band[valid], dtype=np.float64).mean()))


def _noise(topography: Topography, random: np.random.Generator) -> Heights:
    rows, columns = topography.heights.shape
    return band_noise(
        (rows, columns), topography.spacing, random, shortest=SHORTEST, longest=LONGEST
    )
