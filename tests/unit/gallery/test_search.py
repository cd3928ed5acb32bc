"""A search finds the gun, and the answer does not depend on who does the work."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from headstamp.errors import GalleryError, HeadstampError
from headstamp.gallery.candidates import SearchSettings
from headstamp.gallery.cluster import DaskWorkers
from headstamp.gallery.executors import Processes, Serial
from headstamp.gallery.search import search
from headstamp.gallery.store import Gallery
from headstamp.surfaces.prepared import PreparationParameters

NARROW = SearchSettings(least_shortlist=8, compared=4)
"""Small enough that every stage leaves something out of twenty scans."""


def story(result) -> str:
    """Everything a result says, as text."""
    return json.dumps(
        [
            (
                candidate.rank,
                candidate.record.index,
                candidate.score,
                candidate.screen_score,
                candidate.shortlist_score,
                candidate.comparison.aligned_correlation,
                candidate.comparison.congruent_cells,
                candidate.comparison.pose.rotation,
                candidate.comparison.pose.shift,
                candidate.comparison.cells_of_a.correlation.tolist(),
            )
            for candidate in result.candidates
        ]
    )


@pytest.mark.parametrize("gun", [0, 7, 19])
def test_another_firing_of_the_gun_is_found_first(gallery, make_scan, gun):
    result = search(gallery, make_scan(gun, 5), settings=NARROW)
    assert result.candidates[0].record.labels["firearm"] == f"gun{gun}"
    assert [candidate.rank for candidate in result.candidates] == [1, 2, 3, 4]
    scores = [candidate.score for candidate in result.candidates]
    assert scores == sorted(scores, reverse=True)


def test_each_stage_looks_at_what_the_one_before_left(gallery, make_scan):
    result = search(gallery, make_scan(3, 1), settings=NARROW)
    assert [(s.stage, s.records) for s in result.stages] == [
        ("shortlist", 20),
        ("screen", 8),
        ("compare", 4),
    ]


def test_an_exhaustive_search_screens_everything(gallery, make_scan):
    settings = replace(NARROW, exhaustive=True)
    result = search(gallery, make_scan(3, 1), settings=settings)
    assert [(s.stage, s.records) for s in result.stages] == [("screen", 20), ("compare", 4)]
    assert result.candidates[0].record.index == 3
    assert all(candidate.shortlist_score is None for candidate in result.candidates)


def test_a_gallery_that_fits_the_shortlist_needs_none(gallery, make_scan):
    result = search(gallery, make_scan(3, 1), settings=replace(NARROW, least_shortlist=20))
    assert [(s.stage, s.records) for s in result.stages] == [("screen", 20), ("compare", 4)]


def test_a_partial_mark_is_searched_without_a_shortlist(gallery, make_scan):
    result = search(gallery, make_scan(3, 1, radius=0.55e-3), settings=NARROW)
    assert [(s.stage, s.records) for s in result.stages] == [("screen", 20), ("compare", 4)]
    assert result.candidates[0].record.index == 3


def test_partial_marks_of_the_gallery_join_every_shortlist(gallery, make_scan, make_item):
    gallery.append([make_item(50, radius=0.55e-3), make_item(51, radius=0.55e-3)])
    result = search(gallery, make_scan(50, 1), settings=replace(NARROW, least_shortlist=3))
    assert result.stages[1].records in (3, 4, 5)
    assert result.candidates[0].record.index == 20
    settings = replace(NARROW, least_shortlist=3, partial_marks=False)
    assert search(gallery, make_scan(50, 1), settings=settings).stages[1].records == 3


def test_results_are_the_same_on_processes_and_whatever_their_number(gallery, make_scan):
    expected = story(search(gallery, make_scan(5, 2), settings=NARROW, executor=Serial()))
    for jobs in (1, 2):
        with Processes(jobs) as executor:
            first = search(gallery, make_scan(5, 2), settings=NARROW, executor=executor)
            other = search(gallery, make_scan(6, 2), settings=NARROW, executor=executor)
        assert story(first) == expected
        assert other.candidates[0].record.index == 6


def test_results_are_the_same_on_two_dask_workers(gallery, make_scan):
    distributed = pytest.importorskip("distributed")
    expected = story(search(gallery, make_scan(5, 2), settings=NARROW, executor=Serial()))
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        scheduler_kwargs={"dashboard": False},
        silence_logs=40,
    )
    try:
        workers = DaskWorkers.connect(cluster.scheduler_address)
        found = search(gallery, make_scan(5, 2), settings=NARROW, executor=workers)
        again = search(gallery, make_scan(5, 2), settings=NARROW, executor=workers)
        elsewhere = Gallery.open(gallery.path)
        elsewhere.header = replace(elsewhere.header, identity="another")
        with pytest.raises(GalleryError, match="another gallery under this path"):
            search(elsewhere, make_scan(5, 2), settings=NARROW, executor=workers)
        workers.close()
    finally:
        cluster.close()
    assert story(found) == story(again) == expected


def test_a_scheduler_that_does_not_answer_is_named():
    pytest.importorskip("distributed")
    with pytest.raises(HeadstampError, match=r"127\.0\.0\.1:9.*no Dask scheduler"):
        DaskWorkers.connect("tcp://127.0.0.1:9", timeout=0.5)


@pytest.mark.parametrize("block", [1, 3, 7, 20, 8192])
def test_the_size_of_the_blocks_does_not_matter(gallery, make_scan, block):
    expected = search(gallery, make_scan(2, 1), settings=NARROW)
    found = search(gallery, make_scan(2, 1), settings=replace(NARROW, block=block))
    assert story(found) == story(expected)


def test_repeating_a_search_repeats_the_answer(gallery, make_scan):
    first, second = (search(gallery, make_scan(2, 1), settings=NARROW) for _ in range(2))
    assert story(first) == story(second)


def test_the_scan_itself_is_left_out_unless_asked_for(gallery, items):
    scan, sha256 = items[4].scan, items[4].sha256
    without = search(gallery, scan, sha256, settings=NARROW)
    assert 4 not in [candidate.record.index for candidate in without.candidates]
    assert without.searched == 19
    settings = replace(NARROW, include_same_file=True)
    found = search(gallery, scan, sha256, settings=settings).candidates[0]
    assert found.record.index == 4
    assert found.comparison.aligned_correlation == pytest.approx(1.0, abs=1e-3)


def test_an_incremental_search_sees_only_what_is_new(gallery, make_scan, make_item):
    gallery.append([make_item(4, 1), make_item(100)])
    result = search(gallery, make_scan(4, 2), settings=replace(NARROW, since=20))
    assert result.searched == 2
    assert [candidate.record.index for candidate in result.candidates] == [20, 21]


def test_old_and_new_searches_together_find_what_one_search_finds(gallery, make_scan, make_item):
    wide = SearchSettings(compared=50)
    before = search(gallery, make_scan(4, 2), settings=wide)
    gallery.append([make_item(4, 1), make_item(100)])
    fresh = search(gallery, make_scan(4, 2), settings=replace(wide, since=20))
    whole = search(gallery, make_scan(4, 2), settings=wide)
    parts = {c.record.index: c.score for c in (*before.candidates, *fresh.candidates)}
    assert parts == {c.record.index: c.score for c in whole.candidates}


def test_other_marks_are_not_candidates(tmp_path, make_item, make_scan):
    gallery = Gallery.create(tmp_path / "g")
    gallery.append([make_item(1, 0, "firing_pin"), make_item(2), make_item(1, 3, "unknown")])
    result = search(gallery, make_scan(1, 1))
    assert sorted(candidate.record.index for candidate in result.candidates) == [1, 2]


def test_an_empty_gallery_is_an_answer(tmp_path, make_scan):
    result = search(Gallery.create(tmp_path / "g"), make_scan(1, 1))
    assert (result.candidates, result.searched, result.stages) == ((), 0, ())


def test_a_gallery_with_nothing_but_the_scan_itself_is_an_answer(tmp_path, items):
    gallery = Gallery.create(tmp_path / "g")
    gallery.append(items[:1])
    assert search(gallery, items[0].scan, items[0].sha256).searched == 0


def test_scans_without_surface_are_no_candidates_and_no_crash(gallery, make_scan):
    scan = make_scan(1, 1)
    levels = [replace(level, codes=np.full_like(level.codes, -128)) for level in scan.levels]
    empty = replace(scan, pose=levels[0], coarse=levels[1], fine=levels[2])
    assert search(gallery, empty, settings=NARROW).candidates == ()


def test_a_scan_prepared_otherwise_is_refused(gallery, make_scan):
    other = replace(make_scan(1, 1), parameters=PreparationParameters(rms_window=1e-4))
    with pytest.raises(GalleryError, match="rms_window"):
        search(gallery, other)


def test_progress_counts_every_stage_to_its_end(gallery, make_scan):
    seen = {}
    search(
        gallery,
        make_scan(3, 1),
        settings=NARROW,
        progress=lambda stage, done, total: seen.setdefault(stage, []).append((done, total)),
    )
    assert {stage: counts[-1] for stage, counts in seen.items()} == {
        "shortlist": (20, 20),
        "screen": (8, 8),
        "compare": (4, 4),
    }


def test_a_failure_in_a_worker_reaches_the_user_as_its_sentence(gallery, make_scan):
    gallery.header = replace(gallery.header, identity="another")
    with Processes(1) as executor, pytest.raises(GalleryError, match="another gallery"):
        search(gallery, make_scan(3, 1), settings=NARROW, executor=executor)


def test_torch_ranks_alike(gallery, make_scan):
    pytest.importorskip("torch")
    expected = search(gallery, make_scan(5, 2), settings=NARROW)
    found = search(gallery, make_scan(5, 2), settings=NARROW, backend="torch:cpu")
    assert [c.record.index for c in found.candidates] == [
        c.record.index for c in expected.candidates
    ]
    np.testing.assert_allclose(
        [c.score for c in found.candidates], [c.score for c in expected.candidates], atol=2e-3
    )
