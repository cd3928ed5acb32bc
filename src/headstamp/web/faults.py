"""What a browser is told when something goes wrong: what happened and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable

import structlog
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.views.defaults import server_error as default_server_error

from headstamp.web.refusals import Refusal
from headstamp.web.room import is_full

log = structlog.get_logger(__name__)

NO_ROOM = (
    "There is no room left on the server, so nothing of this was stored. "
    "Ask your administrator to make room, then send it again."
)
BUSY = "The database is busy. Nothing was changed; send it again."


class FaultMiddleware:
    """Turn a refused action, a full disk or a busy database into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an expected fault; None leaves the rest to Django."""
        if isinstance(error, Refusal):
            return fault(request, str(error), 409)
        if isinstance(error, RequestDataTooBig):
            return fault(request, "The form holds too much text. Shorten it and send again.", 413)
        return _of_the_machine(request, error)


class RememberingMiddleware(SessionMiddleware):
    """Sessions; a full disk keeps nobody from reading, it only forgets when they were last here."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session."""
        try:
            return super().process_response(request, response)
        except OperationalError as error:
            if request.method not in ("GET", "HEAD") or not is_full(error):
                raise
            log.error("disk full", path=request.path)
            return response


def server_error(request: HttpRequest) -> HttpResponse:
    """What is left: a fault of the machine outside of any view, or one of ours."""
    error = sys.exc_info()[1]
    try:
        found = _of_the_machine(request, error) if isinstance(error, Exception) else None
    except Exception:  # the page itself needs what is broken
        log.exception("no page for a fault", path=request.path)
        found = None
    return found or default_server_error(request)


def _of_the_machine(request: HttpRequest, error: Exception) -> HttpResponse | None:
    if is_full(error):
        log.error("disk full", path=request.path)
        return fault(request, NO_ROOM, 507)
    if isinstance(error, OperationalError) and "locked" in str(error):
        return fault(request, BUSY, 503)
    return None


def fault(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A page (or a fragment of one) with one sentence."""
    return render(request, "fault.html", {"sentence": sentence, "status": status}, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that the person's role does not have."""
    del exception
    return fault(request, "Your role does not have this page. Nothing was changed.", 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has ended or whose token does not fit any more."""
    log.info("csrf refused", path=request.path, reason=reason)
    return render(request, "403_csrf.html", {"path": _safe_path(request)}, status=403)


def _safe_path(request: HttpRequest) -> str:
    try:
        resolve(request.path)
    except Exception:
        return "/"
    return request.path
