"""The request of somebody who is signed in, for views that let nobody else in."""

from __future__ import annotations

from django.http import HttpRequest

from headstamp.web.accounts.models import User


class Request(HttpRequest):
    """A request with a person; only a type, Django makes the object."""

    user: User
