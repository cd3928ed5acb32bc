"""A chain of hashes: each row's hash covers its content and the hash before it.

Anybody with a copy of the rows can recompute it; see ``docs/explanation/audit.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

START: Final = "0" * 64
"""What the first row names as the hash before it."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no spaces, non-ASCII characters as they are, UTF-8."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256 of the previous hash (64 characters), a newline and the canonical content."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(content)).hexdigest()
