"""Reference tables of makers, calibres, types and states of a trace: many spellings, one name."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Final, Literal

Table = Literal["makers", "calibres", "types", "statuses"]

_COMPANY: Final = re.compile(
    r" (?:inc|incorporated|co|company|corp|corporation|llc|ltd|mfg|manufacturing|gmbh|s a|spa)$"
)


def named(table: Table, written: str) -> str:
    """The name that goes with a spelling; empty where the table does not know it.

    Parameters
    ----------
    table : str
    written : str
        In any case, spacing and punctuation.
    """
    known = _names(table)
    plain = _plain(written)
    while plain and plain not in known and (shorter := _COMPANY.sub("", plain)) != plain:
        plain = shorter
    return known.get(plain, "")


def names(table: Table) -> tuple[str, ...]:
    """The names of a table, in its order."""
    return tuple(dict.fromkeys(_names(table).values()))


@cache
def _names(table: Table) -> dict[str, str]:
    path = resources.files(__package__) / "reference" / f"{table}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]
    found = {_plain(spelling): name for name, more in rows for spelling in more.split("|")}
    return {key: name for key, name in (found | {_plain(name): name for name, _ in rows}).items()
            if key}  # fmt: skip


def _plain(written: str) -> str:
    """Small letters and digits, one space for all else, ``and`` for ``&``."""
    text = unicodedata.normalize("NFKD", written).lower().replace("&", " and ")
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())
