"""What a browser is told when something goes wrong: what happened and what to do next."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve

from headstamp.web.refusals import Refusal

log = structlog.get_logger(__name__)

DATABASE_FULL = "database or disk is full"


class FaultMiddleware:
    """Turn a refused action, a full disk or a busy database into a page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse text with the character NUL, which no database keeps and nobody types."""
        if any("\0" in text for sent in (request.GET, request.POST) for text in _texts(sent)):
            return fault(request, "The text holds a character that cannot be stored.", 400)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an expected fault; None leaves the rest to Django."""
        if isinstance(error, Refusal):
            return fault(request, str(error), 409)
        if isinstance(error, RequestDataTooBig):
            return fault(request, "The form holds too much text. Shorten it and send again.", 413)
        if _is_full(error):
            log.error("disk full", path=request.path)
            return fault(
                request,
                "There is no room left on the server, so nothing of this was stored. "
                "Ask your administrator to make room, then send it again.",
                507,
            )
        if isinstance(error, OperationalError) and "locked" in str(error):
            return fault(request, "The database is busy. Nothing was changed; send it again.", 503)
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


def _texts(sent: QueryDict) -> Iterator[str]:
    for name, values in sent.lists():
        yield from (name, *(str(value) for value in values))


def _safe_path(request: HttpRequest) -> str:
    try:
        resolve(request.path)
    except Exception:
        return "/"
    return request.path


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return isinstance(error, OperationalError) and (
        DATABASE_FULL in str(error) or "No space left" in str(error)
    )
