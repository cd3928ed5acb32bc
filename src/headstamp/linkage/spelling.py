"""Names as they are compared: capitals without accents, punctuation and company forms."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_COMPANY: Final = re.compile(
    r" (?:INC|INCORPORATED|CO|COMPANY|CORP|CORPORATION|LLC|L L C|LTD|LP|THE)$"
)


def plain(written: str) -> str | None:
    """Capital letters and digits, one space for all else; None where nothing is left."""
    text = unicodedata.normalize("NFKD", written).upper().replace("&", " AND ").replace("'", "")
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split()) or None


def signs(written: str) -> str | None:
    """The same without spaces: ``G 19`` and ``G19`` are one model."""
    text = plain(written)
    return text.replace(" ", "") if text else None


def company(written: str) -> str | None:
    """The same without what only says how a company is owned."""
    text = plain(written)
    while text and (shorter := _COMPANY.sub("", text)) != text:
        text = shorter
    return text
