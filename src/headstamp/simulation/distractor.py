"""Many independent firearms, cheaply: one scan each, for galleries of thousands."""

from __future__ import annotations

import numpy as np

from headstamp.simulation.primer import cropped_mask
from headstamp.simulation.texture import KINDS, tool_marks
from headstamp.surfaces.topography import Topography


def distractor(seed: int, spacing: float = 12.5e-6) -> Topography:
    """A cropped scan of a gun that fired nothing else.

    Parameters
    ----------
    seed : int
    spacing : float
        Metres.
    """
    random = np.random.default_rng([seed, 6])
    size = round(3.4e-3 / spacing)
    kind = KINDS[int(random.integers(len(KINDS)))]
    marks = tool_marks(kind, (size, size), spacing, random)
    mask = cropped_mask((size, size), spacing, random)
    return Topography(np.where(mask, np.float32(1e-6) * marks, np.float32(np.nan)), spacing)
