"""What is put on record when somebody signs in, out, or fails to."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from headstamp.web.accounts.models import User
from headstamp.web.audit.actions import record


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person is in."""
    record("accounts.signed_in", by=user, about=user)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """A person is out."""
    if user is not None:
        record("accounts.signed_out", by=user, about=user)


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Wrong password, unknown address, disabled account; the address is not put on record."""
    address = credentials.get("username") or credentials.get("email") or ""
    known = User.objects.filter(email=str(address).lower()).first()
    record("accounts.sign_in_failed", by=None, about=known, outcome="refused")


@receiver(user_locked_out)
def locked_out(sender: Any, username: str, **kwargs: Any) -> None:
    """Five failures."""
    known = User.objects.filter(email=str(username).lower()).first()
    record("accounts.locked_out", by=None, about=known, outcome="refused")


@receiver(authenticator_added)
def factor_added(sender: Any, user: User, **kwargs: Any) -> None:
    """A second factor was set up."""
    record("accounts.second_factor_added", by=user, about=user)


@receiver(authenticator_removed)
def factor_removed(sender: Any, user: User, **kwargs: Any) -> None:
    """A second factor was taken away."""
    record("accounts.second_factor_removed", by=user, about=user)
