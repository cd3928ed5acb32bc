"""The real figures, charts and reports fit the pages, and none of it leaks a small count."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.test import Client
from tests.web.figures import making
from tests.web.figures.conftest import FIRST_DAY
from tests.web.figures.test_public_pages import AT, FILES, PAGES
from tests.web.forms import text_of
from tests.web.records import work

from headstamp.web.casework import files
from headstamp.web.figures.models import Content, Draft
from headstamp.web.figures.releases import actions

pytestmark = [pytest.mark.django_db, pytest.mark.real_figures]


SMALL = (1, 2, 3, 4)


@pytest.fixture
def released(records, tmp_path):
    """Figures of a synthetic city with its districts, computed and drawn as they really are."""
    from headstamp.formats.boundaries.importing import Asked
    from headstamp.simulation.list_areas import boundaries
    from headstamp.web.figures.lists.boundaries import keep_boundaries

    path = tmp_path / "districts.geojson"
    path.write_text(json.dumps(boundaries("district")), encoding="utf-8")
    analyst = records.person("analyst")
    asked = Asked("port-verity", "district", "area", "name", "population", 2026, "made up")
    keep_boundaries(path, asked, by=analyst)
    making.imported(records)
    draft = actions.prepare(
        jurisdiction="port-verity",
        last_day=FIRST_DAY,
        known_on=None,
        note="",
        people=456_500,
        people_year=2026,
        people_source="made up",
        by=analyst,
    )
    work()
    current = Draft.objects.get(pk=draft.pk)
    assert current.state == Draft.State.PREPARED, current.failure
    return actions.release(current, version=current.version, by=records.person("commander"))


def test_every_page_and_file_of_real_figures_is_there(released):
    anybody = Client()
    for part in (*PAGES, *FILES):
        answer = anybody.get(AT + part)
        assert answer.status_code == 200, part
    assert "Per 100,000 people" in text_of(anybody.get(f"{AT}port-verity-murders-v1/365_days/"))
    for one in json.loads(document(released, "public", "charts.json")):
        chart = anybody.get(f"{AT}charts/{one['name']}.svg")
        assert chart["Content-Type"] == "image/svg+xml"
        assert chart.content.startswith(b"<svg")
        assert one["description"]
        assert b"<script" not in chart.content


def document(release, edition, name):
    found = Content.objects.get(draft=release.draft, edition=edition, name=name)
    return files.path_of(found.file_id).read_bytes()


def test_beats_are_left_out_and_no_small_count_by_area_is_told(released):
    """Neither in the document, nor beside a chart, nor in the table that is downloaded."""
    full = json.loads(document(released, "full", "figures.json"))
    public = json.loads(document(released, "public", "figures.json"))
    assert {one["kind"] for one in public["areas"]} == {
        one["kind"] for one in full["areas"] if one["kind"] != "beat"
    }
    for kind in public["areas"]:
        for row in kind["rows"]:
            assert row["count"] not in SMALL, row
            if row["against"] == "last_year":
                assert row["comparison_count"] not in SMALL, row
            if row["suppressed"]:
                assert row["count"] is None
                assert row["count_interval"] is None
                assert row["ratio"] is None
    points = [point for one in public["points"] for point in one["points"]]
    assert points
    assert not [point for point in points if "count" in point]


def test_what_is_computed_twice_is_the_same(records, released):
    """Charts, tables and PDF are the same bytes: whoever counts anew can compare hashes."""
    again = actions.prepare(
        jurisdiction="port-verity",
        last_day=FIRST_DAY,
        known_on=None,
        note="",
        people=456_500,
        people_year=2026,
        people_source="made up",
        by=records.person("analyst"),
    )
    work()
    names = ("edition", "name", "file_id")
    one, other = (
        set(Content.objects.filter(draft=draft).values_list(*names))
        for draft in (released.draft_id, again.pk)
    )
    assert one == other


def test_the_boundaries_of_a_kind_are_put_on_record(released):
    from headstamp.web.audit.models import AuditEvent
    from headstamp.web.figures.lists.boundaries import kept_boundaries

    event = AuditEvent.objects.get(action="figures.boundaries_imported")
    assert event.detail["boundaries"] == "port-verity/district"
    (kept,) = kept_boundaries()
    assert event.detail["sha256"] == kept.sha256
    assert released.last_day == date(2026, 6, 23)
