"""How the sign-in library behaves here."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from headstamp.web.accounts import lockout
from headstamp.web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation alone, and every password that is asked for is counted."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "The address or the password is wrong. Five failures lock the account for an hour."
        ),
        "incorrect_password": "This is not your password. Five failures lock the account.",
        "enter_current_password": "This is not your password. Five failures lock the account.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the password of the person who is signed in."""
        found = authenticate(context.request, username=user.email, password=password)
        if found is None or found.pk != user.pk:
            return False
        lockout.forgive(user)
        return True

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of the sign-in itself."""
        request = context.request
        proofs = get_authentication_records(request, request.user)
        last = max((one["at"] for one in proofs), default=0.0)
        return time.time() - last > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody whose account was disabled while they signed in."""
        messages.error(request, "This account is disabled. Ask your administrator.")
        return redirect("account_login")
