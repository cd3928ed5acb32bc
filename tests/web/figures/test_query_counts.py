"""No page of figures asks the database more often because more has been released."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.figures.conftest import FIRST_DAY
from tests.web.figures.test_public_pages import AT, FILES, PAGES

from headstamp.web.figures.public.rendered import RENDERED
from headstamp.web.figures.reports import templates

pytestmark = pytest.mark.django_db

PUBLIC = (
    *("/figures/", "/figures/port-verity/", "/figures/port-verity/archive/"),
    *(AT + part for part in (*PAGES, *FILES)),
)
INSIDE = ("/figures/work/", "/figures/work/lists/", "/figures/work/templates/", "/")
MOST = 15
"""Of a page for everybody; with a session and a role there are some more."""


@pytest.fixture
def asked(client, person, signed_in, monkeypatch):
    """``asked(page)``: how often a page asks the database when it is rendered anew."""
    monkeypatch.setattr(RENDERED, "get", lambda key: None if key else b"")
    browsers = {True: client, False: signed_in(person("commander"))}

    def count(page):
        browser = browsers[page in PUBLIC]
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page).status_code == 200, page
        return len(captured)

    return count


def test_the_number_of_queries_does_not_grow_with_releases(release, person, asked):
    release(FIRST_DAY)
    pages = (*PUBLIC, *INSIDE)
    few = {page: asked(page) for page in pages}
    for back in range(1, 5):
        release(FIRST_DAY - timedelta(days=back))
        own = SimpleUploadedFile("ours.md", b"# Ours\n")
        templates.keep_template(
            "monthly-public", content=own.read(), file_name=own.name, by=person("analyst")
        )
    many = {page: asked(page) for page in pages}
    assert {page: number for page, number in many.items() if number > few[page]} == {}
    assert max(many[page] for page in PUBLIC) <= MOST
