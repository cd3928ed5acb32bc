"""Sessions whose keeping may fail: then a page is shown that says why, or the page itself.

What a session only notes, such as when somebody was last here, is kept when that takes no waiting:
SQLite has one writer at a time, and an import of many rows would make every reader wait for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

from headstamp.web.access import go_first
from headstamp.web.answers.faults import answer


def clear_expired() -> None:
    """Remove the sessions that have ended; nobody else does, and each sign-in leaves one."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


PATIENCE_MS: Final = 100
"""How long a note waits for another writer."""


def note(request: HttpRequest, key: str, value: Any) -> None:
    """Put something into the session that is no loss if it is not kept."""
    session: Any = request.session
    changed = session.modified
    session[key] = value
    session.modified = changed
    session.noted = True


class KeptSessionMiddleware(SessionMiddleware):
    """Django's, on a full disk, a busy database, or when the person signed out meanwhile."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep what changed; reading goes on when that is impossible."""
        session: Any = getattr(request, "session", None)
        if getattr(session, "noted", False) and not session.modified:
            session.modified = True
            with _without_waiting():
                return self._kept(request, response, may_be_lost=True)
        return self._kept(request, response, may_be_lost=request.method in ("GET", "HEAD"))

    def _kept(
        self, request: HttpRequest, response: HttpResponse, *, may_be_lost: bool
    ) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError) as error:
            fault = _fault_of_the_database(error)
            if fault is None:
                return go_first(request, "account_login")
            told = answer(request, fault)
            if told is None:
                raise
            return response if may_be_lost else told


@contextmanager
def _without_waiting() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _fault_of_the_database(error: BaseException | None) -> OperationalError | None:
    """What lies behind it: a session that was ended and one that cannot be kept look the same."""
    while error is not None and not isinstance(error, OperationalError):
        error = error.__context__
    return error
