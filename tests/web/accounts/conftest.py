"""Browsers that sign in the way people do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.web.records import PASSWORD


def code_at(secret: str, moment: float) -> str:
    """The six digits of an authenticator app (RFC 6238: HMAC-SHA-1, steps of 30 seconds)."""
    counter = int(moment // 30).to_bytes(8, "big")
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def browser() -> Callable[..., Client]:
    """``browser()``: one that is signed in as nobody."""
    return lambda **headers: Client(raise_request_exception=False, headers=headers)


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """``sign_in(client, user)`` sends the sign-in form; gives the answer."""

    def send(client: Client, user: Any, password: str = PASSWORD, **more: str) -> Any:
        email = user if isinstance(user, str) else user.email
        return client.post("/account/login/", {"login": email, "password": password, **more})

    return send


@pytest.fixture
def with_factor(browser: Any, sign_in: Any) -> Callable[[Any], tuple[str, list[str]]]:
    """``with_factor(user)`` sets up an authenticator app; gives its secret and recovery codes."""

    def set_up(user: Any) -> tuple[str, list[str]]:
        client = browser()
        sign_in(client, user)
        form = client.get("/account/2fa/totp/activate/").context["form"]
        secret = form.secret
        sent = {"code": code_at(secret, time.time())}
        assert client.post("/account/2fa/totp/activate/", sent).status_code == 302
        page = client.get("/account/2fa/recovery-codes/")
        assert page.status_code == 200
        return secret, page.context["unused_codes"]

    return set_up
