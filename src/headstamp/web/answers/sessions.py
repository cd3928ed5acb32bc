"""Sessions whose keeping may fail: then a page is shown that says why, or the page itself."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from headstamp.web.access import go_first
from headstamp.web.answers.faults import answer


def clear_expired() -> None:
    """Remove the sessions that have ended; nobody else does, and each sign-in leaves one."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


class KeptSessionMiddleware(SessionMiddleware):
    """Django's, on a full disk, a busy database, or when the person signed out meanwhile."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep what changed; reading goes on when that is impossible."""
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as error:
            fault = _fault_of_the_database(error)
            if fault is None:
                return go_first(request, "account_login")
            told = answer(request, fault)
            if told is None:
                raise
            return response if request.method in ("GET", "HEAD") else told


def _fault_of_the_database(error: BaseException | None) -> OperationalError | None:
    """What lies behind it: a session that was ended and one that cannot be kept look the same."""
    while error is not None and not isinstance(error, OperationalError):
        error = error.__context__
    return error
