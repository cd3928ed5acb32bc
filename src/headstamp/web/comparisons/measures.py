"""What was measured of two scans, and the population that weighs it."""

from __future__ import annotations

import math
from typing import Any

from headstamp.comparison.parameters import COMPARISON_VERSION, ComparisonParameters
from headstamp.comparison.result import CellTable
from headstamp.comparison.result import Comparison as Compared
from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import ReferencePopulation
from headstamp.formats.reference_file import load_reference
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import PROCESSING_VERSION
from headstamp.web.evidence.models import Scan


def numbers_of(compared: Compared, population: ReferencePopulation | None) -> dict[str, Any]:
    """What is kept of a comparison, in the units of the record."""
    ratio = math.nan
    if population is not None:
        ratio = population.log10_lr(compared.aligned_correlation, compared.congruent_cells)
    return {
        "aligned_correlation": _finite(compared.aligned_correlation),
        "congruent_cells": compared.congruent_cells,
        "cells": compared.cells,
        "overlap_mm2": compared.overlap * 1e6,
        "log10_lr": _finite(ratio),
        "population": population.identity if population is not None else "",
        "detail": {
            "pose": {
                "rotation": compared.pose.rotation,
                "shift_um": [1e6 * value for value in compared.pose.shift],
            },
            "cell_size_um": compared.cell_size * 1e6,
            "cells_of_a": _cells(compared.cells_of_a),
            "cells_of_b": _cells(compared.cells_of_b),
            "reason": compared.reason,
        },
    }


def _cells(table: CellTable) -> list[dict[str, Any]]:
    return [
        {
            "centre_um": [round(1e6 * value, 1) for value in table.centre[i]],
            "found_um": [round(1e6 * value, 1) for value in table.found[i]],
            "correlation": round(float(table.correlation[i]), 4),
            "residual_um": round(1e6 * float(table.residual[i]), 1),
            "congruent": bool(table.congruent[i]),
        }
        for i in range(len(table))
    ]


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def population_for(store: Gallery, scan: Scan) -> tuple[ReferencePopulation | None, list[str]]:
    """The population that weighs a scan's comparisons, and what must be said of it.

    None, with the reason, where it does not speak for them: it is of breech faces.
    """
    if scan.region not in (Scan.Region.BREECH_FACE, Scan.Region.UNKNOWN):
        return None, ["no likelihood ratio: the reference population holds breech faces alone"]
    try:
        population = load_reference(None)
        method = Method(
            PROCESSING_VERSION,
            COMPARISON_VERSION,
            store.header.preparation.as_dict(),
            ComparisonParameters().as_dict(),
        )
        instrument = f"{scan.instrument_maker} {scan.instrument_model}".strip() or None
        return population, list(population.applies_to(method, instrument))
    except ReferencePopulationError as error:
        return None, [f"no likelihood ratio: {error}"]
