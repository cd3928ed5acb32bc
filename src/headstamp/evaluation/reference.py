"""A reference population: the collection a likelihood ratio speaks for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.calibration import Calibration
from headstamp.evaluation.intervals import Interval
from headstamp.evaluation.method import Method


@dataclass(frozen=True, slots=True)
class FixedErrorRate:
    """Errors of one score at a threshold fixed beforehand, as a report states them.

    Parameters
    ----------
    score : str
    threshold : float
    missed, same_pairs : int
        Same-source pairs below the threshold, of how many.
    false, different_pairs : int
        Different-source pairs at or above it, of how many.
    missed_interval, false_interval : tuple of float
        95 %, Clopper-Pearson.
    """

    score: str
    threshold: float
    missed: int
    same_pairs: int
    false: int
    different_pairs: int
    missed_interval: Interval
    false_interval: Interval


@dataclass(frozen=True, slots=True)
class ReferencePopulation:
    """A named, versioned collection, its calibration, and how well that does.

    Parameters
    ----------
    name : str
    version : int
    description : str
        What it was made from, in a sentence.
    synthetic : bool
        True when the scans were simulated.
    scans, firearms, same_pairs, different_pairs : int
    instruments, calibres, ammunition : tuple of str
        Empty when the collection does not say.
    method : Method
        The processing and comparison the scores come from.
    calibration : Calibration
    cllr, cllr_min, cllr_floor, auc, equal_error_rate : float
        With both firearms of each pair left out; NaN when undefined.
    cllr_interval, equal_error_rate_interval : tuple of float
        95 %, over firearms.
    error_rates : tuple of FixedErrorRate
    """

    name: str
    version: int
    description: str
    synthetic: bool
    scans: int
    firearms: int
    same_pairs: int
    different_pairs: int
    instruments: tuple[str, ...]
    calibres: tuple[str, ...]
    ammunition: tuple[str, ...]
    method: Method
    calibration: Calibration
    cllr: float
    cllr_min: float
    cllr_floor: float
    auc: float
    equal_error_rate: float
    cllr_interval: Interval
    equal_error_rate_interval: Interval
    error_rates: tuple[FixedErrorRate, ...] = field(default=())

    @property
    def identity(self) -> str:
        """Name and version, as a report states them."""
        return f"{self.name} v{self.version}"

    @property
    def bounds(self) -> tuple[float, float]:
        """log10 of the least and the largest likelihood ratio this population can carry."""
        return self.calibration.lower, self.calibration.upper

    def log10_lr(self, aligned_correlation: float, congruent_cells: float) -> float:
        """The likelihood ratio of two scores, log10, never beyond ``bounds``.

        Parameters
        ----------
        aligned_correlation : float
        congruent_cells : float
            Both directions together.

        Returns
        -------
        float
            NaN when a score is NaN: where no overlap was found nothing was compared, which is no
            evidence for either side (``Comparison.reason`` says why).
        """
        correlation, cells = np.array([aligned_correlation]), np.array([float(congruent_cells)])
        return float(self.calibration.log10_lr(correlation, cells)[0])

    def applies_to(
        self, method: Method, instrument: str | None = None, calibre: str | None = None
    ) -> tuple[str, ...]:
        """Warnings a report must carry when this population is used for a case.

        Parameters
        ----------
        method : Method
            What the case's scores come from.
        instrument, calibre : str, optional
            Of the case, where known.

        Raises
        ------
        ReferencePopulationError
            If the scores do not mean the same: other version or parameters of the processing, of
            the comparison, or of what counts as a congruent cell.
        """
        differences = self.method.differences(method)
        if differences.grave:
            raise ReferencePopulationError(
                f"reference population {self.identity} was made with another method "
                f"({'; '.join(differences.grave)}); use one made with this method, or make one "
                "with headstamp validate --save-reference"
            )
        warnings = [
            f"compared with other settings than {self.identity}: {text}"
            for text in differences.slight
        ]
        if self.synthetic:
            warnings.append(
                f"reference population {self.identity} is synthetic: its likelihood ratios are "
                "for demonstration, not for casework"
            )
        warnings += _outside("instrument", instrument, self.instruments, self.identity)
        warnings += _outside("calibre", calibre, self.calibres, self.identity)
        return tuple(warnings)

    def to_json(self) -> str:
        """The population as JSON text, the same text for the same population."""
        from headstamp.evaluation.reference_json import written

        return written(self)

    @classmethod
    def from_json(cls, text: str) -> ReferencePopulation:
        """Read what ``to_json`` wrote.

        Raises
        ------
        ReferencePopulationError
            If it is not JSON, not a reference population, of another version, or inconsistent;
            the sentence does not name the file, which is unknown here.
        """
        from headstamp.evaluation.reference_json import read

        return read(text)


def _outside(what: str, value: str | None, known: tuple[str, ...], identity: str) -> list[str]:
    if not known:
        return [f"reference population {identity} does not say which {what} it was made with"]
    if value is None:
        return [f"the {what} of this case is not known; {identity} has {', '.join(known)}"]
    if value.casefold() not in {name.casefold() for name in known}:
        return [f"the {what} {value} lies outside {identity}, which has {', '.join(known)}"]
    return []
