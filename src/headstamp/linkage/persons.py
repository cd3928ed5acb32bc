"""How two records of persons are compared: names, date of birth, place, and nothing else.

The outcome speaks of two records being of one person, never of the person.
"""

from __future__ import annotations

import re
from typing import Final

from headstamp.errors import LinkageError
from headstamp.linkage.plan import ELSE, Comparison, Level, Plan, Prepared
from headstamp.linkage.records import PersonRecord
from headstamp.linkage.spelling import plain

COLUMNS: Final = (
    "given", "family", "full_name", "name_parts", "family_start", "born", "born_swapped",
    "born_year", "place",
)  # fmt: skip

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def prepare(record: PersonRecord) -> Prepared:
    """The columns that are compared.

    Raises
    ------
    LinkageError
        If the date of birth is not written as ISO 8601.
    """
    given, family = plain(record.given), plain(record.family)
    both = given and family
    return {
        "given": given,
        "family": family,
        "full_name": f"{given} {family}" if both else None,
        "name_parts": " ".join(sorted(f"{given} {family}".split())) if both else None,
        "family_start": family[:4] if family else None,
        **_born(record),
        "place": plain(record.place),
    }


def _born(record: PersonRecord) -> Prepared:
    written = record.born.strip()
    if not written:
        return {"born": None, "born_swapped": None, "born_year": None}
    found = _DATE.fullmatch(written)
    if not found:
        raise LinkageError(
            f"{record.source}:{record.id}: {written} is no date of birth; "
            "write 1990-05-17, 1990-05 or 1990"
        )
    year, month, day = found.groups()
    return {
        "born": written,
        "born_swapped": f"{year}-{day}-{month}" if day and day <= "12" and day != month else None,
        "born_year": year,
    }


_SAME_START = "substring(given_l, 1, 1) = substring(given_r, 1, 1)"
_BOTH_DAYS = "length(born_l) = 10 and length(born_r) = 10"

PLAN: Final = Plan(
    kind="person",
    columns=COLUMNS,
    prepare=prepare,
    comparisons=(
        Comparison(
            "name",
            ("given", "family"),
            "full_name",
            (
                Level(
                    "the same",
                    "full_name_l = full_name_r",
                    0.74,
                    2e-4,
                    "full_name",
                    every_pair=True,
                ),
                Level(
                    "given and family name swapped",
                    "given_l = family_r and family_l = given_r",
                    0.03,
                    1e-5,
                    every_pair=True,
                ),
                Level(
                    "both spelt alike",
                    "jaro_winkler_similarity(given_l, given_r) >= 0.88"
                    " and jaro_winkler_similarity(family_l, family_r) >= 0.88",
                    0.12,
                    1e-3,
                ),
                Level(
                    "the same family name and first letter",
                    f"family_l = family_r and {_SAME_START}",
                    0.04,
                    5e-4,
                    "family",
                ),
                Level("the same family name", "family_l = family_r", 0.02, 5e-3),
                Level("the same given name", "given_l = given_r", 0.03, 0.02),
                Level("another name", ELSE, 0.02, 0.973),
            ),
            within=("born",),  # twins
        ),
        Comparison(
            "born",
            ("born",),
            "born",
            (
                Level(
                    "the same day", f"born_l = born_r and {_BOTH_DAYS}", 0.85, 5e-5, every_pair=True
                ),
                Level("day and month swapped", "born_l = born_swapped_r", 0.02, 3e-5),
                Level(
                    "one slip apart",
                    f"{_BOTH_DAYS} and damerau_levenshtein(born_l, born_r) <= 1",
                    0.06,
                    1e-3,
                ),
                Level(
                    "agrees as far as both know",
                    "(length(born_l) < 10 or length(born_r) < 10)"
                    " and (starts_with(born_l, born_r) or starts_with(born_r, born_l))",
                    0.04,
                    2e-3,
                ),
                Level("another date in the same year", "born_year_l = born_year_r", 0.01, 0.018),
                Level("another year", ELSE, 0.02, 0.979),
            ),
        ),
        Comparison(
            "place",
            ("place",),
            "place",
            (
                Level("the same", "place_l = place_r", 0.75, 0.05),
                Level(
                    "spelt alike", "jaro_winkler_similarity(place_l, place_r) >= 0.9", 0.05, 0.005
                ),
                Level("another", ELSE, 0.20, 0.945),
            ),
        ),
    ),
    blocking=(
        "l.born = r.born",
        "l.name_parts = r.name_parts",
        "l.family = r.family and l.born_year = r.born_year",
        "l.given = r.given and l.born_year = r.born_year",
        "l.family_start = r.family_start and l.given = r.given",
        "l.born = r.born_swapped and l.family_start = r.family_start",
    ),
)
