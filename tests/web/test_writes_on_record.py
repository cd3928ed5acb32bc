"""Every address that changes something puts it on record, and the monitor can use none of them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.figures.making import SECOND_DAY, victim_lists
from tests.web.forms import form_of
from tests.web.records import ASKED, scan_bytes
from tests.web.test_permissions import (  # noqa: F401 - world is a fixture
    TABLE,
    A,
    C,
    D,
    E,
    M,
    T,
    V,
    address,
    world,
)

from headstamp.web.audit.models import AuditEvent
from headstamp.web.comparisons import actions as comparisons
from headstamp.web.comparisons.models import BallisticLink, Examination
from headstamp.web.evidence import custody
from headstamp.web.evidence.masks import encoded
from headstamp.web.evidence.models import Exhibit, HandOver, Scan
from headstamp.web.figures.models import Draft
from headstamp.web.leads import actions as leads
from headstamp.web.leads import closing
from headstamp.web.leads.models import Lead
from headstamp.web.traces import requesting
from headstamp.web.traces.models import TraceRequest

pytestmark = pytest.mark.django_db

OWN_SESSION = {
    "account_change_password",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "invitation",
    "locked",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "notice",
}
"""What a person does about their own sign-in; see the tests of accounts."""


@dataclass
class Try:
    """One route, about to be used by somebody who may."""

    world: Any
    make: Any
    client: Any
    user: Any
    path: str
    folder: Any

    def form(self, field: str, **changes: Any) -> dict[str, Any]:
        """The page's form with some fields filled in."""
        return {**form_of(self.client.get(self.path), field), **changes}

    def own(self, kind: str, model: Any) -> Any:
        """The record of one's own agency that the route is about."""
        return model.objects.get(pk=self.world["OWN"][kind])

    def hold(self) -> None:
        """Take the exhibit of the route."""
        exhibit = self.own("exhibit", Exhibit)
        made = custody.offer(exhibit, to=self.user, by=exhibit.holder)
        custody.settle(made, accepted=True, by=self.user)

    def step(self, version: int) -> dict[str, Any]:
        """The form of a link's next step."""
        return {"version": version, "reason": "Agreement around the aperture", "decision": "lead"}

    def led(self, upto: int) -> None:
        """Bring the link of the route some steps further."""
        link = self.own("link", BallisticLink)
        facts = {"reason": "Agree"}
        steps: list[Callable[[], Any]] = [
            lambda: comparisons.review(
                link, lead=True, version=1, by=self.make.person(T, "OWN"), **facts
            ),
            lambda: comparisons.verify(
                link, agreed=True, version=2, by=self.make.person(E, "OWN"), **facts
            ),
            lambda: comparisons.disseminate(
                link, sent_to="Homicide", version=3, by=self.make.person(A, "OWN"), **facts
            ),
            lambda: comparisons.request_examination(
                link, version=4, by=self.make.person(A, "OWN"), **facts
            ),
            lambda: comparisons.examine(
                link,
                conclusion="identification",
                method="both",
                bases="Seen",
                limits="",
                by=self.make.person(E, "OWN"),
            ),
        ]
        for act in steps[:upto]:
            act()


def a_list(t: Try) -> dict[str, Any]:
    """The city's list of the later day, which the world does not hold."""
    path = victim_lists()[SECOND_DAY]
    return {"list": upload(path.name, path.read_bytes()), "retrieved": SECOND_DAY.isoformat()}


def because(t: Try) -> dict[str, Any]:
    return {"reason": "Sent by mistake"}


def a_day(t: Try) -> dict[str, Any]:
    return {"jurisdiction": "port-verity", "last_day": "2026-06-20"}


def decided(t: Try) -> dict[str, Any]:
    draft = Draft.objects.get(pk=t.path.split("/")[4])
    return {"version": draft.version, "reason": "A week is missing"}


