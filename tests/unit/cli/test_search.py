"""``headstamp search``."""

from __future__ import annotations

import json

import pytest

from headstamp.gallery.store import Gallery
from headstamp.reports.wording import LEAD_SENTENCE


@pytest.fixture(scope="session")
def query(tmp_path_factory, write_scan):
    """Another firing of gun 2."""
    return write_scan(tmp_path_factory.mktemp("query") / "query.x3p", 2, 7)


def test_the_gun_comes_first(headstamp, gallery, query):
    code, out, _ = headstamp("search", query, "--gallery", gallery, "--json")
    assert code == 0
    found = json.loads(out)
    assert [candidate["rank"] for candidate in found] == [1, 2, 3, 4]
    assert found[0]["scan"] == "gun2.x3p"
    assert {"rank", "scan", "congruent_cells", "aligned_correlation", "log10_lr"} <= set(found[0])
    assert found[0]["sha256"] == Gallery.open(gallery).record(2).sha256
    assert found[0]["congruent_cells"] > found[1]["congruent_cells"]


def test_the_table_says_that_a_lead_is_no_identification(headstamp, gallery, query):
    code, out, _ = headstamp("search", query, "--gallery", gallery, "--top", 2)
    assert code == 0
    assert LEAD_SENTENCE in out
    assert "gun2.x3p" in out
    assert all(stage in out for stage in ("Pose screen", "Comparison"))


def test_no_more_candidates_than_asked_for(headstamp, gallery, query):
    out = headstamp("search", query, "--gallery", gallery, "--top", 1, "--json")[1]
    assert len(json.loads(out)) == 1


def test_every_way_of_searching_gives_the_same_answer(headstamp, gallery, query):
    one = headstamp("search", query, "--gallery", gallery, "--jobs", 1, "--json")[1]
    two = headstamp("search", query, "--gallery", gallery, "--jobs", 2, "--json")[1]
    assert one == two


def test_a_scan_does_not_find_itself_unless_asked(headstamp, gallery, scan_folder):
    words = ["search", scan_folder / "gun1.x3p", "--gallery", gallery, "--json"]
    assert "gun1.x3p" not in [found["scan"] for found in json.loads(headstamp(*words)[1])]
    first = json.loads(headstamp(*words, "--include-same-file")[1])[0]
    assert first["scan"] == "gun1.x3p"
    assert first["aligned_correlation"] == pytest.approx(1.0, abs=1e-3)


def test_an_empty_gallery_is_an_answer(headstamp, tmp_path, query):
    headstamp("gallery", "create", tmp_path / "g")
    code, out, err = headstamp("search", query, "--gallery", tmp_path / "g", "--json")
    assert (code, json.loads(out)) == (0, [])
    assert "empty" in err


@pytest.mark.parametrize("name", ["sheet.html", "sheet.pdf"])
def test_the_contact_sheet_is_the_same_each_time(headstamp, gallery, query, tmp_path, name):
    start = {"sheet.html": b"<!doctype", "sheet.pdf": b"%PDF"}[name]
    written = []
    for _ in range(2):
        words = ["--gallery", gallery, "--top", 2, "--report", tmp_path / name]
        assert headstamp("search", query, *words)[0] == 0
        written.append((tmp_path / name).read_bytes())
        (tmp_path / name).unlink()
    assert written[0][: len(start)].lower() == start.lower()
    assert written[0] == written[1]


def test_a_report_of_another_kind_is_refused_before_the_search(headstamp, tmp_path, query):
    words = ["--gallery", tmp_path / "none", "--report", tmp_path / "sheet.doc"]
    code, _, err = headstamp("search", query, *words)
    assert (code, r"sheet.doc" in err) == (6, True)


def test_a_gallery_of_another_version_is_one_line_and_a_code(
    headstamp, gallery, query, monkeypatch
):
    from headstamp.gallery import header

    monkeypatch.setattr(header, "PROCESSING_VERSION", header.PROCESSING_VERSION + 1)
    code, out, err = headstamp("search", query, "--gallery", gallery, "--json")
    assert (code, out) == (5, "")
    assert "processing version" in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "code"), [(b"", 3), (b"PK nonsense", 3), (b"text", 3), (None, 3)]
)
def test_a_bad_scan_is_one_line_and_a_code(headstamp, gallery, tmp_path, content, code):
    scan = tmp_path / "bad.x3p"
    if content is not None:
        scan.write_bytes(content)
    got, out, err = headstamp("search", scan, "--gallery", gallery, "--json")
    assert (got, out) == (code, "")
    assert "bad.x3p" in err
    assert len(err.strip().splitlines()) == 1


def test_a_reference_population_that_is_not_there_is_an_error_only_when_named(
    headstamp, gallery, query
):
    code, _, err = headstamp("search", query, "--gallery", gallery, "--reference", "nowhere")
    assert (code, "nowhere" in err) == (7, True)
