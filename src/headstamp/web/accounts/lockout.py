"""Five failures lock an account, wherever they come from and whatever was asked for.

A password at the sign-in, at an idle page or before a sensitive page, and a code of the second
factor are all counted together, under the account's email address written one way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from headstamp.web.accounts.models import User


def name_of(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str | None:
    """The account somebody tries; upper and lower case are the same account."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or given.get("login") or ""
    return str(name).strip().lower()[:255] or None


def is_locked(request: HttpRequest, user: User) -> bool:
    """Whether the account is locked; if so the answer becomes the page that says it."""
    credentials = {"username": user.email}
    locked = bool(AxesProxyHandler.is_locked(request, credentials))
    if locked:
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.axes_credentials = credentials  # type: ignore[attr-defined]
    return locked


def failed(request: HttpRequest, user: User) -> None:
    """Count a failure that the sign-in itself did not see."""
    user_login_failed.send(sender=__name__, credentials={"username": user.email}, request=request)


def forgive(user: User) -> None:
    """Count anew."""
    reset(username=name_of(None, {"username": user.email}))


def was_locked_now(request: HttpRequest) -> bool:
    """Whether this request's failure was the one that locked the account."""
    return getattr(request, "axes_failures_since_start", None) is not None
