"""Serial numbers: as they are searched, what is known of them, and what a reader may confuse."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final, Literal

Status = Literal["intact", "partial", "obliterated", "none", "unknown"]

LONGEST: Final = 40
"""Characters that a serial number may have; longer text is something else."""

MOST_READINGS: Final = 4096

_ILLEGIBLE: Final = re.compile(r"[?*#_]")
_NONE: Final = re.compile(r"NO|NONE|NOSERIAL|NOSERIALNUMBER|NOSN|NSN|WITHOUT|UNSERIALIZED|GHOSTGUN")
_UNKNOWN: Final = re.compile(r"UNK|UNKN|UNKNOWN|NA|NOTAVAILABLE|NOTKNOWN|TBD|PENDING|X+|0+")
_OBLITERATED: Final = re.compile(
    r".*(OBLIT|DEFACED|REMOVED|GROUNDOFF|FILEDOFF|SCRATCHEDOFF|ALTERED|ERASED|MUTILATED).*|OBL"
)

_ORDINARY: Final = re.compile(r"(?!0+$)[A-Z]{0,3}[0-9]{3,30}[A-Z]?")
"""What is certainly a number and written as one; most are, and a table may have a million."""

LOOK_ALIKE: Final = str.maketrans(
    {"O": "0", "Q": "0", "I": "1", "L": "1", "B": "8", "S": "5", "Z": "2", "G": "6"}
)
"""Letters that are taken for a digit on worn steel, or off a form filled in by hand."""

_ALIKE: Final = {
    digit: digit + "".join(sign for sign in "OQILBSZG" if sign.translate(LOOK_ALIKE) == digit)
    for digit in "018526"
}


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number as far as it is known.

    Parameters
    ----------
    normalised : str
        Capital letters and digits alone; of a partial one ``?`` for each that cannot be read. Empty
        where there is no number.
    status : str
    fault : str
        Why it cannot be a serial number; empty for nothing.
    """

    normalised: str
    status: Status
    fault: str = ""


def normalised(serial: str) -> str:
    """Capital letters and digits alone, so that spelling does not hide a gun."""
    return re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", serial).upper())


def folded(serial: str) -> str:
    """Normalised, and what looks alike made the same: ``O`` is 0, ``I`` is 1, ``B`` is 8.

    Two serial numbers that fold to the same may be one number read twice, and may be two guns.
    """
    return normalised(serial).translate(LOOK_ALIKE)


def read_serial(written: str) -> Serial:
    """What a serial number field says: a number, a part of one, or words in its place.

    Parameters
    ----------
    written : str
        As it was written; ``NONE``, ``UNKNOWN`` and ``OBLITERATED``, in their spellings, are no
        numbers; ``?``, ``*``, ``#`` and ``_`` stand for a character that cannot be read.
    """
    if _ORDINARY.fullmatch(written):
        return Serial(written, "intact")
    return _read(written)


def _read(written: str) -> Serial:
    plain = unicodedata.normalize("NFKC", written).upper()
    letters = normalised(plain)
    if words := _words(plain, letters):
        return Serial("", words)
    if len(letters) > LONGEST:
        return Serial("", "unknown", f"has more than {LONGEST} characters")
    if _ILLEGIBLE.search(plain):
        return Serial(re.sub(r"[^A-Z0-9?]", "", _ILLEGIBLE.sub("?", plain)), "partial")
    return Serial(letters, "intact", "" if re.search(r"\d", letters) else "has no digit")


def _words(plain: str, letters: str) -> Status | None:
    """What stands in place of a number; None where there is one."""
    if _OBLITERATED.fullmatch(letters) or (not letters and _ILLEGIBLE.search(plain)):
        return "obliterated"
    if _NONE.fullmatch(letters):
        return "none"
    return "unknown" if not letters or _UNKNOWN.fullmatch(letters) else None


def may_be(one: str, other: str) -> bool:
    """Whether two may be one number, read with look-alikes and with characters missing.

    Parameters
    ----------
    one, other : str
        Normalised; ``?`` may be any one character.
    """
    first, second = (text.translate(LOOK_ALIKE) for text in (one, other))
    return len(first) == len(second) and all(
        a == b or "?" in (a, b) for a, b in zip(first, second, strict=True)
    )


def readings(serial: str) -> tuple[str, ...]:
    """Every number that a normalised one may be taken for, itself first, in a fixed order.

    Raises
    ------
    ValueError
        If there are more than 4,096; search by :func:`folded` instead.
    """
    choices = [one + _ALIKE.get(one.translate(LOOK_ALIKE), "").replace(one, "") for one in serial]
    count = prod(map(len, choices))
    if count > MOST_READINGS:
        raise ValueError(f"{serial}: has {count:,} readings; search by its folded form")
    return tuple(map("".join, product(*choices)))
