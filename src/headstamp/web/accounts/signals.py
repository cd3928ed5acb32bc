"""What is put on record when somebody signs in, out, or fails to."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import (
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from headstamp.web.accounts import lockout
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
    """Wrong password or code, unknown address, disabled account; an address is not kept."""
    known = User.objects.filter(email=lockout.name_of(None, credentials) or "").first()
    record("accounts.sign_in_failed", by=None, about=known, outcome="refused")


@receiver(user_locked_out)
def locked_out(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Five failures; said once, while later ones are refused without being counted."""
    if lockout.was_locked_now(request):
        known = User.objects.filter(email=username).first()
        record("accounts.locked_out", by=None, about=known, outcome="refused")


@receiver(password_changed)
def changed_password(sender: Any, user: User, **kwargs: Any) -> None:
    """A person changed their password; their other sessions end."""
    record("accounts.password_changed", by=user, about=user)


@receiver(authenticator_added)
def factor_added(sender: Any, user: User, **kwargs: Any) -> None:
    """A second factor was set up."""
    record("accounts.second_factor_added", by=user, about=user)


@receiver(authenticator_removed)
def factor_removed(sender: Any, user: User, **kwargs: Any) -> None:
    """A second factor was taken away."""
    record("accounts.second_factor_removed", by=user, about=user)


@receiver(authenticator_reset)
def factor_reset(sender: Any, user: User, **kwargs: Any) -> None:
    """New recovery codes; the old ones end."""
    record("accounts.recovery_codes_made", by=user, about=user)
