"""The first agency and the first administrator of a workspace."""

from __future__ import annotations

from django.urls import reverse

from headstamp.web.accounts.actions import invite
from headstamp.web.accounts.models import Agency
from headstamp.web.audit.actions import record, writing
from headstamp.web.roles import Role


def begin(*, name: str, email: str, agency: str, code: str, kind: str) -> str:
    """Make both; gives the path with which the administrator sets a password."""
    with writing():
        first = Agency.objects.create(name=agency, code=code, kind=kind)
        record("accounts.workspace_made", by=None, about=first)
        made = invite(email=email, name=name, role=Role.ADMINISTRATOR, agency=first, by=None)
    return reverse("invitation", args=[made.token])
