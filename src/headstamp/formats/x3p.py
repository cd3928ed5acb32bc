"""X3P, the format of ISO 25178-72: reading and writing in one place."""

from __future__ import annotations

from headstamp.formats.x3p_read import read_x3p
from headstamp.formats.x3p_write import write_x3p, x3p_bytes

__all__ = ["read_x3p", "write_x3p", "x3p_bytes"]
