"""Whether two calibres, as people wrote them, are different ones."""

from __future__ import annotations

import re
from typing import Final

PART: Final = re.compile(r"\d*[.,]?\d+|[^\W\d_]+")

ONE_CARTRIDGE: Final = (
    ("9 mm luger", "9 mm parabellum", "9 mm para", "9 mm nato", "9 x 19 mm"),
    ("9 mm makarov", "9 x 18 mm"),
    ("380 auto", "9 mm kurz", "9 mm short", "9 mm browning", "9 x 17 mm"),
    ("32 auto", "7.65 mm browning", "7.65 x 17 mm"),
    ("25 auto", "6.35 mm browning", "6.35 mm"),
    ("40 s w", "40 smith wesson"),
    ("38 special", "38 spl"),
    ("22 lr", "22 long rifle"),
    ("223 remington", "223 rem"),
    ("308 winchester", "308 win"),
    ("12 gauge", "12 ga"),
    ("20 gauge", "20 ga"),
)
"""Names of one cartridge, each written as ``_parts`` leaves it; the first stands for all."""


def differ(one: str, other: str) -> bool:
    """Whether two calibres are known and cannot be the same.

    Spelling makes no difference, and one that says less (``9 mm``) agrees with any that begins so.
    """
    first, second = _parts(one), _parts(other)
    if not (_is_known(first) and _is_known(second)):
        return False
    length = min(len(first), len(second))
    return first[:length] != second[:length]


def _is_known(parts: tuple[str, ...]) -> bool:
    return any(part[0].isdigit() for part in parts)


def _parts(text: str) -> tuple[str, ...]:
    """Numbers and words: ``.45 ACP`` as 45 and auto, ``9mm Luger`` as 9, mm and luger."""
    found = [_part(part) for part in PART.findall(text.casefold()) if part != "and"]
    written = " ".join(found)
    for first, *others in ONE_CARTRIDGE:
        if any(written in (other, other.removesuffix(" mm")) for other in others):
            return tuple(first.split())
    return tuple(found)


def _part(part: str) -> str:
    number = part.replace(",", ".")
    if number[-1].isdigit():
        return number.lstrip("0").removeprefix(".") or "0"
    return {"acp": "auto", "automatic": "auto", "millimetre": "mm"}.get(part, part)
