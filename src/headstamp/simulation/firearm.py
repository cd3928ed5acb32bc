"""A synthetic firearm: one seed, one breech face."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from headstamp.simulation.texture import TextureKind, tool_marks
from headstamp.surfaces.topography import Heights

FACE_SPACING: Final = 6.25e-6
FACE_SIZE: Final = 800
"""Points across: 5 mm, so that a turned and shifted scan stays on it."""


@dataclass(frozen=True, slots=True)
class Firearm:
    """What a breech face depends on.

    Parameters
    ----------
    seed : int
    texture : TextureKind
    batch_seed : int
        Guns of one batch share it.
    subclass_share : float
        Share of the relief's variance that the batch has in common, 0 to 1: marks of a worn tool
        that carry over from one slide to the next.
    relief : float
        RMS of the face, metres.
    """

    seed: int
    texture: TextureKind = "granular"
    batch_seed: int = 0
    subclass_share: float = 0.0
    relief: float = 1.2e-6


@lru_cache(maxsize=8)
def face(firearm: Firearm) -> Heights:
    """The breech face: float32 (FACE_SIZE, FACE_SIZE), metres."""
    shape = (FACE_SIZE, FACE_SIZE)
    own = tool_marks(firearm.texture, shape, FACE_SPACING, np.random.default_rng([firearm.seed, 1]))
    share = firearm.subclass_share
    if share > 0:
        batch = np.random.default_rng([firearm.batch_seed, 2])
        common = tool_marks(firearm.texture, shape, FACE_SPACING, batch)
        own = np.sqrt(1 - share) * own + np.sqrt(share) * common
    return np.asarray(firearm.relief * own, dtype=np.float32)
