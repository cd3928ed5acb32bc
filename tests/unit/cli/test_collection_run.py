"""All pairs in processes: the same numbers, however many."""

from __future__ import annotations

import os

import numpy as np
import pytest

from headstamp.cli.collection_run import _run, _Setting, compare_all
from headstamp.comparison.compare import compare
from headstamp.comparison.parameters import ComparisonParameters
from headstamp.errors import HeadstampError
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan
from headstamp.surfaces.topography import Topography

PARAMETERS = ComparisonParameters(rotation_range_deg=4.0, fine=False)


@pytest.fixture(scope="module")
def scans() -> list[PreparedScan]:
    """Four rough surfaces of 1.3 mm; the first two are the same one, scanned with new noise."""
    from scipy import ndimage

    random = np.random.default_rng(6)
    rough = [ndimage.gaussian_filter(random.normal(size=(104, 104)), 2.5) for _ in range(3)]
    surfaces = [rough[0], rough[0] + 0.02 * random.normal(size=(104, 104)), *rough[1:]]
    return [
        prepare(Topography((1e-6 * surface).astype(np.float32), 12.5e-6)) for surface in surfaces
    ]


def test_two_processes_find_what_one_finds(scans: list[PreparedScan]) -> None:
    done = []
    first, second, alone = compare_all(scans, PARAMETERS, 1, done.append)
    again = compare_all(scans, PARAMETERS, 2, lambda _: None)
    assert sum(done) == len(first) == 6
    assert first.tolist() == again[0].tolist()
    assert second.tolist() == again[1].tolist()
    for name, values in alone.items():
        np.testing.assert_array_equal(values, again[2][name])


def test_a_pair_scores_as_it_does_on_its_own(scans: list[PreparedScan]) -> None:
    _, _, scores = compare_all(scans, PARAMETERS, 1, lambda _: None)
    single = compare(scans[0], scans[1], PARAMETERS)
    assert scores["aligned_correlation"][0] == single.aligned_correlation
    assert scores["congruent_cells"][0] == single.congruent_cells
    assert scores["aligned_correlation"][0] > 0.9 > scores["aligned_correlation"][1:].max()


def test_worker_that_dies_is_an_error_and_not_a_wait_without_end() -> None:
    with pytest.raises(HeadstampError, match="--jobs"):
        list(_run(os._exit, [1, 1, 1], 2, _Setting((), None)))
