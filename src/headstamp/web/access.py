"""Who may: permissions are given to roles; when an action may be done is its own matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
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
    """Let a view be reached only by roles that hold a permission (403 else).

    The permission is readable on the view as ``needed_permission``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.needed_permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate
