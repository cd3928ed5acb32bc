"""Every state, every step and every role, against the data model's own words.

``correlated -> reviewed_no_lead | lead_unconfirmed -> lead_verified (second reviewer, another
person) -> disseminated -> examination_requested -> hit_confirmed | not_confirmed | inconclusive |
unsuitable``, from any of them ``withdrawn`` with a reason. An inconclusive examination may be
asked for again.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from tests.web.records import signed_in, work

from headstamp.web.audit.models import AuditEvent
from headstamp.web.comparisons.models import BallisticLink, Examination, LinkStep

ROLES = (
    *("technician", "examiner", "analyst", "investigator", "prosecutor", "commander"),
    *("monitor", "administrator"),
)
STATES = (
    *("correlated", "reviewed_no_lead", "lead_unconfirmed", "lead_verified", "disseminated"),
    *("examination_requested", "hit_confirmed", "not_confirmed", "inconclusive", "unsuitable"),
    "withdrawn",
)
BENCH, OFFICE = {"technician", "examiner"}, {"analyst", "investigator", "prosecutor"}

# step: (address, what is sent, roles, state it is taken from, state it leads to)
STEPS = {
    "a lead": ("review", {"decision": "lead"}, BENCH, {"correlated"}, "lead_unconfirmed"),
    "no lead": ("review", {"decision": "none"}, BENCH, {"correlated"}, "reviewed_no_lead"),
    "a lead too": ("verify", {"decision": "lead"}, BENCH, {"lead_unconfirmed"}, "lead_verified"),
    "no lead after all": (
        *("verify", {"decision": "none"}, BENCH, {"lead_unconfirmed"}),
        "reviewed_no_lead",
    ),
    "send": (
        *("send", {"sent_to": "Homicide"}, {"analyst", "commander"}, {"lead_verified"}),
        "disseminated",
    ),
    "ask for an examination": (
        *("request-examination", {}, OFFICE, {"disseminated", "inconclusive"}),
        "examination_requested",
    ),
    "withdraw": (
        *("withdraw", {}, {"examiner", "analyst", "commander"}, set(STATES) - {"withdrawn"}),
        "withdrawn",
    ),
}
CONCLUSIONS = {
    "identification": "hit_confirmed",
    "elimination": "not_confirmed",
    "inconclusive_a": "inconclusive",
    "inconclusive_b": "inconclusive",
    "inconclusive_c": "inconclusive",
    "unsuitable": "unsuitable",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, making_records):
    """A link, and somebody of every role signed in."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        make = making_records
        for firing in (1, 2):
            make.scan(1, firing)
        work()
        people = {role: make.person(role) for role in ROLES}
        yield {
            "link": BallisticLink.objects.get(),
            "people": people,
            "browsers": {role: signed_in(one) for role, one in people.items()},
            "somebody": make.person("examiner"),
        }
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def put(world, state):
    """The link in a state, reviewed by somebody."""
    BallisticLink.objects.filter(pk=world["link"].pk).update(
        state=state, reviewer=world["somebody"], version=7
    )
    return BallisticLink.objects.get(pk=world["link"].pk)


