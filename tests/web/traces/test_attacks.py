"""Who bought and who had a gun: every address of traces, tried by every role of three agencies."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from headstamp.reports import trace_report
from headstamp.web.audit.models import AuditEvent
from headstamp.web.casework import cases
from headstamp.web.traces import requesting
from headstamp.web.traces.models import TraceRequest, TraceResult
from headstamp.web.traces.queries import people, possessors
from headstamp.web.traces.tables import actions

pytestmark = pytest.mark.django_db

NAME = "Quillfeather"  # in every name, key and cell that says who somebody is
A, V, P, C, M = "analyst", "investigator", "prosecutor", "commander", "monitor"
ROLES = (A, V, P, C, M, "technician", "examiner", "administrator")
CASE = {A, V, P, M}
HEADER = (
    "trace_id,recovery_date,recovery_city,recovery_state,sale_date,dealer_name,dealer_state,"
    "purchaser_key,possessor_key,possessor_age,remark"
)
FIRST = (
    f"T1,2016-05-01,Chicago,IL,2016-03-01,Shop A,IN,{NAME}-1,{NAME}-2,44,sold to {NAME}",
    f"T2,2016-05-02,Chicago,IL,2016-03-01,Shop A,IN,{NAME}-1,{NAME}-3,45,sold to {NAME}",
    f"T3,2016-05-03,Chicago,IL,sold to {NAME},Shop B,IL,,,,",
)
AGAIN = f"T1,2016-05-01,Chicago,IL,2016-03-01,Shop A,IN,{NAME}-1,{NAME}-4,44,sold to {NAME}"
WAITING = (
    f"T8,2016-05-08,Chicago,IL,2016-03-01,Shop A,IN,{NAME}-1,{NAME}-2,46,sold to {NAME}",
    f"T9,by {NAME},Chicago,IL,2016-03-01,Shop A,IN,{NAME}-1,{NAME}-2,46,sold to {NAME}",
)


def handed_in(make, *rows, code="PVPD", header=HEADER, name="results.csv"):
    """A table of an agency, not imported yet."""
    by = make.person(A, code)
    content = "\n".join((header, *rows, "")).encode()
    return actions.upload(chunks=[content], file_name=name, retrieved=date(2026, 5, 4), by=by)


def imported(make, *rows, **more):
    """A table of an agency, imported."""
    table = handed_in(make, *rows, **more)
    return actions.run(table, by=table.created_by)


def named(make, **fields):
    """A request whose possessor is named."""
    made = make.trace(**fields)
    requesting.name_possessor(
        made,
        fields={"family_name": NAME, "given_name": "Ada", "born_on": date(1990, 2, 3)},
        version=made.version,
        by=make.person(V),
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def world(records):
    """A request and results of one agency, with people in each; an agreement shares all of it."""
    made = {"draft": named(records)}
    imported(records, *FIRST)
    imported(records, AGAIN)
    made["table"] = handed_in(records, *WAITING)
    made["untraced"] = records.firearm()
    made["first"] = TraceResult.objects.get(trace_number="T1", is_last=True)
    made["doubtful"] = TraceResult.objects.get(trace_number="T3")
    records.agreement("PVPD", "OTHER", "agency")
    return made


@pytest.fixture(autouse=True)
def readable_pdf(monkeypatch):
    """What would be typeset, as text: in a PDF itself every text is compressed."""
    texts = lambda _, content, files: json.dumps(content).encode()  # noqa: ARG005, E731
    monkeypatch.setattr(trace_report, "typeset", texts)


REPORT = "?edition={}&form={}"
GETS = {
    "queue": ("", {"?state=all"}),
    "export": ("", {""}),
    "completeness": ("", {""}),
    "serials": ("", {"?q=T1", "?q=ABC???"}),
    "tables": ("", {""}),
    "add_table": ("", {""}),
    "conflicts": ("", {""}),
    "overview": ("", {"", "?jurisdiction=Chicago"}),
    "report": ("", {REPORT.format(edition, form) for edition in ("internal", "public")
                    for form in ("html", "pdf", "csv")}),
    "signs": ("", {"", "?kind=one_purchaser", "?kind=bought_together"}),
    "networks": ("", {""}),
    "flows": ("", {"", "?state=IL"}),
    "flow_chart": ("map", {"", "?state=IL"}),
    "dealers": ("", {""}),
    "gun": ("draft.exhibit_id", {""}),
    "add_request": ("untraced.exhibit_id", {""}),
    "request": ("draft.pk", {""}),
    "change_request": ("draft.pk", {""}),
    "table": ("table.pk", {""}),
    "set_aside": ("table.pk", {""}),
    "result": ("first.pk doubtful.pk", {""}),
}  # fmt: skip
"""Address: what it names, and what may be asked of it."""

MAPPED = {"column-trace": "trace_id", "column-recovered": "recovery_date", "order": "mdy"}
STALE = {"version": 0}
POSTS = {
    "change_request": ("draft.pk", {**STALE, "crime_code": "0901"}),
    "name_possessor": ("draft.pk", {**STALE, "family_name": "Somebody"}),
    "submit": ("draft.pk", STALE),
    "hear": ("draft.pk", {**STALE, "state": "accepted"}),
    "cancel": ("draft.pk", {**STALE, "text": "Why"}),
    "add_table": ("", {}),
    "map_table": ("table.pk", {**MAPPED, "column-dealer": "purchaser_key"}),
    "run_table": ("table.pk", {}),
    "abandon_table": ("table.pk", {}),
}
"""What is sent: a step that comes too late shows the request as it is; a column of persons is said
to be the dealer's, which a preview shows."""

