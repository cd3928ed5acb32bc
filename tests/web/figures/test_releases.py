"""Figures need two people; what is released stays as it is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.web.figures.conftest import FIRST_DAY
from tests.web.forms import text_of
from tests.web.records import work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.figures.models import Content, Draft, Release
from headstamp.web.figures.releases import actions
from headstamp.web.refusals import Refusal

pytestmark = pytest.mark.django_db


def decide(browser, draft, what, **more):
    given = {"version": draft.version, "reason": "", **more}
    return browser.post(f"/figures/work/drafts/{draft.pk}/{what}/", given)


def actions_on_record(*records):
    keys = [str(one.pk) for one in records]
    rows = AuditEvent.objects.filter(record__in=keys).order_by("sequence")
    return list(rows.values_list("action", flat=True))


def test_what_one_prepares_another_releases(import_list, person, signed_in):
    import_list(FIRST_DAY)
    analyst, commander = person("analyst"), person("commander")
    given = {"jurisdiction": "port-verity", "last_day": "2026-06-20", "known_on": "", "note": "Hi"}
    answer = signed_in(analyst).post("/figures/work/prepare/", given)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/figures/work/drafts/{draft.pk}/"
    assert "being computed" in text_of(signed_in(analyst).get(answer["Location"]))
    work()
    draft.refresh_from_db()
    assert draft.state == Draft.State.PREPARED
    browser = signed_in(commander)
    assert "Release to everybody" in text_of(browser.get(answer["Location"]))
    assert decide(browser, draft, "release").status_code == 302
    made = Release.objects.get()
    assert (made.prepared_by, made.released_by) == (analyst, commander)
    assert (made.number, made.note, made.last_day) == (1, "Hi", date(2026, 6, 20))
    assert actions_on_record(draft, made) == [
        "figures.release_begun",
        "figures.release_prepared",
        "figures.released",
    ]


def test_nobody_releases_what_they_prepared_themselves(prepare, person, signed_in):
    commander = person("commander")
    draft = prepare(by=commander)
    page = signed_in(commander).get(f"/figures/work/drafts/{draft.pk}/")
    assert "Release to everybody" not in text_of(page)
    answer = decide(signed_in(commander), draft, "release")
    assert answer.status_code == 409
    assert "a second person must release them" in text_of(answer)
    assert not Release.objects.exists()


def test_the_database_itself_refuses_a_release_by_one_person(prepare, person):
    draft = prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            draft=draft,
            jurisdiction="port-verity",
            place="Port Verity",
            last_day=draft.last_day,
            number=1,
            known_on="2026-06-23",
            prepared_by=draft.prepared_by,
            released_by=draft.prepared_by,
            sha256="0" * 64,
        )


def test_of_two_who_decide_at_once_the_second_is_told(prepare, person, signed_in):
    draft, one, other = prepare(), person("commander"), person("commander")
    assert decide(signed_in(one), draft, "release").status_code == 302
    for what in ("release", "refuse"):
        answer = decide(signed_in(other), draft, what, reason="No")
        assert answer.status_code == 409
        assert "Somebody else has decided" in text_of(answer)
    assert Release.objects.count() == 1


def test_a_decision_on_an_incomplete_form_is_no_decision(prepare, person, signed_in):
    draft = prepare()
    answer = decide(signed_in(person("commander")), draft, "release", version="")
    assert answer.status_code == 409
    assert not Release.objects.exists()


def test_refused_figures_are_kept_with_the_reason_and_never_published(prepare, person, signed_in):
    draft = prepare()
    browser = signed_in(person("commander"))
    assert decide(browser, draft, "refuse").status_code == 409
    assert decide(browser, draft, "refuse", reason="The list is old").status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == (Draft.State.REFUSED, "The list is old")
    event = AuditEvent.objects.get(action="figures.release_refused")
    assert event.purpose == "The list is old"
    with pytest.raises(Refusal):
        actions.release(draft, version=draft.version, by=person("commander"))


def test_another_analyst_refuses_nothing_but_one_takes_back_what_is_ones_own(
    prepare, person, signed_in
):
    analyst = person("analyst")
    draft = prepare(by=analyst)
    assert decide(signed_in(person("analyst")), draft, "refuse", reason="No").status_code == 409
    assert decide(signed_in(analyst), draft, "refuse", reason="Too early").status_code == 302


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"last_day": date(2999, 1, 1)}, "lies ahead"),
        ({"known_on": date(2999, 1, 1)}, "lies ahead"),
        ({"jurisdiction": "nowhere"}, "no list"),
    ],
)
def test_what_cannot_be_counted_is_not_begun(import_list, person, given, said):
    import_list(FIRST_DAY)
    asked = {"jurisdiction": "port-verity", "last_day": FIRST_DAY, "known_on": None, "note": ""}
    with pytest.raises(Refusal, match=said):
        actions.prepare(**{**asked, **given}, by=person("analyst"))
    assert not Draft.objects.exists()


def test_the_same_figures_wait_once(prepare, person):
    draft = prepare(FIRST_DAY)
    with pytest.raises(Refusal, match="wait for a decision"):
        actions.prepare(
            jurisdiction="port-verity",
            last_day=draft.last_day,
            known_on=None,
            note="",
            by=person("commander"),
        )


def test_figures_that_cannot_be_computed_say_why(import_list, person, signed_in, settings):
    import_list(FIRST_DAY)
    draft = actions.prepare(
        jurisdiction="port-verity",
        last_day=FIRST_DAY,
        known_on=date(1990, 1, 1),
        note="",
        by=person("analyst"),
    )
    from headstamp.web.figures.releases import computing

    def broken(*args):
        from headstamp.errors import UnreadableTableError

        raise UnreadableTableError(f"{settings.WORKSPACE.tmp}/x: no counting rule fits")

    kept, computing.computed = computing.computed, broken
    try:
        work()
    finally:
        computing.computed = kept
    draft.refresh_from_db()
    assert draft.state == Draft.State.FAILED
    assert "no counting rule fits" in draft.failure
    assert str(settings.WORKSPACE.root) not in draft.failure
    page = signed_in(person("commander")).get(f"/figures/work/drafts/{draft.pk}/")
    assert "no counting rule fits" in text_of(page)
    assert decide(signed_in(person("commander")), draft, "release").status_code == 409


def test_a_fault_in_the_job_is_said_on_the_page(import_list, person):
    from headstamp.web.figures.releases import computing, jobs

    import_list(FIRST_DAY)
    draft = actions.prepare(
        jurisdiction="port-verity", last_day=FIRST_DAY, known_on=None, note="", by=person("analyst")
    )

    def broken(data, wanted):
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computing, "computed", broken)
        work()
    draft.refresh_from_db()
    assert (draft.state, draft.failure) == (Draft.State.FAILED, jobs.FAULT)


def test_a_job_that_is_done_twice_changes_nothing_the_second_time(prepare):
    from headstamp.web.figures.releases.jobs import compute

    draft = prepare()
    before = set(Content.objects.values_list("pk", "file_id"))
    compute.call(str(draft.pk))
    assert set(Content.objects.values_list("pk", "file_id")) == before


def test_a_release_of_the_same_day_has_the_next_number_and_replaces_the_first(release):
    first, second = release(FIRST_DAY), release(FIRST_DAY)
    assert (first.number, second.number) == (1, 2)
    assert second.replaces == first
    assert list(Release.objects.filter(jurisdiction="port-verity").standing()) == [second]


def test_figures_that_another_release_overtook_are_prepared_anew(prepare, release, person):
    waiting = prepare(FIRST_DAY)
    release(date(2026, 6, 22))
    with pytest.raises(Refusal, match="Another release went out"):
        actions.release(waiting, version=waiting.version, by=person("commander"))


def test_figures_of_a_list_that_was_withdrawn_are_not_released(prepare, person):
    from headstamp.web.figures.list_models import ListVintage
    from headstamp.web.figures.lists.importing import withdraw_list

    draft = prepare(FIRST_DAY)
    withdraw_list(ListVintage.objects.get(), reason="Wrong file", by=person("analyst"))
    with pytest.raises(Refusal, match="withdrawn"):
        actions.release(draft, version=draft.version, by=person("commander"))


def test_the_home_page_says_what_waits_for_a_second_person(prepare, person, signed_in):
    commander = person("commander")
    draft = prepare()
    assert f"/figures/work/drafts/{draft.pk}/" in text_of(signed_in(commander).get("/"))
    for other in (draft.prepared_by, person("investigator")):
        assert str(draft.pk) not in text_of(signed_in(other).get("/"))
