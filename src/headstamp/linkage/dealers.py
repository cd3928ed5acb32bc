"""How two records of dealers are compared."""

from __future__ import annotations

from typing import Final

from headstamp.linkage.plan import ELSE, Comparison, Level, Plan, Prepared
from headstamp.linkage.records import DealerRecord
from headstamp.linkage.spelling import company, plain, signs
from headstamp.tracing.states import code_of

COLUMNS: Final = ("name", "name_start", "licence", "licence_core", "city", "county", "state")

FULL_LICENCE: Final = 15
"""Signs of a whole licence number; its middle names its expiry, and changes with each renewal."""


def prepare(record: DealerRecord) -> Prepared:
    """The columns that are compared."""
    name = company(record.name)
    licence = signs(record.licence)
    return {
        "name": name,
        "name_start": name[:5] if name else None,
        "licence": licence,
        "licence_core": _core(licence),
        "city": plain(record.city),
        "county": (plain(record.county) or "").removesuffix(" COUNTY") or None,
        "state": code_of(record.state) or plain(record.state),
    }


def _core(licence: str | None) -> str | None:
    if licence and len(licence) == FULL_LICENCE:
        return licence[:3] + licence[-5:]
    return licence


PLAN: Final = Plan(
    kind="dealer",
    columns=COLUMNS,
    prepare=prepare,
    comparisons=(
        Comparison(
            "licence",
            ("licence",),
            "licence_core",
            (
                Level("the same", "licence_core_l = licence_core_r", 0.90, 1e-4, every_pair=True),
                Level(
                    "one slip apart",
                    "length(licence_core_l) >= 6 and length(licence_core_r) >= 6"
                    " and damerau_levenshtein(licence_core_l, licence_core_r) <= 1",
                    0.06,
                    1e-4,
                ),
                Level("another", ELSE, 0.04, 0.999),
            ),
            within=("city", "state"),
        ),
        Comparison(
            "name",
            ("name",),
            "name",
            (
                Level("the same", "name_l = name_r", 0.75, 0.002, "name", every_pair=True),
                Level("spelt alike", "jaro_winkler_similarity(name_l, name_r) >= 0.92", 0.17, 0.01),
                Level("another", ELSE, 0.08, 0.988),
            ),
        ),
        Comparison(
            "place",
            ("city", "county", "state"),
            "state",
            (
                Level(
                    "the same city",
                    "city_l = city_r and state_l = state_r",
                    0.85,
                    0.02,
                    "city",
                    every_pair=True,
                ),
                Level(
                    "a city spelt alike, in the state",
                    "jaro_winkler_similarity(city_l, city_r) >= 0.88 and state_l = state_r",
                    0.06,
                    0.002,
                ),
                Level("the same county", "county_l = county_r and state_l = state_r", 0.04, 0.01),
                Level("the same state", "state_l = state_r", 0.03, 0.1),
                Level("another state", ELSE, 0.02, 0.868),
            ),
        ),
    ),
    blocking=(
        "l.licence_core = r.licence_core",
        "l.name = r.name",
        "l.name_start = r.name_start and l.state = r.state",
        "l.city = r.city and l.state = r.state",
    ),
)
