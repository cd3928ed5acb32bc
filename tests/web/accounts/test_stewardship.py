"""Nobody but an agency's own administrators lets people see its records."""

from __future__ import annotations

import pytest

from headstamp.web.accounts import actions
from headstamp.web.accounts.models import Agency, Invitation, User
from headstamp.web.refusals import Refusal
from headstamp.web.roles import Role

pytestmark = pytest.mark.django_db

HOST, OTHER, THIRD = "PVPD", "MPPD", "VCSO"


def expected(of: str, in_: str, role: str) -> bool:
    """The rule, in words: your own people; the host also those who look after others' people."""
    if of == HOST:
        return in_ == HOST or role in ("administrator", "monitor")
    return in_ == of and role != "monitor"


@pytest.mark.parametrize("of", [HOST, OTHER])
@pytest.mark.parametrize("in_", [HOST, OTHER, THIRD])
@pytest.mark.parametrize("role", Role.values)
def test_administrators_appoint_whom_they_may(of, in_, role, person, agency):
    by, where = person("administrator", of), agency(in_)
    facts = {"email": "new@agency.example", "name": "New Person", "role": role, "agency": where}
    if expected(of, in_, role):
        assert actions.invite(by=by, **facts).invitation.user.role == role
    else:
        with pytest.raises(Refusal, match="your own agency"):
            actions.invite(by=by, **facts)
        assert not User.objects.filter(email="new@agency.example").exists()


@pytest.mark.parametrize("of", [HOST, OTHER])
@pytest.mark.parametrize("in_", [HOST, OTHER, THIRD])
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("page", ["", "renew/", "unlock/"])
def test_the_account_of_anybody_else_is_not_there(of, in_, role, page, person, signed_in):
    somebody = person(role, in_)
    browser = signed_in(person("administrator", of))
    ask = browser.post if page else browser.get
    status = ask(f"/people/{somebody.pk}/{page}").status_code
    assert status == (200 if page != "unlock/" else 302) if expected(of, in_, role) else 404


def test_nobody_is_moved_into_an_agency_or_a_role_that_is_not_theirs_to_give(person, agency):
    by, somebody = person("administrator", OTHER), person("technician", OTHER)
    for changes in ({"agency": agency(HOST)}, {"role": "monitor"}):
        with pytest.raises(Refusal, match="your own agency"):
            actions.change_person(somebody, version=1, changes=changes, by=by)
    somebody.refresh_from_db()
    assert (somebody.agency.code, somebody.role) == (OTHER, "technician")
    moved = actions.change_person(somebody, version=1, changes={"role": "analyst"}, by=by)
    assert moved.role == "analyst"


def test_the_list_of_people_holds_those_one_looks_after(person, signed_in):
    ours, theirs = person("analyst", OTHER), person("analyst", HOST)
    page = signed_in(person("administrator", OTHER)).get("/people/").content.decode()
    assert ours.name in page
    assert theirs.name not in page
    assert theirs.name in signed_in(person("monitor", "OIM")).get("/people/").content.decode()


def test_agencies_are_taken_in_and_changed_by_the_host_and_by_themselves(person, agency, signed_in):
    other = signed_in(person("administrator", OTHER))
    assert other.get("/agencies/new/").status_code == 403
    assert other.get(f"/agencies/{agency(HOST).pk}/").status_code == 404
    assert other.get(f"/agencies/{agency(OTHER).pk}/").status_code == 200
    with pytest.raises(Refusal, match="made this workspace"):
        actions.add_agency(by=person("administrator", OTHER), name="X", code="X", kind="police")
    assert not Agency.objects.filter(code="X").exists()
    host = signed_in(person("administrator", HOST))
    assert host.get(f"/agencies/{agency(OTHER).pk}/").status_code == 200


def test_a_copy_of_the_database_opens_no_account(person, agency):
    link = actions.invite(
        by=person("administrator", HOST),
        email="new@agency.example",
        name="New Person",
        role="analyst",
        agency=agency(HOST),
    )
    kept = Invitation.objects.values().get(pk=link.invitation.pk)
    assert link.token not in map(str, kept.values())
    assert Invitation.of(link.token) == link.invitation
    assert Invitation.of(kept["token_hash"]) is None
