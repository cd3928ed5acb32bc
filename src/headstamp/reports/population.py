"""From a validation to the reference population it can serve as."""

from __future__ import annotations

from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.error_rates import ErrorRates
from headstamp.evaluation.reference import FixedErrorRate, ReferencePopulation
from headstamp.reports.validation import ValidationResult


def population_of(
    result: ValidationResult,
    *,
    name: str,
    description: str | None = None,
    calibres: tuple[str, ...] = (),
    ammunition: tuple[str, ...] = (),
    synthetic: bool = False,
) -> ReferencePopulation:
    """The calibration of a validated collection with everything a report must say about it.

    Parameters
    ----------
    result : ValidationResult
    name : str
    description : str, optional
        By default the name of the collection and its counts.
    calibres, ammunition : tuple of str
    synthetic : bool
        Whether the scans were simulated.

    Raises
    ------
    ReferencePopulationError
        If the collection is too small to calibrate, or its Cllr is undefined.
    """
    found = result.validation
    if found.calibration is None or "cllr" in found.undefined:
        why = found.undefined.get("cllr", "too few pairs to fit a calibration on")
        raise ReferencePopulationError(
            f"{result.collection} cannot serve as a reference population: {why}"
        )
    instruments = sorted({scan.instrument for scan in result.used if scan.instrument})
    return ReferencePopulation(
        name=name,
        version=1,
        description=description or _description(result),
        synthetic=synthetic,
        scans=len(result.used),
        firearms=found.pairs.firearms,
        same_pairs=found.same,
        different_pairs=found.different,
        instruments=tuple(instruments),
        calibres=tuple(calibres),
        ammunition=tuple(ammunition),
        method=result.method,
        calibration=found.calibration,
        cllr=found.cllr,
        cllr_min=found.cllr_min,
        cllr_floor=found.cllr_floor,
        auc=found.auc,
        equal_error_rate=found.equal_error_rate,
        cllr_interval=found.cllr_interval,
        equal_error_rate_interval=found.equal_error_rate_interval,
        error_rates=tuple(_fixed(entry) for entry in found.error_rates),
    )


def _description(result: ValidationResult) -> str:
    left_out = f", {len(result.unreadable)} scans not usable" if result.unreadable else ""
    return (
        f"{len(result.used)} scans of {result.validation.pairs.firearms} firearms from "
        f"{result.collection}{left_out}"
    )


def _fixed(entry: ErrorRates) -> FixedErrorRate:
    return FixedErrorRate(
        score=entry.score,
        threshold=entry.threshold,
        missed=entry.missed.errors,
        same_pairs=entry.missed.trials,
        false=entry.false.errors,
        different_pairs=entry.false.trials,
        missed_interval=entry.missed.interval,
        false_interval=entry.false.interval,
    )
