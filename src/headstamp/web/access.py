"""Who may: permissions are given to roles; when an action may be done is its own matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from rules.permissions import add_perm
from rules.predicates import predicate

View = Callable[..., HttpResponseBase]


def grant(permission: str, *roles: str) -> None:
    """Give a permission to roles; said once, in the permissions module of its app."""
    allowed = frozenset(str(role) for role in roles)

    def is_allowed(user: Any) -> bool:
        return getattr(user, "role", None) in allowed

    add_perm(permission, predicate(is_allowed, name=permission))


def needs(permission: str) -> Callable[[View], View]:
    """Let a view be reached only by roles that hold a permission (403 else), once signed in.

    The permission is readable on the view as ``needed_permission``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return go_first(request, "account_login")
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.needed_permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def go_first(request: HttpRequest, name: str) -> HttpResponse:
    """Send somebody to a page that comes first, and from there back to where they were."""
    address = f"{reverse(name)}?{urlencode({'next': stood_at(request)})}"
    if request.headers.get("HX-Request"):  # the whole page goes there, not a piece of it
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def stood_at(request: HttpRequest) -> str:
    """The page a person was on; a form's own path may take nothing but the form."""
    if request.headers.get("HX-Request"):
        came_from = request.headers.get("HX-Current-URL", "")
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        came_from = request.headers.get("Referer", "")
    origin = f"{request.scheme}://{request.get_host()}"
    return came_from.removeprefix(origin) if came_from.startswith(origin + "/") else "/"
