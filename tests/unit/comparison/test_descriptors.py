"""Descriptors: small, and good enough to put the true scan first among strangers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from headstamp.comparison.descriptors import DESCRIPTOR_SIZE, describe
from headstamp.comparison.query import Query
from headstamp.simulation.distractor import distractor
from headstamp.surfaces.preparation import prepare
from headstamp.surfaces.prepared import PreparedScan

Prepared = Callable[..., PreparedScan]


def test_a_descriptor_is_about_a_kilobyte(prepared: Prepared) -> None:
    descriptor = describe(prepared(1))
    assert descriptor.shape == (DESCRIPTOR_SIZE,)
    assert descriptor.nbytes <= 1024


def test_a_scan_is_most_like_itself(prepared: Prepared) -> None:
    scans = [prepared(seed) for seed in range(5)]
    descriptors = np.stack([describe(scan) for scan in scans])
    for index, scan in enumerate(scans):
        scores = Query.of(scan).shortlist_scores(descriptors)
        assert scores.argmax() == index
        assert scores[index] > 0.98  # four bits a point


def test_the_true_scan_comes_before_strangers(prepared: Prepared) -> None:
    strangers = [describe(prepare(distractor(seed))) for seed in range(60)]
    descriptors = np.stack([describe(prepared(1, 12)), *strangers])
    assert Query.of(prepared(1, 11)).shortlist_scores(descriptors).argmax() == 0


def test_scores_do_not_depend_on_the_company(prepared: Prepared) -> None:
    descriptors = np.stack([describe(prepare(distractor(seed))) for seed in range(20)] * 15)
    query = Query.of(prepared(1))
    together = query.shortlist_scores(descriptors)
    apart = np.concatenate([query.shortlist_scores(part) for part in np.split(descriptors, 3)])
    assert np.array_equal(together, apart)


def test_an_empty_descriptor_scores_nothing(prepared: Prepared) -> None:
    empty = np.zeros((1, DESCRIPTOR_SIZE), dtype=np.int8)
    assert Query.of(prepared(1)).shortlist_scores(empty)[0] == 0.0
