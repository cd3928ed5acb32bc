"""The weekly command report, and the templates of both reports."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.figures import making
from tests.web.figures.conftest import FIRST_DAY, SECOND_DAY
from tests.web.forms import text_of

from headstamp.web.audit.models import AuditEvent
from headstamp.web.figures.models import Content, Report, ReportTemplate
from headstamp.web.figures.releases.kept import bytes_of
from headstamp.web.figures.reports import actions, templates
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db

ASKED = {"jurisdiction": "port-verity", "last_day": "2026-06-23"}
OWN = b"# Our figures of {{ place }}\n\n{{ headline }}\n"


@pytest.fixture
def weekly(records, import_list):
    """``weekly()``: a weekly report of the first list."""
    import_list(FIRST_DAY)
    return lambda day=FIRST_DAY: making.weekly(records, day)


def hand_in(browser, content, kind="weekly-command", name="ours.md"):
    given = {"template": SimpleUploadedFile(name, content)}
    return browser.post(f"/figures/work/templates/{kind}/", given)


def test_a_report_that_was_made_is_there_at_once(weekly, person, signed_in):
    made = weekly()
    assert weekly().pk == made.pk
    for role in ("analyst", "investigator", "monitor"):
        answer = signed_in(person(role)).get("/figures/work/weekly/", ASKED)
        assert answer["Location"] == f"/figures/work/weekly/{made.pk}/"
    file = signed_in(person("commander")).get(f"/figures/work/weekly/{made.pk}/file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.")
    assert file["Content-Type"] == "application/pdf"


def test_a_report_that_there_is_not_is_made_by_those_who_may(import_list, person, signed_in):
    import_list(FIRST_DAY)
    page = text_of(signed_in(person("analyst")).get("/figures/work/weekly/", ASKED))
    assert "Have the report made" in page
    reader = text_of(signed_in(person("investigator")).get("/figures/work/weekly/", ASKED))
    assert "Have the report made" not in reader
    assert "An analyst or a commander has it made" in reader
    assert not Report.objects.exists()


def test_a_newer_list_makes_another_report_and_the_old_page_says_so(
    weekly, import_list, person, signed_in
):
    made = weekly()
    browser = signed_in(person("analyst"))
    assert "have changed since" not in text_of(browser.get(f"/figures/work/weekly/{made.pk}/"))
    import_list(SECOND_DAY)
    assert "have changed since" in text_of(browser.get(f"/figures/work/weekly/{made.pk}/"))
    assert weekly().pk != made.pk


def test_a_day_that_lies_ahead_has_no_report(import_list, person, signed_in):
    import_list(FIRST_DAY)
    answer = signed_in(person("analyst")).post(
        "/figures/work/weekly/ask/", {**ASKED, "last_day": "2999-01-01"}
    )
    assert answer.status_code == 422
    assert "lies ahead" in text_of(answer)
    with pytest.raises(Refusal, match="no list"):
        actions.ask_weekly(jurisdiction="nowhere", last_day=FIRST_DAY, by=person("analyst"))


def test_a_report_that_cannot_be_made_says_why_and_can_be_asked_for_again(
    import_list, person, monkeypatch, signed_in
):
    from tests.web.records import work

    from headstamp.errors import UnreadableTableError
    from headstamp.web.figures.releases import computing

    import_list(FIRST_DAY)
    analyst = person("analyst")

    def broken(data, wanted):
        raise UnreadableTableError("no counting rule can be applied")

    with monkeypatch.context() as patched:
        patched.setattr(computing, "computed", broken)
        made = actions.ask_weekly(jurisdiction="port-verity", last_day=FIRST_DAY, by=analyst)
        work()
    page = text_of(signed_in(analyst).get(f"/figures/work/weekly/{made.pk}/"))
    assert "no counting rule can be applied" in page
    again = actions.ask_weekly(jurisdiction="port-verity", last_day=FIRST_DAY, by=analyst)
    work()
    again.refresh_from_db()
    assert (again.pk, again.state) == (made.pk, Report.State.READY)


def test_a_template_of_ones_own_is_used_from_then_on_and_put_on_record(weekly, person, signed_in):
    before, analyst = weekly(), person("analyst")
    assert hand_in(signed_in(analyst), OWN).status_code == 302
    assert templates.current_text("weekly-command") == OWN.decode()
    assert weekly().pk != before.pk
    event = AuditEvent.objects.get(action="figures.template_changed")
    assert (event.actor, event.detail) == (str(analyst.pk), {"report": "weekly-command"})
    downloaded = signed_in(person("monitor")).get("/figures/work/templates/weekly-command/file/")
    assert downloaded.content == OWN


def test_the_shipped_template_can_be_taken_again_and_every_one_is_kept(person, signed_in):
    browser = signed_in(person("commander"))
    hand_in(browser, OWN)
    browser.post("/figures/work/templates/weekly-command/", {"shipped": "yes"})
    assert templates.current("weekly-command") is None
    assert list(ReportTemplate.objects.values_list("text", flat=True)) == ["", OWN.decode()]
    shipped = browser.get("/figures/work/templates/weekly-command/file/").content.decode()
    assert shipped == templates.shipped_text("weekly-command")
    assert hand_in(browser, shipped.encode()).status_code == 302


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00x", "no plain text"),
        (b"# Week\n\n{{ nothing-like-it }}\n", "line 3"),
        (b"# Week of {{ nobody }}\n", "line 1"),
    ],
)
def test_a_template_that_cannot_be_understood_is_refused_with_the_line(
    content, said, person, signed_in
):
    answer = hand_in(signed_in(person("analyst")), content)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not ReportTemplate.objects.exists()


def test_there_is_no_other_report(person, signed_in):
    browser = signed_in(person("analyst"))
    assert hand_in(browser, OWN, kind="daily").status_code == 404
    assert browser.get("/figures/work/templates/daily/file/").status_code == 404


def test_a_release_keeps_the_report_it_was_released_with(release, person, signed_in):
    made = release()
    content = Content.objects.get(draft=made.draft, edition="public", name="report.pdf")
    before = bytes_of(content)
    hand_in(signed_in(person("analyst")), OWN, kind="monthly-public")
    browser = signed_in(person("analyst"))
    address = "/figures/port-verity/2026-06-23/{}/report.pdf"
    assert browser.get(address.format(1)).content == before
    release()
    assert OWN in browser.get(address.format(2)).content
