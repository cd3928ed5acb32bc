"""What stands between a signed-in person and every page: idle lock, second factor, notice."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from headstamp.web.access import go_first
from headstamp.web.answers.public import is_public
from headstamp.web.answers.sessions import note

SEEN = "seen_at"
LOCKED = "locked"
NOTICED = "notice_accepted"
HAS_FACTOR = "has_second_factor"
WRITE_EVERY = 30
"""Seconds; activity is written to the session no more often than this."""

ALWAYS_OPEN = ("/account/logout/", "/locked/", "/static/", "/health/")
BEFORE_NOTICE = ("/notice/",)
SETTING_UP = ("/account/2fa/", "/account/reauthenticate/")


class GateMiddleware:
    """Send a person to what has to be done first; the page they wanted comes after."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or redirect it."""
        if is_public(request.path):  # not even asked who they are
            return self._get_response(request)
        if not request.user.is_authenticated or request.path.startswith(ALWAYS_OPEN):
            return self._get_response(request)
        wanted = self._wanted(request)
        return go_first(request, wanted) if wanted else self._get_response(request)

    def _wanted(self, request: HttpRequest) -> str | None:
        """The page that comes first, if any."""
        if _idle(request):
            request.session[LOCKED] = True
        if request.session.get(LOCKED):
            return "locked"
        _seen(request)
        if request.path.startswith(SETTING_UP):
            return None
        if settings.SECOND_FACTOR_REQUIRED and not _has_factor(request):
            return "mfa_activate_totp"
        if request.path.startswith(BEFORE_NOTICE) or request.session.get(NOTICED):
            return None
        return "notice"


def _idle(request: HttpRequest) -> bool:
    seen = request.session.get(SEEN)
    return seen is not None and time.time() - seen > settings.IDLE_LOCK_SECONDS


def _seen(request: HttpRequest) -> None:
    if request.headers.get("X-Background"):  # a page that polls is not a person who works
        return
    now = time.time()
    if now - request.session.get(SEEN, 0) > WRITE_EVERY:
        note(request, SEEN, now)


def _has_factor(request: HttpRequest) -> bool:
    if not request.session.get(HAS_FACTOR):
        found = Authenticator.objects.filter(
            user_id=request.user.pk, type=Authenticator.Type.TOTP
        ).exists()
        if not found:
            return False
        note(request, HAS_FACTOR, True)
    return True
