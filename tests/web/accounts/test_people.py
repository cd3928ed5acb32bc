"""What an administrator does with accounts and agencies, and what even they cannot."""

from __future__ import annotations

import pytest

from headstamp.web.accounts import actions
from headstamp.web.accounts.models import User
from headstamp.web.audit.models import AuditEvent
from headstamp.web.refusals import EditConflict, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(person):
    return person("administrator")


def changed(user, by, **changes):
    user.refresh_from_db()
    return actions.change_person(user, version=user.version, changes=changes, by=by)


@pytest.mark.parametrize("change", [{"role": "monitor"}, {"is_active": False}])
def test_nobody_changes_their_own_role_or_access(administrator, person, change):
    person("administrator")
    with pytest.raises(Refusal, match="their own role"):
        changed(administrator, administrator, **change)


def test_an_administrator_may_change_their_own_name(administrator):
    assert changed(administrator, administrator, name="New Name").name == "New Name"


def test_the_last_administrator_cannot_go(administrator, person):
    other = person("administrator")
    changed(other, administrator, role="analyst")
    with pytest.raises(Refusal, match="one administrator at least"):
        changed(administrator, other, role="analyst")  # a request that was under way
    administrator.refresh_from_db()
    assert administrator.role == "administrator"


def test_a_change_of_role_is_on_record_with_what_it_was(administrator, person):
    user = person("analyst")
    changed(user, administrator, role="examiner", name="Another Name")
    event = AuditEvent.objects.get(action="accounts.person_changed")
    assert (event.actor, event.record) == (str(administrator.pk), str(user.pk))
    assert event.detail["fields"] == ["name", "role"]
    assert event.detail["role"] == ["analyst", "examiner"]
    assert "Another" not in str(event.content)


def test_two_administrators_at_once_are_shown_both_versions(administrator, person, signed_in):
    user = person("analyst")
    actions.change_person(user, version=1, changes={"role": "examiner"}, by=administrator)
    with pytest.raises(EditConflict):
        actions.change_person(user, version=1, changes={"role": "monitor"}, by=administrator)
    assert User.objects.get(pk=user.pk).role == "examiner"


def test_short_names_and_names_of_agencies_are_taken_once(administrator, agency):
    actions.add_agency(by=administrator, name="Harbor Police", code="HP")
    for fields in ({"name": "Harbor Police", "code": "X"}, {"name": "Other", "code": "HP"}):
        with pytest.raises(Refusal, match="already"):
            actions.add_agency(by=administrator, **fields)
    assert AuditEvent.objects.filter(action="accounts.agency_added").count() == 1


def test_the_list_finds_people_by_name_and_address(administrator, person, signed_in):
    person("analyst", name="Zora Quill")
    client = signed_in(administrator)
    assert "Zora Quill" in client.get("/people/?q=quill").content.decode()
    assert "Nobody found" in client.get("/people/?q=nothing-like-it").content.decode()


def test_an_administrator_sees_no_case_content(administrator, incident, signed_in):
    found = incident()
    client = signed_in(administrator)
    for address in (f"/incidents/{found.pk}/", "/incidents/", "/exhibits/", "/audit/"):
        assert client.get(address).status_code == 403
    page = client.get(f"/search/?q={found.number}").content.decode()
    assert "Nothing found" in page
    assert f"/incidents/{found.pk}/" not in page
