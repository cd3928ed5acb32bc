"""How two records of firearms are compared."""

from __future__ import annotations

from typing import Final

from headstamp.linkage.plan import ELSE, Comparison, Level, Plan, Prepared
from headstamp.linkage.records import FirearmRecord
from headstamp.linkage.spelling import signs
from headstamp.tracing.serials import Serial, folded, read_serial

LEAST_KNOWN: Final = 3
"""Signs of a partial number that must be known; fewer say nothing."""

COLUMNS: Final = (
    "serial", "folded", "pattern", "serial_start", "serial_end", "serial_ends",
    "serial_sorted", "last_two", "maker", "model",
    "calibre", "gun_type",
)  # fmt: skip


def prepare(record: FirearmRecord) -> Prepared:
    """The columns that are compared; a number that is none, or has no digit, is not known."""
    return {
        **_serial_columns(read_serial(record.serial.strip())),
        "maker": signs(record.maker),
        "model": signs(record.model),
        "calibre": signs(record.calibre),
        "gun_type": signs(record.type),
    }


def _serial_columns(serial: Serial) -> Prepared:
    known = serial.normalised.replace("?", "")
    if serial.fault or len(known) < LEAST_KNOWN:
        return dict.fromkeys(COLUMNS[:8])
    partial = "?" in serial.normalised
    number = pattern_signs(serial.normalised)
    return {
        "serial": None if partial else serial.normalised,
        "folded": number,
        "pattern": _pattern(number) if partial else None,
        "serial_start": _readable(number[:4], 4),
        "serial_end": _readable(number[-4:], 4),
        "serial_ends": _readable(number[:3] + number[-2:], 5) if len(number) > 5 else None,
        "last_two": _readable(number[-2:], 2),
        "serial_sorted": None if partial else "".join(sorted(number)),
    }


def pattern_signs(serial: str) -> str:
    """Folded, the signs that cannot be read kept as ``?``."""
    return "".join("?" if sign == "?" else folded(sign) for sign in serial)


def _readable(part: str, length: int) -> str | None:
    return part if len(part) == length and "?" not in part else None


def _pattern(number: str) -> str:
    """A regular expression of the numbers it may be, themselves partial or not."""
    return f"^{''.join('.' if sign == '?' else f'[{sign}?]' for sign in number)}$"


_MAY_BE = "regexp_matches(folded_l, pattern_r) or regexp_matches(folded_r, pattern_l)"
_LAST_TWO_KNOWN = "last_two_l is not null and last_two_r is not null"
_BOTH_WHOLE = "pattern_l is null and pattern_r is null"

SERIAL: Final = Comparison(
    "serial",
    ("serial",),
    "folded",
    (
        Level("the same number", "serial_l = serial_r", 0.80, 1e-6, every_pair=True),
        Level(
            "the same but for look-alikes",
            f"folded_l = folded_r and {_BOTH_WHOLE}",
            0.06,
            1e-6,
            every_pair=True,
        ),
        Level(
            "agrees in every sign that both know, the last two among them",
            f"({_MAY_BE}) and {_LAST_TWO_KNOWN}",
            0.04,
            1e-6,
        ),
        Level("agrees in every sign that both know", _MAY_BE, 0.02, 1e-5),
        # Guns made one after another differ in their last digits: that is no slip of the pen.
        Level(
            "one slip apart, before the last two signs",
            f"{_BOTH_WHOLE} and length(folded_l) >= 5 and length(folded_r) >= 5"
            " and damerau_levenshtein(folded_l, folded_r) <= 1"
            " and substring(folded_l, 1, length(folded_l) - 2)"
            " <> substring(folded_r, 1, length(folded_r) - 2)",
            0.05,
            1e-5,
        ),
        Level("another number", ELSE, 0.03, 0.999),
    ),
    within=("maker", "model"),
)

PLAN: Final = Plan(
    kind="firearm",
    columns=COLUMNS,
    prepare=prepare,
    comparisons=(
        SERIAL,
        Comparison(
            "maker",
            ("maker",),
            "maker",
            (
                Level("the same", "maker_l = maker_r", 0.93, 0.12, "maker"),
                Level(
                    "spelt alike",
                    "jaro_winkler_similarity(maker_l, maker_r) >= 0.88",
                    0.04,
                    0.005,
                ),
                Level("another", ELSE, 0.03, 0.87),
            ),
        ),
        Comparison(
            "model",
            ("model",),
            "model",
            (
                Level("the same", "model_l = model_r", 0.85, 0.05),
                Level(
                    "spelt alike, or one holds the other",
                    "jaro_winkler_similarity(model_l, model_r) >= 0.88"
                    " or contains(model_l, model_r) or contains(model_r, model_l)",
                    0.10,
                    0.02,
                ),
                Level("another", ELSE, 0.05, 0.93),
            ),
            within=("maker",),
        ),
        Comparison(
            "calibre",
            ("calibre",),
            "calibre",
            (
                Level("the same", "calibre_l = calibre_r", 0.95, 0.25),
                Level("another", ELSE, 0.05, 0.75),
            ),
            within=("maker", "model"),
        ),
        Comparison(
            "type",
            ("type",),
            "gun_type",
            (
                Level("the same", "gun_type_l = gun_type_r", 0.97, 0.55),
                Level("another", ELSE, 0.03, 0.45),
            ),
            within=("calibre",),
        ),
    ),
    blocking=(
        "l.folded = r.folded",
        "l.serial_sorted = r.serial_sorted",
        "l.serial_end = r.serial_end",
        "l.serial_ends = r.serial_ends",
        "l.serial_start = r.serial_start and l.maker = r.maker",
        "l.serial_start = r.serial_start and l.model = r.model",
    ),
)
