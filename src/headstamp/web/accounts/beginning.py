"""The first agency and the first administrator of a workspace."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection

from headstamp.errors import WorkspaceError
from headstamp.web.accounts.actions import invite
from headstamp.web.accounts.models import Agency, User
from headstamp.web.audit.actions import record, writing
from headstamp.web.roles import Role

OPTIONS: Final = {"name": "--agency", "code": "--code", "kind": "--kind"}


def check(*, name: str, email: str, agency: str, code: str, kind: str) -> None:
    """Refuse what no account or agency can be called, before anything is made.

    Raises
    ------
    WorkspaceError
        Naming the option.
    """
    if kind not in Agency.Kind.values:
        raise WorkspaceError(f"--kind: take one of {', '.join(Agency.Kind.values)}")
    person = User(name=name, email=email, role=Role.ADMINISTRATOR)
    found = Agency(name=agency, code=code, kind=kind)
    try:
        person.clean_fields(exclude=["agency", "password"])
    except ValidationError as error:
        _refuse({"name": "--name", "email": "--email"}, error)
    try:
        found.clean_fields()
    except ValidationError as error:
        _refuse(OPTIONS, error)


def _refuse(options: dict[str, str], error: ValidationError) -> None:
    field, sentences = next(iter(error.message_dict.items()))
    raise WorkspaceError(f"{options.get(field, field)}: {sentences[0]}") from error


def refuse_used_database() -> None:
    """Refuse a database that holds something; two workspaces never share one.

    Raises
    ------
    WorkspaceError
    """
    tables = connection.introspection.table_names()
    unfinished = Agency._meta.db_table in tables and not Agency.objects.exists()
    if tables and not unfinished:
        raise WorkspaceError(
            "the database that DATABASE_URL names is in use already; name an empty one"
        )


def begin(*, name: str, email: str, agency: str, code: str, kind: str) -> str:
    """Make both; gives the path with which the administrator sets a password."""
    with writing():
        first = Agency.objects.create(name=agency, code=code, kind=kind, is_host=True)
        record("accounts.workspace_made", by=None, about=first)
        made = invite(email=email, name=name, role=Role.ADMINISTRATOR, agency=first, by=None)
    return made.path
