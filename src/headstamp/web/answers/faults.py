"""What a browser is told when something goes wrong: what happened and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.defaults import server_error as default_server_error

from headstamp.web.access import stood_at
from headstamp.web.processes.room import is_full
from headstamp.web.refusals import Refusal

log = structlog.get_logger(__name__)

FULL: Final = (
    "There is no room left on the server, so nothing of this was stored. "
    "Ask your administrator to make room, then send it again."
)

SENT_BADLY: Final[dict[type[Exception], tuple[str, int]]] = {
    RequestDataTooBig: ("The form holds too much text. Shorten it and send again.", 413),
    TooManyFilesSent: ("Too many files in one go. Send at most 100, then the others.", 413),
    TooManyFieldsSent: ("The form holds too many fields. Send less in one go.", 413),
    UnreadablePostError: ("The connection broke, so nothing was stored. Send it again.", 400),
    MultiPartParserError: ("What was sent cannot be read as a form. Send it again.", 400),
    DataError: ("Something in the form is too long or too large. Shorten it and send again.", 422),
}


class FaultMiddleware:
    """Turn a refused action, a full disk or a busy database into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address that only takes forms says so in words."""
        response = self._get_response(request)
        if response.status_code == 405 and not response.content:
            return _takes_forms(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an expected fault; None leaves the rest to Django."""
        return answer(request, error)


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for a fault that is not ours; None for one that is."""
    if isinstance(error, Refusal):
        return fault(request, str(error), 409)
    if is_full(error):
        log.error("disk full", route=route_of(request))
        return fault(request, FULL, 507)
    if isinstance(error, OperationalError) and "locked" in str(error):
        return fault(request, "The database is busy. Nothing was changed; send it again.", 503)
    for kind, (sentence, status) in SENT_BADLY.items():
        if isinstance(error, kind):
            return fault(request, sentence, status)
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    """What is left: a fault of the machine outside of any view, or one of ours."""
    error = sys.exc_info()[1]
    try:
        found = answer(request, error) if isinstance(error, Exception) else None
    except Exception:  # the page itself needs what is broken
        log.exception("no page for a fault", route=route_of(request))
        found = None
    return found or default_server_error(request)


def fault(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """A page (or a fragment of one) with one sentence."""
    return render(request, "fault.html", {"sentence": sentence, "status": status}, status=status)


def _takes_forms(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    sentence = "This address takes a form, not a visit. Go back, and use the button on the page."
    shown = fault(request, sentence, 405)
    if "Allow" in refused:
        shown["Allow"] = refused["Allow"]
    return shown


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that the person's role does not have."""
    del exception
    return fault(request, "Your role does not have this page. Nothing was changed.", 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose session has ended or whose token does not fit any more."""
    log.info("csrf refused", route=route_of(request), reason=reason)
    return render(request, "403_csrf.html", {"path": _page_of(request)}, status=403)


def route_of(request: HttpRequest) -> str:
    """The name of the page that was asked for; its path may hold the token of an invitation."""
    try:
        return resolve(request.path).view_name
    except Resolver404:
        return "none"


def _page_of(request: HttpRequest) -> str:
    """The page the form stands on; else its own address, if that exists."""
    if (page := stood_at(request)) != "/":
        return page
    try:
        resolve(request.path)
    except Resolver404:
        return "/"
    return request.path