def send(world, role, address, **fields):
    sent = {"version": 7, "reason": "Seen", **fields}
    return world["browsers"][role].post(f"/links/{world['link'].pk}/{address}/", sent)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_from_its_states_by_its_roles_alone(step, state, world):
    address, fields, roles, sources, target = STEPS[step]
    for role in ROLES:
        with transaction.atomic():
            link = put(world, state)
            steps = LinkStep.objects.count()
            answer = send(world, role, address, **fields)
            link.refresh_from_db()
            place = f"{step} by a {role} from {state}"
            if role not in roles:
                assert (answer.status_code, link.state) == (403, state), place
            elif state in sources:
                assert (answer.status_code, link.state) == (302, target), place
                assert LinkStep.objects.count() == steps + 1, place
                last = LinkStep.objects.order_by("-position").first()
                assert (last.state, last.by, last.reason) == (target, world["people"][role], "Seen")
            else:
                assert (answer.status_code, link.state) == (409, state), place
                assert LinkStep.objects.count() == steps, place
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_an_examination_is_concluded_by_an_examiner_once_it_is_requested(state, world):
    facts = {"conclusion": "identification", "method": "both", "bases": "Agreement", "limits": ""}
    for role in ROLES:
        with transaction.atomic():
            link = put(world, state)
            answer = send(world, role, "examine", **facts)
            link.refresh_from_db()
            made = Examination.objects.filter(link=link).count()
            expected = 403
            if role == "examiner":
                expected = 302 if state == "examination_requested" else 409
            assert answer.status_code == expected, f"{role} in {state}"
            assert made == (expected == 302)
            assert link.state == state
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("conclusion", CONCLUSIONS)
@pytest.mark.parametrize("decision", ["agree", "disagree"])
def test_a_conclusion_counts_once_another_examiner_agrees(conclusion, decision, world):
    for role in ROLES:
        with transaction.atomic():
            link = put(world, "examination_requested")
            made = Examination.objects.create(
                link=link,
                conclusion=conclusion,
                method="both",
                bases="x",
                examiner=world["somebody"],
            )
            sent = {"decision": decision, "note": "Seen otherwise", "examination": str(made.pk)}
            answer = send(world, role, "verify-examination", **sent)
            link.refresh_from_db()
            made.refresh_from_db()
            if role != "examiner":
                assert (answer.status_code, link.state) == (403, "examination_requested")
                assert made.verified_at is None
            else:
                agreed = decision == "agree"
                assert answer.status_code == 302
                assert made.agreed is agreed
                expected = CONCLUSIONS[conclusion] if agreed else "examination_requested"
                assert link.state == expected
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(STATES) - {"examination_requested"}))
def test_a_conclusion_left_over_counts_in_no_other_state(state, world):
    with transaction.atomic():
        link = put(world, state)
        made = Examination.objects.create(
            link=link,
            conclusion="identification",
            method="both",
            bases="x",
            examiner=world["somebody"],
        )
        answer = send(
            world, "examiner", "verify-examination", decision="agree", examination=str(made.pk)
        )
        link.refresh_from_db()
        made.refresh_from_db()
        assert (answer.status_code, link.state) == (409, state)
        assert made.verified_at is None
        transaction.set_rollback(True)


SILENT = [
    *(("review", {"decision": "lead"}, "correlated", "technician"),),
    ("verify", {"decision": "lead"}, "lead_unconfirmed", "technician"),
    ("send", {"sent_to": "Homicide"}, "lead_verified", "analyst"),
    ("request-examination", {}, "disseminated", "analyst"),
    ("withdraw", {}, "disseminated", "analyst"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "fields", "state", "role"), SILENT)
