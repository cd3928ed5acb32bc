"""Somebody with a password and an authenticator app, as a real sign-in asks for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.visits import Visit

PERIOD = 30
PASSWORD = "correct horse battery staple"  # noqa: S105


@dataclass
class App:
    """An authenticator app: time-based codes of six digits (RFC 6238), none of them twice."""

    secret: str
    last: int = 0

    def code(self) -> str:
        """The code of the next period that has not been used; waits until it counts."""
        self.last = max(self.last + 1, int(time.time()) // PERIOD)
        while int(time.time()) // PERIOD < self.last - 1:
            time.sleep(0.2)
        key = base64.b32decode(self.secret + "=" * (-len(self.secret) % 8))
        digest = hmac.new(key, struct.pack(">Q", self.last), hashlib.sha1).digest()
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**6:06d}"


@dataclass
class Account:
    """What a person knows of their account."""

    email: str
    app: App
    recovery_codes: list[str] = field(default_factory=list)


def arrive(visit: Visit, invitation: str, email: str, look: Callable[[str], None]) -> Account:
    """From the link of an invitation to the first page of work; ``look`` sees every page."""
    visit.open(invitation)
    look("invitation")
    visit.fill(password=PASSWORD, again=PASSWORD)
    visit.press("Set the password")
    visit.page.wait_for_url("**/account/login/**")
    look("sign in")
    give_password(visit, email)
    visit.page.wait_for_url("**/totp/activate/**")
    look("second factor to set up")
    account = Account(email, App(visit.page.locator("#totp-secret").inner_text()))
    visit.fill(code=account.app.code())
    visit.press("Go on")
    visit.page.wait_for_url("**/recovery-codes/**")
    look("recovery codes")
    account.recovery_codes = visit.page.locator(".hs-codes li").all_inner_texts()
    visit.press("Done")
    agree(visit, look)
    return account


def sign_in(visit: Visit, account: Account, code: str, look: Callable[[str], None]) -> None:
    """Again, from the page of the sign-in that stands in the tab."""
    give_password(visit, account.email)
    visit.page.wait_for_url("**/2fa/authenticate/**")
    look("second factor")
    visit.fill(code=code)
    visit.press("Sign in")
    agree(visit, look)


def give_password(visit: Visit, email: str) -> None:
    """The first step of a sign-in."""
    visit.fill(login=email, password=PASSWORD)
    visit.press("Sign in")


def agree(visit: Visit, look: Callable[[str], None]) -> None:
    """The notice that everybody accepts at each sign-in."""
    visit.page.wait_for_url("**/notice/**")
    look("notice")
    visit.press("I agree")
    visit.page.wait_for_url(lambda url: "/notice/" not in url)
