"""What a report says about a likelihood ratio and the population behind it."""

from __future__ import annotations

import math
from typing import Any

from headstamp.evaluation.reference import FixedErrorRate, ReferencePopulation
from headstamp.reports import wording
from headstamp.reports.numbers import decimal, interval, percent, percent_interval

Rows = list[tuple[str, str]]


def likelihood_ratio(log10_lr: float, population: ReferencePopulation | None) -> dict[str, Any]:
    """Number, words and caveats of a likelihood ratio, ready to print."""
    defined = population is not None and math.isfinite(log10_lr)
    bounded = population is not None and defined and wording.at_bound(log10_lr, population.bounds)
    absent = wording.NO_POPULATION if population is None else wording.NO_SCORE
    return {
        "defined": defined,
        "log10": decimal(log10_lr) if defined else "none",
        "words": wording.support_in_words(log10_lr) if defined else "",
        "sentence": wording.likelihood_ratio_sentence(log10_lr) if defined else absent,
        "bounded": bounded,
        "bound_sentence": wording.AT_BOUND if bounded else "",
        "scale_source": wording.VERBAL_SCALE_SOURCE,
        "limits": list(wording.LIMITS),
    }


def population_rows(population: ReferencePopulation) -> Rows:
    """The population as label and text."""
    pairs = (
        f"{population.same_pairs:,} of the same firearm, "
        f"{population.different_pairs:,} of different firearms"
    )
    return [
        ("Name and version", population.identity),
        ("What it is", population.description),
        ("Kind", "synthetic: simulated scans, not for casework" if population.synthetic else
         "measured scans"),
        ("Scans and firearms", f"{population.scans:,} scans of {population.firearms:,} firearms"),
        ("Pairs compared", pairs),
        ("Instruments", _listed(population.instruments)),
        ("Calibres", _listed(population.calibres)),
        ("Ammunition", _listed(population.ammunition)),
        ("Bounds of log10 LR", interval(population.bounds)),
        ("Cllr (0 is perfect, 1 says nothing)", _with_interval(
            decimal(population.cllr, 3), interval(population.cllr_interval, 3))),
        ("Cllr at best calibration", decimal(population.cllr_min, 3)),
        ("Equal error rate", _with_interval(
            percent(population.equal_error_rate),
            percent_interval(population.equal_error_rate_interval))),
    ]  # fmt: skip


def error_rate_rows(population: ReferencePopulation) -> list[dict[str, str]]:
    """Errors of the population's scores at thresholds fixed beforehand."""
    return [_error_row(rate) for rate in population.error_rates]


def _error_row(rate: FixedErrorRate) -> dict[str, str]:
    return {
        "rule": f"{rate.score.replace('_', ' ')} of at least {rate.threshold:g}",
        "missed": f"{rate.missed:,} of {rate.same_pairs:,}",
        "missed_interval": percent_interval(rate.missed_interval),
        "false": f"{rate.false:,} of {rate.different_pairs:,}",
        "false_interval": percent_interval(rate.false_interval),
    }


def _with_interval(value: str, bounds: str) -> str:
    return f"{value} (95 % interval {bounds})"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) if names else "not stated"
