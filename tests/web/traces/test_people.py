"""Who had a gun is shown to those who work its case, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework import cases
from headstamp.web.traces import requesting

pytestmark = pytest.mark.django_db

NAME = "Quillfeather"
ENTITLED = {"analyst", "investigator", "prosecutor", "monitor"}
READERS = ENTITLED | {"commander"}
ROLES = READERS | {"technician", "examiner", "administrator"}


@pytest.fixture
def request_with_possessor(records):
    """A request whose possessor is named."""
    made = records.trace()
    requesting.name_possessor(
        made,
        fields={"family_name": NAME, "given_name": "Ada", "born_on": date(1990, 2, 3)},
        version=made.version,
        by=records.person("investigator"),
    )
    made.refresh_from_db()
    return made


def pages(request):
    """Every page on which a request may be read about."""
    return [
        reverse("traces:queue") + "?state=all",
        reverse("traces:queue") + f"?q={NAME}",
        reverse("traces:request", args=[request.pk]),
        reverse("traces:gun", args=[request.exhibit_id]),
        reverse("traces:serials") + f"?q={request.exhibit.firearm.serial}",
        reverse("traces:export"),
        reverse("evidence:exhibit", args=[request.exhibit_id]),
        reverse("evidence:firearms") + f"?q={NAME}",
        reverse("search") + f"?q={NAME}",
        reverse("casework:incident", args=[request.incident_id]),
    ]


def told(answer):
    """Whether an answer holds the name where the question did not."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    return f"{NAME}, Ada" in text or f"{NAME},Ada" in text


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_those_entitled_read_the_possessor(role, request_with_possessor, records, signed_in):
    client = signed_in(records.person(role))
    answers = {address: client.get(address) for address in pages(request_with_possessor)}
    shown = {address for address, answer in answers.items() if told(answer)}
    own = {
        reverse("traces:request", args=[request_with_possessor.pk]),
        reverse("traces:gun", args=[request_with_possessor.exhibit_id]),
    }
    if role == "analyst":
        own.add(reverse("traces:export"))
    assert shown == (own if role in ENTITLED else set())


def test_an_agreement_shows_the_request_and_not_its_possessor(
    request_with_possessor, records, signed_in
):
    records.agreement("PVPD", "OTHER", "agency")
    client = signed_in(records.person("analyst", "OTHER"))
    page = client.get(reverse("traces:request", args=[request_with_possessor.pk]))
    assert page.status_code == 200
    assert request_with_possessor.number in page.text
    assert not told(page)


def test_a_member_of_the_case_reads_the_possessor(request_with_possessor, records, signed_in):
    records.agreement("PVPD", "OTHER", "agency")
    opener, member = records.person("analyst"), records.person("investigator", "OTHER")
    case = records.case(by=opener)
    cases.add_member(case, person=member, by=opener)
    cases.add_incident(case, incident=request_with_possessor.incident, by=opener)
    address = reverse("traces:request", args=[request_with_possessor.pk])
    assert told(signed_in(member).get(address))
    assert not told(signed_in(records.person("investigator", "OTHER")).get(address))


def test_without_an_agreement_there_is_no_trace_of_it(request_with_possessor, records, signed_in):
    client = signed_in(records.person("analyst", "OTHER"))
    for address in pages(request_with_possessor):
        answer = client.get(address)
        assert not told(answer)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert request_with_possessor.number.encode() not in body
    address = reverse("traces:request", args=[request_with_possessor.pk])
    assert client.get(address).status_code == 404


def test_reading_a_possessor_is_on_record(request_with_possessor, records, signed_in):
    reader = records.person("prosecutor")
    signed_in(reader).get(reverse("traces:request", args=[request_with_possessor.pk]))
    event = AuditEvent.objects.get(action="traces.people_read")
    assert event.actor == str(reader.pk)
    assert event.record == str(request_with_possessor.pk)


def test_a_possessor_is_written_by_those_who_may_read_it_afterwards(
    request_with_possessor, records, signed_in
):
    sent = {"family_name": "Other", "version": request_with_possessor.version}
    address = reverse("traces:name_possessor", args=[request_with_possessor.pk])
    assert signed_in(records.person("commander")).post(address, sent).status_code == 403
    assert signed_in(records.person("investigator")).post(address, sent).status_code == 302
