"""Texts in CSV files that no spreadsheet program takes for a formula."""

from __future__ import annotations

from typing import Final

STARTS: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a formula can begin with; the last four are the full-width forms of the first four."""


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a program may take it for a formula."""
    return f"'{text}" if text.startswith(STARTS) else text
