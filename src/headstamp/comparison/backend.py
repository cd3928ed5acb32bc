"""The arrays that heavy steps run on: NumPy with SciPy's FFT, or torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from headstamp.errors import MissingExtraError, UnsuitableScanError

Array: TypeAlias = Any
"""An array of the backend in use."""


@dataclass(frozen=True)
class Backend:
    """What a heavy step needs of an array library.

    Parameters
    ----------
    name : str
    xp : module
        Array namespace (array API standard).
    rfft2 : callable
        ``rfft2(values, s)`` over the last two axes, in single precision; ``s`` is the size.
    corner : callable
        ``corner(spectrum, s, shape)``: the first rows and columns (``shape``) of the inverse
        transform; what lies outside is not computed along the first axis.
    to_device : callable
        NumPy array to a backend array.
    to_numpy : callable
        Backend array to NumPy.
    """

    name: str
    xp: Any
    rfft2: Callable[..., Array]
    corner: Callable[..., Array]
    to_device: Callable[[NDArray[Any]], Array]
    to_numpy: Callable[[Array], NDArray[Any]]


@lru_cache(maxsize=4)
def backend(name: str = "numpy") -> Backend:
    """The backend ``numpy``, ``torch`` (CUDA where there is one) or ``torch:DEVICE``.

    Raises
    ------
    MissingExtraError
        If torch is asked for and not installed.
    UnsuitableScanError
        If the name is none of these.
    """
    if name == "numpy":
        return _numpy()
    if name.split(":", maxsplit=1)[0] == "torch":
        return _torch(name.partition(":")[2])
    raise UnsuitableScanError(f"no backend {name!r}; use numpy, torch or torch:DEVICE")


def fast_length(size: int) -> int:
    """A transform length of at least ``size`` that is quick on every backend."""
    return int(scipy.fft.next_fast_len(size, real=True))


def _numpy() -> Backend:
    import array_api_compat.numpy as xp

    return Backend(
        "numpy",
        xp,
        lambda values, s: scipy.fft.rfft2(values, s=s),
        _numpy_corner,
        lambda values: values,
        lambda values: values,
    )


def _numpy_corner(
    spectrum: NDArray[np.complex64], s: tuple[int, int], shape: tuple[int, int]
) -> NDArray[np.float32]:
    rows = scipy.fft.ifft(spectrum, n=s[0], axis=-2)[..., : shape[0], :]
    result: NDArray[np.float32] = scipy.fft.irfft(rows, n=s[1], axis=-1)[..., : shape[1]]
    return result


def _torch(device: str) -> Backend:
    try:
        import array_api_compat.torch as xp
        import torch
    except ImportError as error:
        raise MissingExtraError(
            "the torch backend is not installed; run: pip install 'headstamp[gpu]'"
        ) from error
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    return Backend(
        f"torch:{device}",
        xp,
        lambda values, s: torch.fft.rfft2(values, s=s),
        lambda spectrum, s, shape: torch.fft.irfft(
            torch.fft.ifft(spectrum, n=s[0], dim=-2)[..., : shape[0], :], n=s[1], dim=-1
        )[..., : shape[1]],
        lambda values: torch.as_tensor(values, device=device),
        lambda values: values.cpu().numpy(),
    )
