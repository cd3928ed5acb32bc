"""From where a request came, known to whatever it sets off."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_address: ContextVar[str] = ContextVar("address", default="")


def address_of(request: HttpRequest) -> str:
    """The client's address; proxies are believed as far as ``HEADSTAMP_PROXIES`` says."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    count = settings.PROXIES
    claimed = forwarded[-count] if 0 < count <= len(forwarded) else ""
    return _address_in(claimed) or _address_in(request.META.get("REMOTE_ADDR", ""))


def _address_in(text: str) -> str:
    """An IP address and nothing else; the record holds no text that a stranger can choose."""
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def current_address() -> str:
    """The address of the request being answered; empty in a job or a command."""
    return _address.get()


class OriginMiddleware:
    """Remember the address for as long as the request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        token = _address.set(address_of(request))
        try:
            return self._get_response(request)
        finally:
            _address.reset(token)
