"""What everybody reads: without a sign-in, without a cookie, at addresses that stay."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from django.test import Client
from tests.web.figures.conftest import FIRST_DAY, SECOND_DAY
from tests.web.forms import text_of

from headstamp.web.figures.releases import actions

pytestmark = pytest.mark.django_db

AT = "/figures/port-verity/2026-06-23/1/"
PAGES = (
    *("", "trends/", "areas/district/", "map/", "hot-spots/", "near-repeat/", "cities/"),
    *("method/", "method/port-verity-murders-v1/", "restatements/", "report/", "data/"),
    "port-verity-murders-v1/week/",
)
FILES = ("figures.json", "figures.zip", "report.pdf", "charts/cities.svg")


@pytest.fixture
def anybody():
    """A browser nobody signed in to, on a server whose faults are faults."""
    return Client()


def test_before_anything_is_released_the_first_page_says_so(anybody):
    answer = anybody.get("/figures/")
    assert answer.status_code == 200
    assert "Nothing has been released yet" in text_of(answer)


@pytest.mark.parametrize("part", [*PAGES, *FILES])
def test_a_released_page_is_everybodys(part, release, anybody):
    release()
    answer = anybody.get(AT + part)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "public, max-age=300"
    again = anybody.get(AT + part, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert anybody.head(AT + part).status_code == 200
    assert anybody.post(AT + part).status_code == 405


def test_no_question_is_asked_of_the_session_of_who_is_signed_in(release, person, client):
    """Somebody idle, or before the notice, reads what everybody reads."""
    release()
    client.force_login(person("analyst"), "headstamp.web.accounts.backends.AccountBackend")
    assert client.get("/figures/work/").status_code == 302
    answer = client.get(AT)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "/audit/" not in text_of(answer)


def test_the_first_page_leads_to_the_newest_release(release, anybody):
    release(FIRST_DAY)
    release(date(2026, 6, 20))
    first = text_of(anybody.get("/figures/"))
    assert "to <strong>23 June 2026</strong>" in first
    newest = text_of(anybody.get("/figures/port-verity/"))
    assert "figures to 23 June 2026" in newest
    assert f'rel="canonical" href="{AT}"' in newest
    archive = text_of(anybody.get("/figures/port-verity/archive/"))
    assert archive.index("To 23 June 2026") < archive.index("To 20 June 2026")


def test_the_day_alone_leads_to_its_last_release(release, anybody):
    release()
    release()
    assert anybody.get("/figures/port-verity/2026-06-23/")["Location"] == AT.replace("/1/", "/2/")


@pytest.mark.parametrize(
    "address",
    [
        *("nowhere/", "nowhere/archive/", "port-verity/2026-06-22/", "port-verity/2026-06-31/"),
        *("port-verity/2026-06-31/1/", "port-verity/2026-06-23/2/", "port-verity/2026-06-23/0/"),
        *(
            "port-verity/0000-00-00/1/",
            f"port-verity/2026-06-23/{10**12}/",
            "port-verity/20260623/1/",
        ),
        *("port-verity/2026-06-23/1/areas/beat/", "port-verity/2026-06-23/1/nothing/"),
        *("port-verity/2026-06-23/1/port-verity-murders-v2/week/", "nowhere/2026-06-23/1/data/"),
        *("port-verity/2026-06-23/1/port-verity-murders-v1/month/", "PORT-VERITY/"),
        *("port-verity/2026-06-23/1/charts/nothing.svg", "port-verity/2026-06-23/1/page.json"),
        *("port-verity/2026-06-23/1/charts.json", "port-verity/2026-06-23/1/full/figures.json"),
        "port-verity%0d%0aSet-Cookie:%20x=1/",
        "port-verity/2026-06-23/1/%0d%0aX-Other:%20y/",
        "..%2f..%2fheadstamp.env",
        "port-verity/2026-06-23/1/charts/..%2f..%2fpage.svg",
    ],
)
def test_an_address_that_there_is_not_says_so_in_the_public_frame(address, release, anybody):
    release()
    answer = anybody.get(f"/figures/{address}")
    assert answer.status_code == 404
    assert "There is no such release or figure" in text_of(answer)
    assert not answer.cookies
    assert not {"X-Other", "Set-Cookie"} & set(answer.headers)


def test_each_figure_says_all_that_must_be_said_beside_it(release, anybody):
    made = release()
    page = text_of(anybody.get(f"{AT}port-verity-murders-v1/year_to_date/"))
    source = json.loads(anybody.get(f"{AT}figures.json").content)
    row = next(
        one
        for one in source["figures"]
        if one["rule"] == "port-verity-murders v1" and one["period"] == "year_to_date"
    )
    assert f">{row['count']:,}<" in page
    for said in (
        *("1 January to 23 June 2026", "95 % interval", "Per 100,000 people", row["wording"]),
        *("port-verity-murders v1", row["source_sha256"], "As known on", "How to cite it"),
        *("the mean of the 5 years before", "http://testserver" + AT, "How it is counted"),
    ):
        assert said in page, said
    assert f"Release {made.number} of the figures" in " ".join(page.split())


def test_what_is_downloaded_is_what_was_released(release, anybody):
    made = release()
    document = json.loads(anybody.get(f"{AT}figures.json").content)
    assert document["edition"] == "public"
    answer = anybody.get(f"{AT}figures.zip")
    assert answer["Content-Disposition"] == (
        'attachment; filename="figures-port-verity-2026-06-23-1.zip"'
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"README.txt", "figures.csv", "rules.csv", "lists.csv"} <= set(archive.namelist())
        rows = archive.read("figures.csv").decode().splitlines()
    assert len(rows) == len(document["figures"]) + 1
    again = actions.Content.objects.get(draft=made.draft, edition="public", name="figures.zip")
    assert answer["ETag"] == f'"{again.file_id}"'


def test_a_withdrawn_release_says_so_at_every_address_it_had(release, person, anybody):
    made = release()
    actions.withdraw(made, reason="A week was missing", by=person("commander"))
    for part in (*PAGES, *FILES):
        answer = anybody.get(AT + part)
        assert answer.status_code == 410, part
        assert "A week was missing" in text_of(answer)
        assert "ETag" not in answer
    first = text_of(anybody.get("/figures/"))
    assert "withdrawn" in first
    assert "No release stands" in first
    assert anybody.get("/figures/port-verity/").status_code == 200


def test_a_cached_page_of_a_release_withdrawn_since_is_not_called_unchanged(
    release, person, anybody
):
    made = release()
    for part in ("", "figures.json"):
        etag = anybody.get(AT + part)["ETag"]
        if not part:
            kept = etag
    actions.withdraw(made, reason="Wrong", by=person("commander"))
    assert anybody.get(AT, headers={"If-None-Match": kept}).status_code == 410
    assert anybody.get(f"{AT}figures.json", headers={"If-None-Match": etag}).status_code == 410


def test_restatements_stand_on_both_releases(release, import_list, anybody):
    release(FIRST_DAY)
    etag = anybody.get(AT)["ETag"]
    import_list(SECOND_DAY)
    later = release(SECOND_DAY)
    old = anybody.get(AT, headers={"If-None-Match": etag})
    assert old.status_code == 200
    assert "Restated." in text_of(old)
    rows = later.restates.get().rows
    new = text_of(anybody.get("/figures/port-verity/2026-06-30/1/restatements/"))
    on_old = text_of(anybody.get(f"{AT}restatements/"))
    for page in (new, on_old):
        assert page.count('data-label="Said"') == len(rows)
    row = rows[0]
    slug = row["rule"].replace(" ", "-")
    figure = text_of(anybody.get(f"{AT}{slug}/{row['period']}/"))
    assert "Restated" in figure


def test_a_replaced_release_leads_to_the_one_that_replaced_it(release, anybody):
    release()
    release()
    page = text_of(anybody.get(AT))
    assert "Replaced." in page
    assert AT.replace("/1/", "/2/") in page


def test_cities_stand_with_a_warning_against_ranking(release, anybody):
    release()
    assert "Not a ranking" in text_of(anybody.get(f"{AT}cities/"))


def test_a_note_is_shown_as_text(release, anybody):
    release(note="Two lists <script>alert(1)</script>")
    page = text_of(anybody.get(AT))
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
