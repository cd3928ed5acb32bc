"""What a request may hold: how much, and nothing that no table can keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string

from headstamp.web.answers.faults import answer, fault

GetResponse = Callable[[HttpRequest], HttpResponse]

LARGEST_OF_STRANGERS: Final = 1_000_000
"""Bytes; who is not signed in has forms for a password and a code alone."""

NOT_TEXT: Final = "The request holds a character that is no text. Nothing was changed."


class RequestSizeMiddleware:
    """Answer 413 to a request longer than ``LARGEST_UPLOAD``, and 411 to one that hides it."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length that was announced; the server enforces that it is kept."""
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            said = "Say how long the request is: Content-Length, not chunks."
            return HttpResponse(said, status=411, content_type="text/plain")
        if length_of(request) > settings.LARGEST_UPLOAD:
            return too_large(request, settings.LARGEST_UPLOAD)
        return self._get_response(request)


class ContentMiddleware:
    """Read what was sent before anything acts on it, so that what is wrong with it gets a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on what can be read."""
        if length_of(request) > LARGEST_OF_STRANGERS and not request.user.is_authenticated:
            return too_large(request, LARGEST_OF_STRANGERS)
        try:
            sent = request.POST
        except Exception as error:
            _drop_unfinished(request)
            told = answer(request, error)
            if told is None:
                raise
            return told
        if "\0" in request.path or any(map(_has_nul, (request.GET, sent))):
            return fault(request, NOT_TEXT, 400)
        return self._get_response(request)


def length_of(request: HttpRequest) -> int:
    """The bytes a request says it has."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """The page that says how much was sent and how much may be; it needs nothing of the rest."""
    sizes = {"limit_mb": f"{limit / 1e6:.0f}", "sent_mb": f"{length_of(request) / 1e6:.0f}"}
    return HttpResponse(render_to_string("413.html", sizes), status=413)


def _drop_unfinished(request: HttpRequest) -> None:
    """Remove the part of a file that had arrived; on a full disk its room is needed."""
    for handler in request.upload_handlers:
        with suppress(OSError):
            handler.upload_interrupted()


def _has_nul(sent: QueryDict) -> bool:
    return any("\0" in text for text in _texts(sent))


def _texts(sent: QueryDict) -> Iterable[str]:
    for name, values in sent.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))
