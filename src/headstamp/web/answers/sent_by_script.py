"""Forms that a script sends: it is told where to go, and the browser goes there itself.

A script that followed the redirect would use up the message meant for the person.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ASKED = "X-Headstamp-Script"
NEXT = "X-Headstamp-Next"


class SentByScriptMiddleware:
    """Answer 204 with the next page's address instead of a redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; cookies and the like stay as they are."""
        response = self._get_response(request)
        if request.headers.get(ASKED) and response.status_code in (301, 302, 303):
            response[NEXT] = response["Location"]
            del response["Location"]
            response.status_code = 204
        return response
