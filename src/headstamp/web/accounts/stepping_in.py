"""A demonstration's first page: one steps into any role with a click.

It exists with ``HEADSTAMP_DEMO`` alone, answers only a browser on this very machine that came
without a proxy, and opens only accounts that the demonstration made: whoever came by invitation
signs in with their password here too.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from headstamp.web.accounts.gate import NOTICED
from headstamp.web.accounts.models import User
from headstamp.web.requests import Request
from headstamp.web.roles import WORK

OF_PROXIES: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


@require_http_methods(["GET", "POST"])
def demo(request: Request) -> HttpResponse:
    """Choose somebody, and be them."""
    if not settings.DEMO or not came_directly(request):
        raise Http404
    if request.method == "POST":
        found = get_object_or_404(made_up(), pk=_uuid(request.POST.get("person", "")))
        login(request, found, backend="headstamp.web.accounts.backends.AccountBackend")
        request.session[NOTICED] = True
        return redirect("home")
    return render(request, "accounts/demo.html", {"people": made_up(), "work": WORK})


def came_directly(request: HttpRequest) -> bool:
    """Whether a request comes from this machine and through no proxy."""
    try:
        local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return local and not any(name in request.headers for name in OF_PROXIES)


def made_up() -> QuerySet[User]:
    """People whom the demonstration made; nobody invited them."""
    found = User.objects.filter(is_active=True, invitations=None)
    return found.select_related("agency").order_by("agency__name", "name")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
