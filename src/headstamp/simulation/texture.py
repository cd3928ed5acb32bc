"""Random surfaces by filtering white noise: the textures that tools leave on steel and brass."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from headstamp.surfaces.topography import Heights

TextureKind: TypeAlias = Literal["milled", "granular", "circular", "mixed"]
KINDS: tuple[TextureKind, ...] = ("milled", "granular", "circular", "mixed")


def band_noise(
    shape: tuple[int, int],
    spacing: float,
    random: np.random.Generator,
    *,
    shortest: float = 16e-6,
    longest: float = 250e-6,
    stretch: float = 1.0,
    direction: float = 0.0,
    falloff: float = 0.0,
) -> Heights:
    """Noise of unit RMS whose wavelengths lie within a band.

    Parameters
    ----------
    shape : (H, W)
    spacing : float
        Metres.
    random : Generator
    shortest, longest : float
        Wavelengths that pass with half their amplitude, metres.
    stretch : float
        How much longer structures are along ``direction`` than across it.
    direction : float
        Radians from the x axis towards the y axis.
    falloff : float
        Amplitude within the band goes with the wavelength to this power; machined surfaces have
        about 1.

    Returns
    -------
    float32 (H, W)
    """
    size = [scipy.fft.next_fast_len(n, real=True) for n in shape]
    noise = random.standard_normal(size, dtype=np.float32)
    fy = scipy.fft.fftfreq(size[0], spacing).astype(np.float32)[:, None]
    fx = scipy.fft.rfftfreq(size[1], spacing).astype(np.float32)[None, :]
    along = fx * np.float32(np.cos(direction)) + fy * np.float32(np.sin(direction))
    across = fy * np.float32(np.cos(direction)) - fx * np.float32(np.sin(direction))
    square = np.square(along * np.float32(stretch)) + np.square(across)
    half = np.float32(np.log(2.0))
    gain = np.exp(-half * square * np.float32(shortest**2))
    gain *= 1 - np.exp(-half * square * np.float32(longest**2))
    if falloff:
        gain *= np.power(square + np.float32(1 / longest**2), np.float32(-falloff / 2))
    filtered = scipy.fft.irfft2(scipy.fft.rfft2(noise) * gain, s=size)[: shape[0], : shape[1]]
    spread = float(filtered.std())
    return np.asarray(filtered / max(spread, 1e-30), dtype=np.float32)


def tool_marks(
    kind: TextureKind, shape: tuple[int, int], spacing: float, random: np.random.Generator
) -> Heights:
    """The face of a breech as its maker's tools left it: unit RMS, float32 (H, W).

    ``milled`` has parallel marks, ``circular`` arcs about a point off the middle, ``granular`` no
    direction, ``mixed`` parallel marks over grain.
    """
    if kind == "granular":
        return band_noise(shape, spacing, random, shortest=20e-6, longest=300e-6, falloff=1.0)
    if kind == "circular":
        return _arcs(shape, spacing, random)
    angle = float(random.uniform(-np.pi / 12, np.pi / 12))
    marks = band_noise(
        shape,
        spacing,
        random,
        shortest=20e-6,
        longest=300e-6,
        stretch=5.0,
        direction=angle,
        falloff=1.0,
    )
    if kind == "milled":
        return marks
    return _unit(
        marks
        + 0.8 * band_noise(shape, spacing, random, shortest=20e-6, longest=300e-6, falloff=1.0)
    )


def _arcs(shape: tuple[int, int], spacing: float, random: np.random.Generator) -> Heights:
    y, x = _axes(shape, spacing)
    centre = random.uniform(-1e-3, 1e-3, 2) + np.array([0.0, 3e-3])
    radius = np.hypot(y - centre[0], x - centre[1])
    step = spacing / 2
    profile = band_noise(
        (1, int(12e-3 / step)), step, random, shortest=20e-6, longest=300e-6, falloff=1.0
    )[0]
    rings = np.interp(radius.ravel(), step * np.arange(len(profile)), profile).reshape(shape)
    grain = band_noise(shape, spacing, random, shortest=20e-6, longest=300e-6, falloff=1.0)
    worn = 1 + 0.5 * band_noise(shape, spacing, random, shortest=300e-6, longest=1200e-6)
    return _unit(rings * worn + 0.6 * grain)


def _unit(values: NDArray[np.floating]) -> Heights:
    return np.asarray(values / values.std(), dtype=np.float32)


def _axes(
    shape: tuple[int, int], spacing: float
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    rows, columns = (np.arange(n) - (n - 1) / 2 for n in shape)
    return np.asarray(rows[:, None] * spacing), np.asarray(columns[None, :] * spacing)
