"""JSON that every reader accepts: what is not a finite number becomes null."""

from __future__ import annotations

import json
import math
from typing import Any


def json_text(value: Any) -> str:
    """One JSON document, indented; NaN and infinities as null, tuples as lists."""
    return json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False)


def compact_json(value: Any) -> str:
    """The same document in as few bytes as can be, for files that programs alone read."""
    return json.dumps(_finite(value), separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