def a_template(t: Try) -> dict[str, Any]:
    return {"template": upload("weekly.md", b"# Our week\n\n{{ headline }}\n")}


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def drawn(t: Try) -> dict[str, Any]:
    scan = t.own("scan", Scan)
    mask = np.ones((scan.rows, scan.columns), dtype=bool)
    return {"mask_png": base64.b64encode(encoded(mask)).decode()}


def failed(t: Try) -> dict[str, Any]:
    Scan.objects.filter(pk=t.world["OWN"]["scan"]).update(state=Scan.State.FAILED)
    return {}


def after(steps: int, **more: Any) -> Callable[[Try], dict[str, Any]]:
    def data(t: Try) -> dict[str, Any]:
        t.led(steps)
        return {**t.step(steps + 1), **more}

    return data


def examined(t: Try) -> dict[str, Any]:
    """The verifying examiner's form, which names the examination it was opened on."""
    t.led(5)
    waiting = Examination.objects.get(link=t.world["OWN"]["link"])
    return {"decision": "agree", "note": "I agree", "examination": str(waiting.pk)}


def held(**data: Any) -> Callable[[Try], dict[str, Any]]:
    def sent(t: Try) -> dict[str, Any]:
        t.hold()
        return data

    return sent


def another_picture() -> bytes:
    from tests.web.records import png

    return png(200)


def gun(t: Try) -> dict[str, Any]:
    Exhibit.objects.filter(pk=t.world["OWN"]["exhibit"]).update(kind="firearm")
    return t.form("serial", maker="Maker", calibre="9mm", type="pistol")


def left_behind(t: Try) -> dict[str, Any]:
    holder = t.own("exhibit", Exhibit).holder
    holder.is_active = False
    holder.save()
    return {"to": t.user.pk, "reason": "Left the department"}


def without_custody(t: Try) -> dict[str, Any]:
    """As an exhibit that was brought in by a table: its chain has not begun."""
    incident = t.own("exhibit", Exhibit).incident
    made = Exhibit.objects.create(
        agency=t.user.agency,
        incident=incident,
        number="IMPORTED-1",
        kind="bullet",
        collected_at=incident.occurred_at,
    )
    t.path = f"/exhibits/{made.pk}/take-in/"
    return {"condition": "In its bag"}


def offered(t: Try) -> dict[str, Any]:
    HandOver.objects.filter(pk=t.world["OWN"]["hand_over"]).update(offered_to=t.user)
    return {"do": "take"}


def verified(t: Try) -> dict[str, Any]:
    t.led(2)
    return {"text": "A second shooting"}


def lead_of(t: Try, upto: str = "") -> dict[str, Any]:
    """The lead of the route, brought further; the person who tries follows it."""
    lead = t.own("lead", Lead)
    facts: dict[str, Any] = {"by": t.make.person(C, "OWN")}
    if upto == "held":
        link = lead.bases.get().link
        comparisons.withdraw(link, reason="Swapped", version=link.version, **facts)
    if upto == "closed":
        facts |= {"state": "closed_no_value", "outcome": "Known", "version": lead.version}
        closing.close(lead, **facts)
    if upto in ("triaged", "assigned", "acknowledged"):
        said = {"priority": 1, "reasons": ["killed"], "public_safety": False, "text": "Open"}
        leads.triage(lead, version=lead.version, **said, **facts)
    if upto in ("assigned", "acknowledged"):
        lead.refresh_from_db()
        leads.assign(lead, person=t.user, text="", version=lead.version, **facts)
    if upto == "acknowledged":
        lead.refresh_from_db()
        leads.acknowledge(lead, version=lead.version, by=t.user)
    return {"version": t.own("lead", Lead).version}


def request_of(t: Try, upto: str = "") -> dict[str, Any]:
    """The trace request of the route, sent where it has to be."""
    found = t.own("trace", TraceRequest)
    if upto:
        requesting.submit(found, version=found.version, by=t.make.person(C, "OWN"))
    return {"version": t.own("trace", TraceRequest).version}


