"""How often conclusions like these are wrong, as far as anybody knows; inconclusives included."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any, Final

from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.formats.reference_file import load_reference
from headstamp.reports.numbers import percent
from headstamp.reports.population_content import error_rate_rows, population_rows
from headstamp.web.accounts.models import User
from headstamp.web.comparisons.models import Comparison, Examination
from headstamp.web.comparisons.queries import links
from headstamp.web.comparisons.states import Conclusion

EXAMINERS: Final = (
    {
        "what": "Cartridge cases",
        "false": "0.93 %",
        "false_interval": "0.55 to 1.57 %",
        "missed": "1.87 %",
        "missed_interval": "1.16 to 2.99 %",
    },
    {
        "what": "Bullets",
        "false": "0.66 %",
        "false_interval": "0.31 to 1.42 %",
        "missed": "2.87 %",
        "missed_interval": "1.89 to 4.26 %",
    },
)
"""Monson, Smith, Peters: Accuracy of comparison decisions by forensic firearms examiners.
J Forensic Sci 68 (2023) 86-100, doi:10.1111/1556-4029.15152; 95 % intervals."""


GROUPS: Final = (
    ("positive", "for one firearm"),
    ("inconclusive", "inconclusive"),
    ("elimination", "for two firearms"),
    ("unsuitable", "unsuitable"),
    ("disagreed", "not shared by the second examiner"),
)


def of_comparison(compared: Comparison | None) -> dict[str, Any] | None:
    """The reference population behind a likelihood ratio, and its errors; None without one."""
    population = _population(compared.population) if compared and compared.population else None
    if population is None:
        return None
    return {"rows": population_rows(population), "rates": error_rate_rows(population)}


def of_examinations(user: User) -> dict[str, Any]:
    """What examiners' conclusions come to: in the study, and in this workspace within reach."""
    verified = Examination.objects.filter(
        link__in=links(user).order_by().values("pk"), verified_at__isnull=False
    )
    counts = Counter(
        _group(conclusion) if agreed else "disagreed"
        for conclusion, agreed in verified.values_list("conclusion", "agreed")
    )
    total = sum(counts.values())
    return {
        "examiners": EXAMINERS,
        "total": total,
        "counts": [(label, counts[key]) for key, label in GROUPS],
        "inconclusive": percent(counts["inconclusive"] / total) if total else "",
    }


def _group(conclusion: str) -> str:
    if conclusion == Conclusion.IDENTIFICATION:
        return "positive"
    return "inconclusive" if conclusion.startswith("inconclusive") else conclusion


@lru_cache(maxsize=8)
def _population(identity: str) -> ReferencePopulation | None:
    """The population of this name and version, if it is still the one in use."""
    try:
        found = load_reference(None)
    except ReferencePopulationError:
        return None
    return found if found.identity == identity else None
