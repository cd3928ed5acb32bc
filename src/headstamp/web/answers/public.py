"""Addresses that everybody reaches: what is asked of a person inside is not asked there."""

from __future__ import annotations

from typing import Final

PUBLIC: Final = "/figures/"
INSIDE: Final = "/figures/work/"


def is_public(path: str) -> bool:
    """Whether an address is answered without looking at who asks."""
    return path.startswith(PUBLIC) and not path.startswith(INSIDE)