NEW = {"number": "X-1", "occurred_at": "2017-05-06T10:00", "address": "100 block, Elm Street"}


SAID = {"text": "New York had 352 murders in 2015.", "date": "2017-06-30"}
SHOWS_WHAT_IS_SENT = {"claims:check": 422, "claims:api": 415}
"""Addresses that take a text from everybody and keep nothing; these send none."""


def nothing(_: Try) -> dict[str, Any]:
    """What a button sends that has no fields."""
    return {}


# route: (role, what is put on record, what is sent)
WRITES: dict[str, tuple[str, str, Callable[[Try], dict[str, Any]]]] = {
    "accounts:invite": (
        D,
        "accounts.invited",
        lambda t: {"name": "N", "email": "n@own.example", "role": A, "agency": t.user.agency_id},
    ),
    "accounts:person": (D, "accounts.person_changed", lambda t: t.form("role", role=C)),
    "accounts:renew": (D, "accounts.access_renewed", nothing),
    "accounts:unlock": (D, "accounts.unlocked", nothing),
    "accounts:add_agency": (
        D,
        "accounts.agency_added",
        lambda _: {"name": "Harbor Police", "code": "HP", "kind": "police"},
    ),
    "accounts:agency": (D, "accounts.agency_changed", lambda t: t.form("code", ori="IL0160000")),
    "casework:add_incident": (A, "casework.incident_added", lambda t: t.form("number", **NEW)),
    "casework:change_incident": (
        A,
        "casework.incident_changed",
        lambda t: t.form("number", area="North"),
    ),
    "casework:withdraw_incident": (
        A,
        "casework.incident_withdrawn",
        lambda _: {"reason": "Twice", "version": 1},
    ),
    "casework:open_scene": (V, "casework.scene_opened", lambda t: t.form("arrived_at")),
    "casework:change_scene": (V, "casework.scene_changed", lambda t: t.form("note", note="Wet")),
    "casework:add_photographs": (
        V,
        "casework.photograph_added",
        lambda _: {"kind": "photograph", "photographs": upload("a.png", another_picture())},
    ),
    "casework:withdraw_scene": (T, "casework.scene_withdrawn", lambda _: {"reason": "Twice"}),
    "casework:withdraw_photograph": (
        V,
        "casework.photograph_withdrawn",
        lambda _: {"reason": "Another place"},
    ),
    "casework:add_case": (A, "casework.case_opened", lambda _: {"number": "C9", "title": "T"}),
    "casework:change_case": (A, "casework.case_changed", lambda t: t.form("title", title="New")),
    "casework:change_members": (
        A,
        "casework.member_added",
        lambda t: {"do": "add", "person": t.make.person(V, "OWN").pk},
    ),
    "casework:change_incidents": (
        A,
        "casework.incident_joined",
        lambda t: {"do": "add", "number": t.make.incident("OWN").number},
    ),
    "casework:add_agreement": (
        D,
        "casework.agreement_made",
        lambda t: {
            "recipient": t.make.agency("FOREIGN").pk,
            "markings": ["agency"],
            "reason": "Strike force",
            "starts_on": "2026-01-01",
        },
    ),
    "casework:end_agreement": (D, "casework.agreement_ended", nothing),
    "evidence:add_exhibit": (
        T,
        "evidence.exhibit_added",
        lambda t: t.form("number", number="X-1-1"),
    ),
    "evidence:change_exhibit": (
        T,
        "evidence.exhibit_changed",
        lambda t: t.form("calibre", calibre="9mm Luger"),
    ),
    "evidence:withdraw_exhibit": (
        T,
        "evidence.exhibit_withdrawn",
        lambda _: {"reason": "Twice", "version": 1},
    ),
    "evidence:firearm": (
        T,
        "evidence.firearm_described",
        gun,
    ),
    "evidence:offer": (
        T,
        "evidence.hand_over_offered",
        lambda t: (t.hold(), {"to": t.make.person(E, "OWN").pk})[1],
    ),
    "evidence:move": (T, "evidence.custody_moved", held(action="stored", place="Vault 3")),
    "evidence:take_over": (C, "evidence.custody_taken_over", left_behind),
    "evidence:take_in": (T, "evidence.custody_moved", without_custody),
    "evidence:settle": (T, "evidence.hand_over_taken", offered),
    "evidence:add_scans": (
        T,
        "evidence.scan_added",
        lambda t: {"scan_files": upload("a.x3p", scan_bytes(t.folder, 77, 1)), "region": ""},
    ),
    "evidence:withdraw_scan": (
        T,
        "evidence.scan_withdrawn",
        lambda t: {"reason": "Twice", "version": t.own("scan", Scan).version},
    ),
    "evidence:mask": (T, "evidence.mask_corrected", drawn),
    "evidence:try_again": (T, "evidence.scan_tried_again", failed),
    "evidence:add_import": (
        A,
        "casework.import_uploaded",
        lambda _: {
            "kind": "incidents",
            "table": upload("t.csv", b"Incident number,Occurred\nA-1,5/6/2017\n"),
        },
    ),
    "evidence:map_import": (
        A,
        "casework.import_mapped",
        lambda _: {"column-number": "Incident number", "column-occurred_at": "Occurred"},
    ),
    "evidence:run_import": (A, "casework.imported", nothing),
    "evidence:abandon_import": (A, "casework.import_abandoned", nothing),
    "comparisons:review": (T, "comparisons.link_moved", after(0)),
    "comparisons:verify": (E, "comparisons.link_moved", after(1)),
    "comparisons:disseminate": (A, "comparisons.link_moved", after(2, sent_to="Homicide")),
    "comparisons:request_examination": (A, "comparisons.link_moved", after(3)),
    "comparisons:examine": (
        E,
        "comparisons.examined",
        after(4, conclusion="identification", method="both", bases="Seen"),
    ),
    "comparisons:verify_examination": (
        E,
        "comparisons.examination_verified",
        examined,
    ),
    "comparisons:withdraw": (A, "comparisons.link_moved", after(0)),
    "comparisons:open_link": (T, "comparisons.link_opened", nothing),
    "figures:add_list": (A, "figures.list_imported", a_list),
    "figures:withdraw_list": (C, "figures.list_withdrawn", because),
    "figures:prepare": (A, "figures.release_begun", a_day),
    "figures:release_draft": (C, "figures.released", decided),
    "figures:refuse_draft": (C, "figures.release_refused", decided),
    "figures:withdraw_release": (C, "figures.release_withdrawn", decided),
    "figures:ask_weekly": (A, "figures.report_asked", a_day),
    "figures:template": (A, "figures.template_changed", a_template),
    "claims:keep": (A, "claims.kept", lambda _: dict(SAID)),
    "claims:withdraw": (C, "claims.withdrawn", lambda _: {"reason": "Wrong day"}),
    "leads:read_notifications": (A, "leads.notifications_read", nothing),
    "leads:make": (A, "leads.lead_made", verified),
    "leads:triage": (
        C,
        "leads.lead_moved",
        lambda t: {**lead_of(t), "priority": "1", "reasons": ["killed"], "text": "Open"},
    ),
    "leads:name": (
        C,
        "leads.lead_moved",
        lambda t: {**lead_of(t), "person": t.make.person(V, "OWN").pk},
    ),
    "leads:assign": (
        C,
        "leads.lead_moved",
        lambda t: {**lead_of(t, "triaged"), "person": t.make.person(V, "OWN").pk},
    ),
    "leads:decide": (A, "leads.lead_moved", lambda t: {**lead_of(t, "held"), "text": "Another"}),
    "leads:acknowledge": (V, "leads.lead_moved", lambda t: lead_of(t, "assigned")),
    "leads:note": (
        V,
        "leads.lead_moved",
        lambda t: {**lead_of(t, "acknowledged"), "text": "Asked"},
    ),
    "leads:rate": (
        V,
        "leads.lead_moved",
        lambda t: {**lead_of(t, "acknowledged"), "rating": "helpful"},
    ),
    "leads:close": (
        A,
        "leads.lead_moved",
        lambda t: {**lead_of(t), "state": "closed_no_value", "outcome": "Known"},
    ),
    "leads:reopen": (A, "leads.lead_moved", lambda t: {**lead_of(t, "closed"), "text": "New"}),
    "traces:add_request": (A, "traces.request_added", lambda t: t.form("crime_code", **ASKED)),
    "traces:change_request": (
        A,
        "traces.request_changed",
        lambda t: t.form("crime_code", crime_code="0901"),
    ),
    "traces:name_possessor": (
        A,
        "traces.request_moved",
        lambda t: {**request_of(t), "family_name": "Name"},
    ),
    "traces:submit": (A, "traces.request_moved", request_of),
    "traces:hear": (
        A,
        "traces.request_moved",
        lambda t: {**request_of(t, "submitted"), "state": "accepted"},
    ),
    "traces:cancel": (A, "traces.request_moved", lambda t: {**request_of(t), "text": "Twice"}),
    "traces:add_table": (
        A,
        "traces.table_uploaded",
        lambda _: {
            "retrieved": "2026-05-04",
            "table": upload("t.csv", b"trace_id,recovery_date\nN1,2016-05-01\n"),
        },
    ),
    "traces:map_table": (
        A,
        "traces.table_mapped",
        lambda _: {"column-trace": "trace_id", "column-recovered": "recovery_date"},
    ),
    "traces:run_table": (A, "traces.table_imported", nothing),
    "traces:abandon_table": (A, "traces.table_left_out", nothing),
    "audit:verify": (M, "audit.verified", nothing),
}


