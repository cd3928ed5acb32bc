"""Refuse a request that is too large before reading it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestSizeMiddleware:
    """Answer 413 to a request longer than ``LARGEST_UPLOAD``, and 411 to one that hides it."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length that was announced; the server enforces that it is kept."""
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return HttpResponse("Say how long the request is.", status=411)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.LARGEST_UPLOAD:
            limit = settings.LARGEST_UPLOAD / 1e6
            text = render_to_string(
                "413.html", {"limit_mb": f"{limit:.0f}", "sent_mb": f"{length / 1e6:.0f}"}
            )
            return HttpResponse(text, status=413)
        return self._get_response(request)