READERS = {
    "GET request": CASE, "GET gun": CASE, "GET result": CASE, "GET networks": CASE,
    "GET conflicts": CASE, "GET export": {A}, "GET set_aside": {A},
    "POST name_possessor": {A, V}, "POST submit": {A}, "POST hear": {A, V},
    "POST cancel": {A, V}, "POST map_table": {A},
}  # fmt: skip
"""Who of the agency that owns the records reads a person where; everywhere else nobody does."""


def names_of(app):
    """The names of an app's addresses."""
    _, resolver = get_resolver().namespace_dict[app]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def test_every_address_of_traces_is_tried():
    assert names_of("traces") == {*GETS, *POSTS}


def addresses(name, path, world):
    """The addresses that a name and the ids in its path make."""
    for one in path.split() or [""]:
        what, _, attribute = one.partition(".")
        values = [getattr(world[what], attribute)] if attribute else [what] if what else []
        yield reverse(f"traces:{name}", args=values)


def told(answer):
    """Whether an answer says who somebody is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    held = [b64decode(one) for one in re.findall(rb"data:[^\"]*;base64,([\w+/=]+)", body)]
    return any(NAME.encode() in one for one in (body, *held))


def attempts(client, world):
    """Each thing that can be asked and sent, and how to."""
    for name, (path, queries) in GETS.items():
        for address in addresses(name, path, world):
            for query in sorted(queries):
                yield f"GET {name}", partial(client.get, address + query)
    for name, (path, sent) in POSTS.items():
        (address,) = addresses(name, path, world)
        yield f"POST {name}", partial(client.post, address, sent, follow=True)


@pytest.mark.parametrize("code", ["PVPD", "OTHER", "THIRD"])
def test_a_person_is_read_by_those_entitled_and_reading_is_on_record(
    code, world, records, signed_in
):
    for role in ROLES:
        reader = records.person(role, code)
        client, found = signed_in(reader), set()
        mine = AuditEvent.objects.filter(actor=str(reader.pk), action__startswith="traces.")
        for what, attempt in attempts(client, world):
            place = f"{what} as {role} of {code}"
            with transaction.atomic():
                before, answer = mine.count(), attempt()
                assert answer.status_code < 500, place
                if told(answer):
                    found.add(what)
                    assert mine.count() > before, f"{place} is not on record"
                transaction.set_rollback(True)
        of_owner = code == "PVPD" or role == M
        expected = {what for what, roles in READERS.items() if role in roles and of_owner}
        assert found == expected, f"{role} of {code}"


@pytest.mark.parametrize("code", ["PVPD", "OTHER"])
def test_no_page_elsewhere_says_who_somebody_is(code, world, records, signed_in):
    draft = world["draft"]
    pages = (
        *(reverse("home"), reverse("search") + "?q=T1", reverse("audit:events")),
        *(reverse("audit:export"), reverse("evidence:firearms")),
        reverse("evidence:exhibit", args=[draft.exhibit_id]),
        reverse("casework:incident", args=[draft.incident_id]),
    )
    for role in ROLES:
        client = signed_in(records.person(role, code))
        assert not [page for page in pages if told(client.get(page))], role


def test_a_member_of_a_case_reads_the_people_of_its_incidents_alone(world, records, signed_in):
    imported(
        records,
        f"{world['draft'].number},2026-05-04,Chicago,IL,2016-03-01,Shop C,IN,{NAME}-5,,,",
    )
    opener, member = records.person(A), records.person(V, "OTHER")
    case = records.case(by=opener)
    cases.add_member(case, person=member, by=opener)
    cases.add_incident(case, incident=world["draft"].incident, by=opener)
    answer = TraceResult.objects.get(request=world["draft"])
    inside = reverse("traces:result", args=[answer.pk])
    outside = reverse("traces:result", args=[world["first"].pk])
    client = signed_in(member)
    assert told(client.get(inside))
    assert told(client.get(reverse("traces:request", args=[world["draft"].pk])))
    assert client.get(outside).status_code == 200
    assert not told(client.get(outside))
    assert not told(client.get(reverse("traces:networks")))
    cases.remove_member(case, person=member, by=opener)
    assert not told(signed_in(member).get(inside))


def test_nobody_takes_anothers_incident_into_a_case_to_read_its_people(world, records, signed_in):
    attacker = records.person(A, "OTHER")
    case = records.case("OTHER", by=attacker)
    client = signed_in(attacker)
    client.post(
        reverse("casework:change_incidents", args=[case.pk]),
        {"number": world["draft"].incident.number},
    )
    assert not case.incidents.exists()
    assert not told(client.get(reverse("traces:request", args=[world["draft"].pk])))


def test_what_is_marked_for_a_case_hides_its_people_from_ones_own_agency(records, signed_in):
    hidden = named(records, marking="case")
    imported(
        records, f"{hidden.number},2026-05-04,Chicago,IL,2016-03-01,Shop C,IN,{NAME}-5,{NAME}-6,,"
    )
    answer = TraceResult.objects.get()
    for role in (A, V, P, C):
        reader = records.person(role)
        assert not people(reader).exists()
        assert not possessors(reader, TraceRequest.objects.all())
        client = signed_in(reader)
        assert client.get(reverse("traces:result", args=[answer.pk])).status_code == 404
        assert not told(client.get(reverse("traces:networks")))
        assert "No result that you may read" in client.get(reverse("traces:overview")).text
