"""Writing agencies, people and invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from headstamp.web.accounts.lockout import forgive
from headstamp.web.accounts.models import Agency, Invitation, User
from headstamp.web.accounts.stewardship import NOT_YOURS, may_appoint
from headstamp.web.audit.actions import record, writing
from headstamp.web.editing.versions import merged
from headstamp.web.refusals import Refusal
from headstamp.web.roles import Role

REACH: Final = ("role", "agency", "is_active")
"""What decides how far a person reaches; the record keeps what it was and what it became."""


def add_agency(*, by: User, **fields: Any) -> Agency:
    """Take an agency into the workspace.

    Raises
    ------
    Refusal
        If its name or short name is taken, or the person is not of the workspace's host.
    """
    if not by.agency.is_host:
        raise Refusal("The agency that made this workspace takes other agencies in; ask them.")
    with writing():
        try:
            with transaction.atomic():
                agency = Agency.objects.create(**fields)
        except IntegrityError as error:
            raise Refusal("There is an agency with this name or short name already.") from error
        record("accounts.agency_added", by=by, about=agency)
    return agency


def change_agency(
    agency: Agency,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> Agency:
    """Change an agency's name, kind or ORI."""
    with writing():
        current = Agency.objects.get(pk=agency.pk)
        changes = merged(current, version=version, changes=changes, opened=opened)
        if not changes:
            return current
        _apply(current, changes, "There is an agency with this name already.")
        record("accounts.agency_changed", by=by, about=current, detail={"fields": sorted(changes)})
    return current


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation and the token of its link, to be shown once."""

    invitation: Invitation
    token: str

    @property
    def path(self) -> str:
        """Where a browser opens it."""
        return reverse("invitation", args=[self.token])


def invite(*, email: str, name: str, role: str, agency: Agency, by: User | None) -> Link:
    """Make an account that its owner opens with a link.

    Raises
    ------
    Refusal
        If there is an account with this address, or the role or agency is not theirs to give.
    """
    if by is not None and not may_appoint(by, agency, role):
        raise Refusal(NOT_YOURS)
    with writing():
        try:
            with transaction.atomic():
                user = User.objects.create_user(email, role=role, agency=agency, name=name)
        except IntegrityError as error:
            raise Refusal(
                "There is an account with this email address already; open it in the list of "
                "people to change it or to send a new link."
            ) from error
        link = Link(*Invitation.issue(user, by=by))
        record("accounts.invited", by=by, about=user, detail={"role": role})
    return link


def accept(invitation: Invitation, *, password: str) -> User:
    """Set the password of an invited person, once.

    Raises
    ------
    Refusal
        If the link was used, or has expired.
    """
    with writing():
        current = Invitation.objects.select_related("user").get(pk=invitation.pk)
        if not current.is_open:
            raise Refusal("This link was used or has expired. Ask an administrator for a new one.")
        user = current.user
        user.set_password(password)
        user.enabled_at = timezone.now()
        user.save(update_fields=["password", "enabled_at"])
        current.accepted_at = timezone.now()
        current.save(update_fields=["accepted_at"])
        forgive(user)
        record("accounts.invitation_accepted", by=user, about=user)
    return user


def renew(user: User, *, by: User | None) -> Link:
    """A new link for somebody who lost password or second factor; the old ones end."""
    with writing():
        Invitation.objects.filter(user=user, accepted_at=None).update(expires_at=timezone.now())
        user.set_unusable_password()
        user.enabled_at = timezone.now()
        user.save(update_fields=["password", "enabled_at"])
        Authenticator.objects.filter(user=user).delete()
        link = Link(*Invitation.issue(user, by=by))
        record("accounts.access_renewed", by=by, about=user)
    return link


def change_person(
    user: User,
    *,
    version: int,
    changes: Mapping[str, Any],
    opened: Mapping[str, Any] | None = None,
    by: User,
) -> User:
    """Change a person's name, role or agency, or disable and enable their account.

    Raises
    ------
    Refusal
        If an administrator would take away their own role or access, the last one would go, or
        the role or agency is not theirs to give.
    """
    with writing():
        current = User.objects.get(pk=user.pk)
        changes = merged(current, version=version, changes=changes, opened=opened)
        if not changes:
            return current
        touched = [name for name in REACH if name in changes]
        were: dict[str, Any] = {name: _plain(getattr(current, name)) for name in touched}
        if current.pk == by.pk and {"role", "is_active"} & set(changes):
            raise Refusal("Nobody changes their own role or access; ask another administrator.")
        wanted = {"agency": current.agency, "role": current.role, **changes}
        if not may_appoint(by, wanted["agency"], wanted["role"]):
            raise Refusal(NOT_YOURS)
        if changes.get("is_active"):
            current.enabled_at = timezone.now()
            current.save(update_fields=["enabled_at"])
        _apply(current, changes, "There is an account with this address already.")
        if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
            raise Refusal("The workspace needs one administrator at least.")
        moved = {name: [was, _plain(getattr(current, name))] for name, was in were.items()}
        detail = {"fields": sorted(changes), **moved}
        record("accounts.person_changed", by=by, about=current, detail=detail)
    return current


def unlock(user: User, *, by: User) -> None:
    """Let a person try again who failed to sign in five times."""
    with writing():
        forgive(user)
        record("accounts.unlocked", by=by, about=user)


def _plain(value: Any) -> Any:
    """A value as the record keeps it: of an agency its id."""
    return str(value.pk) if isinstance(value, Agency) else value


def _apply(current: Any, changes: Mapping[str, Any], taken: str) -> None:
    for name, value in changes.items():
        setattr(current, name, value)
    current.version += 1
    try:
        with transaction.atomic():
            current.save(update_fields=[*changes, "version"])
    except IntegrityError as error:
        raise Refusal(taken) from error
