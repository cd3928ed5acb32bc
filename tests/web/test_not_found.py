"""A record out of reach and one that does not exist cannot be told apart."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.test_permissions import TABLE, WITHOUT_OWNER, world  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
SEEN_BY_ALL = {"agreement"}
RECORDS = sorted(
    name for name, row in TABLE.items() if row[2] not in WITHOUT_OWNER and row[2] not in SEEN_BY_ALL
)


def ask(client, method, path):
    """The answer without its token, its headers, and the queries it took without their values."""
    with CaptureQueriesContext(connection) as queries:
        answer = getattr(client, method.lower())(path)
    shapes = [re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\d+", "?", one["sql"]) for one in queries]
    headers = {name: value for name, value in answer.items() if name != "Set-Cookie"}
    return answer.status_code, TOKEN.sub("", answer.content.decode()), headers, shapes


@pytest.mark.parametrize("name", RECORDS)
def test_out_of_reach_is_answered_as_not_there(name, world, records, signed_in):  # noqa: F811
    method, roles, kind = TABLE[name]
    role = sorted(roles - {"monitor"})[0]
    client = signed_in(records.person(role, "OWN"))
    client.get("/search/")  # the first request of a session writes when it was seen
    foreign, absent = (
        ask(client, method, reverse(name, args=[pk])) for pk in (world["FOREIGN"][kind], uuid4())
    )
    assert foreign == absent
    assert foreign[0] == 404


def test_search_and_lists_say_nothing_of_it(world, records, signed_in):  # noqa: F811
    from headstamp.web.casework.models import Incident

    foreign = Incident.objects.get(pk=world["FOREIGN"]["incident"])
    own = Incident.objects.get(pk=world["OWN"]["incident"])
    client = signed_in(records.person("analyst", "OWN"))
    for path in ("/search/?q={}", "/incidents/?q={}", "/exhibits/?q={}", "/scans/?q={}"):
        shown = client.get(path.format(own.number)).content.decode()
        hidden = client.get(path.format(foreign.number)).content.decode()
        assert str(own.number) in shown.replace(f'value="{own.number}"', "")
        rest = hidden.replace(f'value="{foreign.number}"', "").replace(f"“{foreign.number}”", "")
        assert foreign.number not in rest
    export = b"".join(client.get("/incidents/export/").streaming_content).decode()
    assert own.number in export
    assert foreign.number not in export
