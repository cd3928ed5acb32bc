"""Serial numbers as they are searched."""

from __future__ import annotations

import re
import unicodedata


def normalised(serial: str) -> str:
    """Capital letters and digits alone, so that spelling does not hide a gun."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", serial).upper())