def test_no_step_is_taken_without_a_reason(address, fields, state, role, world):
    for reason in ("", "   ", "\n"):
        with transaction.atomic():
            link = put(world, state)
            assert send(world, role, address, **fields, reason=reason).status_code == 409
            link.refresh_from_db()
            assert link.state == state
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "fields", "state", "role"), SILENT)
def test_a_stale_page_decides_nothing_and_keeps_what_was_typed(address, fields, state, role, world):
    with transaction.atomic():
        link = put(world, state)
        answer = send(world, role, address, **fields, reason="My long reason", version=6)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Somebody else has worked on this link" in page
        assert "My long reason" in page
        assert 'name="version" value="7"' in page
        link.refresh_from_db()
        assert link.state == state
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", "-1", "8"])
def test_a_page_without_its_version_decides_nothing(version, world):
    with transaction.atomic():
        link = put(world, "correlated")
        answer = send(world, "technician", "review", decision="lead", version=version)
        assert answer.status_code == 409
        link.refresh_from_db()
        assert link.state == "correlated"
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "state", "role"),
    [("review", "correlated", "technician"), ("verify", "lead_unconfirmed", "examiner")],
)
@pytest.mark.parametrize("decision", ["", "yes", "LEAD", None])
def test_a_decision_is_one_of_two_answers(address, state, role, decision, world):
    with transaction.atomic():
        link = put(world, state)
        fields = {} if decision is None else {"decision": decision}
        assert send(world, role, address, **fields).status_code == 409
        link.refresh_from_db()
        assert link.state == state
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(BENCH))
def test_nobody_verifies_their_own_lead(role, world):
    with transaction.atomic():
        link = put(world, "lead_unconfirmed")
        BallisticLink.objects.filter(pk=link.pk).update(reviewer=world["people"][role])
        for decision in ("lead", "none"):
            answer = send(world, role, "verify", decision=decision)
            assert answer.status_code == 409
            assert "a second person must verify it" in answer.content.decode()
        link.refresh_from_db()
        assert link.state == "lead_unconfirmed"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_nobody_verifies_their_own_examination(world):
    with transaction.atomic():
        link = put(world, "examination_requested")
        made = Examination.objects.create(
            link=link,
            conclusion="identification",
            method="both",
            bases="x",
            examiner=world["people"]["examiner"],
        )
        sent = {"decision": "agree", "examination": str(made.pk)}
        answer = send(world, "examiner", "verify-examination", **sent)
        assert answer.status_code == 409
        assert "another examiner must verify it" in answer.content.decode()
        page = world["browsers"]["examiner"].get(f"/links/{link.pk}/").content.decode()
        assert "Your conclusion waits for another examiner" in page
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_page_of_another_examination_verifies_nothing(world):
    """The examination somebody had before them was verified, and a newer one waits."""
    with transaction.atomic():
        link = put(world, "examination_requested")
        facts = {"link": link, "method": "both", "bases": "x", "examiner": world["somebody"]}
        first = Examination.objects.create(conclusion="elimination", **facts)
        Examination.objects.filter(pk=first.pk).update(verified_at=first.at, agreed=False)
        newer = Examination.objects.create(conclusion="identification", **facts)
        for seen in (str(first.pk), "", "x"):
            sent = {"decision": "agree", "examination": seen}
            answer = send(world, "examiner", "verify-examination", **sent)
            assert answer.status_code == 409
        newer.refresh_from_db()
        link.refresh_from_db()
        assert newer.verified_at is None
        assert link.state == "examination_requested"
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        *({"conclusion": ""}, {"conclusion": "match"}, {"method": "guess"}, {"bases": ""}),
        {"bases": "   "},
    ],
)
def test_a_conclusion_names_its_kind_its_method_and_its_bases(fields, world):
    with transaction.atomic():
        put(world, "examination_requested")
        facts = {"conclusion": "elimination", "method": "both", "bases": "Typed at length"}
        answer = send(world, "examiner", "examine", **{**facts, **fields})
        assert answer.status_code == 409
        assert not Examination.objects.exists()
        if "bases" not in fields:
            assert "Typed at length" in answer.content.decode()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_disagreement_says_what_was_seen(world):
    with transaction.atomic():
        link = put(world, "examination_requested")
        made = Examination.objects.create(
            link=link,
            conclusion="identification",
            method="both",
            bases="x",
            examiner=world["somebody"],
        )
        sent = {"decision": "disagree", "note": " ", "examination": str(made.pk)}
        assert send(world, "examiner", "verify-examination", **sent).status_code == 409
        made.refresh_from_db()
        assert made.verified_at is None
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "fields", "state", "role"), SILENT[:4])
def test_a_link_with_a_withdrawn_exhibit_can_only_be_withdrawn(address, fields, state, role, world):
    from headstamp.web.evidence.actions import withdraw_exhibit

    with transaction.atomic():
        link = put(world, state)
        withdraw_exhibit(link.exhibit_a, reason="A stone", by=world["people"]["technician"])
        answer = send(world, role, address, **fields)
        assert answer.status_code == 409
        assert "withdraw the link too" in answer.content.decode()
        for browser in world["browsers"].values():
            page = browser.get("/queue/")
            if page.status_code == 200:
                assert not page.context["page"].rows
        assert send(world, "analyst", "withdraw").status_code == 302
        link.refresh_from_db()
        assert link.state == "withdrawn"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_step_is_on_record(world):
    with transaction.atomic():
        link = put(world, "correlated")
        last = AuditEvent.objects.first().sequence
        send(world, "technician", "review", decision="lead")
        event = AuditEvent.objects.get(sequence__gt=last, action="comparisons.link_moved")
        assert event.detail["state"] == "lead_unconfirmed"
        assert (event.record, event.actor) == (str(link.pk), str(world["people"]["technician"].pk))
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_candidate_whose_scan_is_withdrawn_is_not_opened(world):
    from headstamp.web.comparisons.models import Comparison
    from headstamp.web.evidence.actions import withdraw_scan

    with transaction.atomic():
        compared = Comparison.objects.first()
        withdraw_scan(compared.scan_b, reason="x", by=world["people"]["technician"])
        answer = world["browsers"]["technician"].post(
            f"/comparisons/{compared.pk}/open-link/", follow=True
        )
        assert "has been withdrawn" in answer.content.decode()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_steps_cannot_be_rewritten(world):
    from django.db import DatabaseError

    step = LinkStep.objects.first()
    for act in (lambda: LinkStep.objects.update(reason="Other"), step.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