@pytest.fixture
def tried(world, records, signed_in, tmp_path):  # noqa: F811
    """``tried(name)``: the route as somebody who may use it finds it."""

    def prepare(name: str) -> tuple[Try, dict[str, Any]]:
        role, _, data = WRITES[name]
        user = records.person(role, "OWN")
        path = address(name, TABLE[name][2], world, "OWN", records)
        one = Try(world, records, signed_in(user), user, path, tmp_path)
        return one, data(one)

    return prepare


def newest() -> int:
    return AuditEvent.objects.values_list("sequence", flat=True).first() or 0


@pytest.mark.parametrize("name", sorted(WRITES))
def test_what_was_done_is_on_record(name, tried):
    one, sent = tried(name)
    before = newest()
    answer = one.client.post(one.path, sent)
    assert answer.status_code in (200, 302), answer.content.decode()[-3000:]
    made = AuditEvent.objects.filter(sequence__gt=before, action=WRITES[name][1])
    assert made.exists(), list(AuditEvent.objects.values_list("action", flat=True)[:5])
    assert {event.actor for event in made} == {str(one.user.pk)}
    assert {event.outcome for event in made} == {"done"}


@pytest.mark.parametrize("name", sorted(set(WRITES) - {"audit:verify"}))
def test_what_was_refused_is_not_done_and_not_on_record(name, tried, records, signed_in):
    one, sent = tried(name)
    stranger = signed_in(records.person(M, "OWN"))
    before = newest()
    assert stranger.post(one.path, sent).status_code == 403
    assert newest() == before


@pytest.mark.parametrize("name", sorted(set(TABLE) - OWN_SESSION))
def test_the_monitor_changes_nothing_by_any_other_address(
    name,
    world,  # noqa: F811
    records,
    signed_in,
):
    client = signed_in(records.person(M, "OWN"))
    path = address(name, TABLE[name][2], world, "OWN", records)
    before = newest()
    status = client.post(path).status_code
    if name == "audit:verify":
        assert status == 302
    elif name == "demo":
        assert status == 404
    else:
        refused = 403 if name in WRITES else SHOWS_WHAT_IS_SENT.get(name, 405)
        assert status == refused, "a route that writes is not in WRITES"
        assert newest() == before
