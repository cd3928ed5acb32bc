"""A reference population bounds its likelihood ratios and says where it applies."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.errors import ReferencePopulationError
from headstamp.evaluation.calibration import Calibration
from headstamp.evaluation.method import Method
from headstamp.evaluation.reference import FixedErrorRate, ReferencePopulation

METHOD = Method(1, 1, {"cutoff_short": 16e-6}, {"cell_size": 450e-6, "rotation_range_deg": 30.0})

POPULATION = ReferencePopulation(
    name="example",
    version=3,
    description="Forty scans of ten slides",
    synthetic=False,
    scans=40,
    firearms=10,
    same_pairs=63,
    different_pairs=717,
    instruments=("NanoFocus µsurf",),
    calibres=("9 mm Luger",),
    ammunition=(),
    method=METHOD,
    calibration=Calibration((0.2, 0.5), (0.25, 1.0), (0.85, 0.9), -2.5, -1.8, 2.7),
    cllr=0.018,
    cllr_min=0.0,
    cllr_floor=0.0127,
    auc=1.0,
    equal_error_rate=0.0,
    cllr_interval=(0.015, 0.021),
    equal_error_rate_interval=(float("nan"), float("nan")),
    error_rates=(
        FixedErrorRate("aligned_correlation", 0.4, 0, 63, 0, 717, (0.0, 0.057), (0.0, 0.005)),
    ),
)


def test_reading_what_was_written_gives_the_same_population() -> None:
    again = ReferencePopulation.from_json(POPULATION.to_json())
    assert again.to_json() == POPULATION.to_json()
    assert replace(again, equal_error_rate_interval=(0.0, 0.0)) == replace(
        POPULATION, equal_error_rate_interval=(0.0, 0.0)
    )


@given(st.floats(allow_nan=True, allow_infinity=True), st.integers(-5, 10**9))
def test_no_scores_whatever_give_a_ratio_beyond_the_bounds(r: float, cells: int) -> None:
    value = POPULATION.log10_lr(r, cells)
    assert np.isnan(value) if np.isnan(r) else -1.8 <= value <= 2.7


def test_formula() -> None:
    """-2.5 + 0.85 (atanh 0.5 - 0.2) / 0.25 + 0.9 (ln 4 - 0.5), computed by hand."""
    assert POPULATION.log10_lr(0.5, 3) == pytest.approx(-2.5 + 1.187640 + 0.797665, abs=1e-6)


def test_no_overlap_is_no_evidence_either_way() -> None:
    assert np.isnan(POPULATION.log10_lr(float("nan"), 0))


def test_identity_names_the_version() -> None:
    assert POPULATION.identity == "example v3"


def test_case_inside_the_population_needs_no_warning() -> None:
    assert POPULATION.applies_to(METHOD, "nanofocus µsurf", "9 mm Luger") == ()


def test_other_processing_is_refused() -> None:
    with pytest.raises(ReferencePopulationError, match="processing version 1, here 2"):
        POPULATION.applies_to(replace(METHOD, processing_version=2))


def test_other_meaning_of_a_congruent_cell_is_refused() -> None:
    other = replace(METHOD, comparison={**METHOD.comparison, "cell_size": 300e-6})
    with pytest.raises(ReferencePopulationError, match="cell_size"):
        POPULATION.applies_to(other)


def test_wider_search_is_a_warning() -> None:
    other = replace(METHOD, comparison={**METHOD.comparison, "rotation_range_deg": 180.0})
    (warning,) = POPULATION.applies_to(other, "NanoFocus µsurf", "9 mm Luger")
    assert "rotation_range_deg 30.0, here 180.0" in warning


def test_other_calibre_and_unknown_instrument_are_warnings() -> None:
    instrument, calibre = POPULATION.applies_to(METHOD, None, ".40 S&W")
    assert "instrument of this case is not known" in instrument
    assert ".40 S&W lies outside example v3" in calibre


def test_synthetic_population_says_so() -> None:
    warnings = replace(POPULATION, synthetic=True).applies_to(
        METHOD, "NanoFocus µsurf", "9 mm Luger"
    )
    assert "not for casework" in warnings[0]


def changed(**values: object) -> str:
    return json.dumps({**json.loads(POPULATION.to_json()), **values})


def without(name: str) -> str:
    content = json.loads(POPULATION.to_json())
    del content[name]
    return json.dumps(content)


CALIBRATION = json.loads(POPULATION.to_json())["calibration"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a reference population"),
        ("{}", "not a reference population"),
        (changed(format_version=0), "format version 0"),
        (changed(features=["x"]), "other features"),
        (without("calibration"), "'calibration' is missing"),
        (changed(calibration=None), "not a valid"),
        (changed(calibration={**CALIBRATION, "scale": [0, 1]}), "positive scales"),
        (changed(calibration={**CALIBRATION, "slope": [-1, 1]}), "negative slope"),
        (changed(calibration={**CALIBRATION, "upper": None}), "not a number"),
        (changed(calibration={**CALIBRATION, "lower": 1.0}), "either side of 0"),
        (changed(calibration={**CALIBRATION, "mean": [1]}), "two numbers"),
        (changed(scans=-1), "whole number"),
        (changed(scans=True), "whole number"),
        (changed(cllr="low"), "number or null"),
        (changed(name=" "), "name must be text"),
        (changed(instruments="one"), "list of texts"),
        (changed(method={"processing_version": 1}), "not a valid"),
        (changed(method=3), "not a valid"),
        (changed(error_rates=[{}]), "missing"),
        (changed(error_rates=3), "not a valid"),
    ],
)
def test_malformed_population_is_refused_in_one_line(text: str, sentence: str) -> None:
    with pytest.raises(ReferencePopulationError, match=sentence) as caught:
        ReferencePopulation.from_json(text)
    assert "\n" not in str(caught.value)
