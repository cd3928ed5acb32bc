"""The core's reading of serial numbers, states and names, as functions of SQL."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from headstamp.formats.trace_tables.reference_tables import named
from headstamp.tracing.records import ANSWERS
from headstamp.tracing.serials import read_serial
from headstamp.tracing.states import code_of

KEPT: Final = 1 << 14
"""Readings that are remembered."""

_state = lru_cache(KEPT)(code_of)
_named = lru_cache(KEPT)(named)

_ANSWERS: Final = {**{one: one for one in ANSWERS}, "y": "yes", "n": "no", "unk": "unknown",
                   "true": "yes", "false": "no", "1": "yes", "0": "no", "u": "unknown"}  # fmt: skip


def _parts_of_serial(written: str) -> str:
    """Number, status and fault in one text: a call into Python costs more than to divide it."""
    found = read_serial(written)
    return f"{found.normalised}|{found.status}|{found.fault}"


def register(database: Any) -> None:
    """Make the functions known to a connection; each takes a text and gives one, empty for none."""
    text = "VARCHAR"
    for name, function in {
        "serial_of": _parts_of_serial,
        "state_of": _state,
        "maker_of": lambda written: _named("makers", written) or " ".join(written.split()),
        "calibre_of": lambda written: _named("calibres", written) or " ".join(written.split()),
        "type_of": lambda written: _named("types", written) or " ".join(written.lower().split()),
        "status_of": lambda written: _named("statuses", written),
        "answer_of": lambda written: _ANSWERS.get(written.strip().lower(), ""),
    }.items():
        database.create_function(f"headstamp_{name}", function, [text], text)
