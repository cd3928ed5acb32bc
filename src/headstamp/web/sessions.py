"""Sessions whose keeping may fail: then a page is shown that says why, or the page itself."""

from __future__ import annotations

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from headstamp.web.access import go_first
from headstamp.web.faults import answer


class KeptSessionMiddleware(SessionMiddleware):
    """Django's, on a full disk, a busy database, or when the person signed out meanwhile."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep what changed; reading goes on when that is impossible."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            return go_first(request, "account_login")
        except OperationalError as error:
            told = answer(request, error)
            if told is None:
                raise
            return response if request.method in ("GET", "HEAD") else told
