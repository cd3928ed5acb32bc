"""A request for a trace, from the exhibit to what the tracing centre says."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.web.records import ASKED

from headstamp.web.audit.models import AuditEvent
from headstamp.web.refusals import EditConflict, Refusal
from headstamp.web.traces import requesting
from headstamp.web.traces.models import Possessor, TraceRequest
from headstamp.web.traces.step_chain import faults as chain_faults

pytestmark = pytest.mark.django_db


def test_a_request_is_made_for_a_described_firearm_alone(records):
    cartridge = records.exhibit(kind="cartridge_case")
    investigator = records.person("investigator")
    with pytest.raises(Refusal, match="Describe the firearm first"):
        requesting.make_request(cartridge, by=investigator)
    bare = records.exhibit(kind="firearm")
    with pytest.raises(Refusal, match="Describe the firearm first"):
        requesting.make_request(bare, by=investigator)


def test_one_firearm_has_one_request_until_that_is_cancelled(records):
    first = records.trace()
    analyst = records.person("analyst")
    with pytest.raises(Refusal, match="requested already"):
        requesting.make_request(first.exhibit, by=analyst)
    requesting.cancel(first, text="Wrong gun", version=first.version, by=analyst)
    assert requesting.make_request(first.exhibit, by=analyst).pk != first.pk


def test_what_is_missing_keeps_a_request_from_being_sent(records):
    request = records.trace(crime_code="", ori="")
    with pytest.raises(Refusal, match="cannot be sent") as refused:
        requesting.submit(request, version=request.version, by=records.person("analyst"))
    assert "ORI" in str(refused.value)
    request.refresh_from_db()
    assert request.state == "draft"
    assert request.sent is None


def test_what_was_sent_stays_whatever_is_learned_of_the_gun_later(records):
    from headstamp.web.evidence import actions

    request = records.trace(upto="submitted")
    gun = request.exhibit.firearm
    before = request.sent["serial"]
    technician = records.person("technician")
    actions.change_firearm(
        gun, version=gun.version, changes={"serial": "ZZZ999"}, opened=None, by=technician
    )
    request.refresh_from_db()
    assert request.sent["serial"] == before != "ZZZ999"
    assert request.sent["recovered"] == "2026-05-04"


def test_a_request_that_is_out_is_not_changed(records):
    request = records.trace(upto="submitted")
    with pytest.raises(Refusal, match="not changed now"):
        requesting.change_request(
            request,
            version=request.version,
            changes={"crime_code": "0901"},
            by=records.person("analyst"),
        )


def test_a_request_that_was_sent_back_is_mended_and_sent_again(records):
    request = records.trace(upto="submitted")
    analyst = records.person("analyst")
    requesting.hear(
        request, state="info_requested", text="Model?", version=request.version, by=analyst
    )
    request.refresh_from_db()
    requesting.change_request(
        request, version=request.version, changes={"markings": "Crown on slide"}, by=analyst
    )
    request.refresh_from_db()
    requesting.submit(request, version=request.version, by=analyst)
    request.refresh_from_db()
    assert request.state == "submitted"
    assert request.sent["markings"] == "Crown on slide"


def test_two_people_do_not_overwrite_each_other(records):
    request = records.trace()
    opened = request.version
    analyst = records.person("analyst")
    requesting.change_request(request, version=opened, changes={"crime_code": "0901"}, by=analyst)
    with pytest.raises(EditConflict):
        requesting.change_request(
            request,
            version=opened,
            changes={"crime_code": "0911"},
            opened={"crime_code": ASKED["crime_code"]},
            by=analyst,
        )
    with pytest.raises(Refusal, match="Somebody else"):
        requesting.submit(request, version=opened, by=analyst)


def test_another_agency_changes_nothing(records):
    request = records.trace()
    other = records.person("analyst", "OTHER")
    for act in (
        lambda: requesting.submit(request, version=request.version, by=other),
        lambda: requesting.cancel(request, text="no", version=request.version, by=other),
        lambda: requesting.hear(request, state="accepted", version=request.version, by=other),
    ):
        with pytest.raises(Refusal, match="owns this record"):
            act()


def test_a_state_that_cannot_follow_is_refused(records):
    request = records.trace(upto="completed_to_dealer")
    with pytest.raises(Refusal, match="cannot follow"):
        requesting.hear(
            request, state="accepted", version=request.version, by=records.person("analyst")
        )


def test_every_step_is_on_record_and_a_step_that_was_rewritten_is_found_out(records):
    request = records.trace(upto="accepted")
    kinds = list(request.steps.values_list("kind", flat=True))
    assert kinds == ["made", "submitted", "moved"]
    assert not list(chain_faults())
    moved = AuditEvent.objects.filter(action="traces.request_moved", record=str(request.pk))
    assert moved.count() == 3
    TraceRequest.objects.filter(pk=request.pk).update(state="cancelled")
    assert "its last step says accepted" in str(next(iter(chain_faults())))


def test_the_record_holds_no_possessor(records):
    request = records.trace()
    requesting.name_possessor(
        request,
        fields={"family_name": "Quillfeather", "given_name": "Ada", "born_on": date(1990, 2, 3)},
        version=request.version,
        by=records.person("investigator"),
    )
    assert Possessor.objects.get(request=request).is_complete
    said = " ".join(str(one) for one in AuditEvent.objects.values_list("detail", flat=True))
    assert "Quillfeather" not in said


def test_a_request_from_page_to_page(records, signed_in):
    exhibit = records.exhibit(kind="firearm")
    records.firearm(of=exhibit, maker="Ruger", model="P89", serial="304-51234", country="USA")
    client = signed_in(records.person("analyst"))
    address = reverse("traces:add_request", args=[exhibit.pk])
    assert "Keep as draft" in client.get(address).text
    form = {name: str(value) for name, value in ASKED.items()}
    sent = client.post(address, {**form, "priority": "routine", "marking": "agency"})
    request = TraceRequest.objects.get(exhibit=exhibit)
    assert sent.url == reverse("traces:request", args=[request.pk])
    assert client.get(address).url == sent.url  # a second request is not begun
    page = client.get(sent.url).text
    assert "Nothing that the form asks for is missing" in page
    submit = reverse("traces:submit", args=[request.pk])
    client.post(submit, {"version": request.version})
    request.refresh_from_db()
    assert request.state == "submitted"
    news = reverse("traces:hear", args=[request.pk])
    asked = {"state": "in_process", "trace_number": "T20260001", "version": request.version}
    assert client.post(news, asked).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.trace_number) == ("in_process", "T20260001")
    again = client.post(news, asked)
    assert again.status_code == 409
    assert "Somebody else has worked on this request" in again.text


def test_dates_that_cannot_be_are_refused_on_the_form(records, signed_in):
    request = records.trace()
    client = signed_in(records.person("analyst"))
    address = reverse("traces:change_request", args=[request.pk])
    start = {**{name: str(value) for name, value in ASKED.items()}, "version": request.version}
    for day, words in (
        ("2999-01-01", "lies in the future"),
        ("1849-01-01", "lies before"),
        ("2026-06-31", "valid date"),
    ):
        answer = client.post(address, {**start, "recovered_on": day, "priority": "routine"})
        assert answer.status_code == 422
        assert words in answer.text


def test_the_queue_filters_by_state_whose_and_age(records, signed_in):
    draft, out = records.trace(), records.trace(upto="submitted")
    late = records.trace(upto="submitted")
    TraceRequest.objects.filter(pk=late.pk).update(sent_on=date(2026, 1, 5))
    client = signed_in(records.person("analyst"))

    def shown(query):
        page = client.get(reverse("traces:queue") + query).text
        return {one.number for one in (draft, out, late) if one.number in page}

    assert shown("") == {draft.number, out.number, late.number}
    assert shown("?state=submitted") == {out.number, late.number}
    assert shown("?clock=overdue") == {late.number}
    assert shown(f"?q={draft.number.removeprefix('T-').lower()}") == {draft.number}
    assert "Nothing found" in client.get(reverse("traces:queue") + "?q=nothing").text


def test_the_export_holds_unsent_requests_of_ones_own_agency(records, signed_in):
    own, sent = records.trace(), records.trace(upto="submitted")
    other = records.trace(code="OTHER")
    answer = signed_in(records.person("commander")).get(reverse("traces:export"))
    text = answer.content.decode("utf-8-sig")
    assert own.number in text
    assert sent.number not in text
    assert other.number not in text
    assert AuditEvent.objects.get(action="traces.requests_exported").detail == {
        "count": 1,
        "people": 0,
    }


def test_completeness_stands_by_agency_with_its_bases(records, signed_in):
    records.trace()
    records.trace(ori="")
    late = records.trace(upto="submitted")
    TraceRequest.objects.filter(pk=late.pk).update(sent_on=date(2026, 1, 5))
    records.trace(code="OTHER")
    client = signed_in(records.person("analyst"))
    page = client.get(reverse("traces:completeness"))
    (own,) = page.context["agencies"]
    filled = {field: str(share) for field, share in own.filled}
    assert filled["ori"] == "66.7 % of 3 traces requested"
    assert filled["possessor"] == "0.0 % of 3 traces requested"
    assert str(own.can_be_sent) == "50.0 % of 2 requests not sent yet"
    assert str(own.over_goal) == "100.0 % of 1 requests sent and not ended"
    assert own.median_days_taken is None
    nobody = signed_in(records.person("analyst", "THIRD"))
    assert "No request yet" in nobody.get(reverse("traces:completeness")).text
