"""What is not released, and what is suppressed, is nowhere in what everybody reaches."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from tests.web.figures.conftest import FIRST_DAY, SECOND_DAY
from tests.web.figures.test_public_pages import AT, FILES, PAGES
from tests.web.forms import text_of

from headstamp.web.casework import files
from headstamp.web.figures.models import Content
from headstamp.web.figures.releases import actions

pytestmark = pytest.mark.django_db

EVERYWHERE = ("/figures/", "/figures/port-verity/", "/figures/port-verity/archive/")


def all_pages(at=AT):
    return (*EVERYWHERE, *(at + part for part in (*PAGES, *FILES)))


def test_what_waits_for_a_second_person_is_nowhere(prepare, person):
    prepare(note="Xylo")
    anybody = Client()
    assert "Xylo" not in text_of(anybody.get("/figures/"))
    for page in all_pages()[1:]:
        assert anybody.get(page).status_code == 404, page


def test_a_draft_changes_no_letter_of_what_is_released(release, prepare):
    release(FIRST_DAY)
    anybody = Client()
    before = {page: anybody.get(page).content for page in all_pages()}
    prepare(SECOND_DAY, note="Xylo")
    assert before == {page: anybody.get(page).content for page in all_pages()}


def test_refused_and_withdrawn_figures_are_nowhere(prepare, release, person):
    draft = prepare(note="Xylo")
    actions.refuse(draft, version=draft.version, reason="Xylo", by=person("commander"))
    made = release(note="Xylo")
    count = json.loads(Client().get(f"{AT}figures.json").content)["figures"][2]["count"]
    actions.withdraw(made, reason="Wrong list", by=person("commander"))
    for page in all_pages():
        said = text_of(Client().get(page))
        assert "Xylo" not in said, page
        assert not re.search(rf">\s*{count:,}\s*<", said), page


def test_a_suppressed_count_is_in_no_page_table_or_chart(release):
    """Its cells say their class; the number that only the full edition has is nowhere."""
    made = release(FIRST_DAY)
    full, public = (
        json.loads(files.path_of(
            Content.objects.get(draft=made.draft, edition=edition, name="figures.json").file_id
        ).read_bytes())
        for edition in ("full", "public")
    )  # fmt: skip
    hidden = [
        (before, after)
        for before, after in zip(full["areas"][0]["rows"], public["areas"][0]["rows"], strict=True)
        if after["suppressed"]
    ]
    assert hidden
    anybody = Client()
    page = anybody.get(f"{AT}areas/district/")
    text = text_of(page)
    for before, after in hidden:
        assert after["count"] is None
        assert before["area_name"] in text
    assert text.count("1 to 4") >= len({(one["rule"], one["area"]) for _, one in hidden})
    sent = json.loads(anybody.get(f"{AT}figures.json").content)
    assert sent["areas"] == public["areas"]


def test_only_files_of_the_public_edition_have_a_public_address(release):
    """Every kept file is asked for under every name it might have."""
    made = release(FIRST_DAY)
    anybody = Client()
    public = set(
        Content.objects.filter(draft=made.draft, edition="public").values_list("file_id", flat=True)
    )
    secret = set(
        Content.objects.filter(draft=made.draft, edition="full").values_list("file_id", flat=True)
    )
    for content in Content.objects.filter(draft=made.draft):
        for address in (
            *(f"{AT}{content.name}", f"{AT}{content.edition}/{content.name}"),
            *(f"{AT}charts/{content.name}", f"/figures/{content.file_id}/"),
            f"/files/{content.file_id[:2]}/{content.file_id}",
        ):
            answer = anybody.get(address)
            if answer.status_code == 200:
                assert answer["ETag"].strip('"') in public - (secret - public)


def test_inside_a_stranger_reaches_nothing(release, prepare):
    draft = release(FIRST_DAY).draft
    anybody = Client()
    for part in (
        *("", "lists/", "prepare/", f"drafts/{draft.pk}/", f"drafts/{draft.pk}/detail/"),
        *(f"drafts/{draft.pk}/full/cities.svg", "weekly/", "templates/"),
    ):
        answer = anybody.get(f"/figures/work/{part}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")
