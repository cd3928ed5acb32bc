"""The sign-in library's forms, where they would let somebody guess without being counted."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

from headstamp.web.accounts import lockout
from headstamp.web.accounts.backends import AccountBackend

WRONG = "This code is wrong, or was used already. Wait for the next one; five failures lock."


class CountedCode:
    """A wrong code counts as a failed sign-in, and a code works once for as long as it is valid."""

    user: Any

    def clean_code(self) -> str:
        """The code, if the account is neither locked nor disabled since its password was given."""
        enabled = AccountBackend().user_can_authenticate(self.user)
        if not enabled or lockout.is_locked(context.request, self.user):
            raise ValidationError(WRONG)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            if not cache.add(self._used(code), 1, TOTP_PERIOD * (2 * TOTP_TOLERANCE + 1)):
                raise ValidationError(WRONG)
        except ValidationError as error:
            lockout.failed(context.request, self.user)
            raise ValidationError(WRONG) from error
        return code

    def _used(self, code: str) -> str:
        return f"code-used:{self.user.pk}:{code.replace(' ', '')}"


class SignInCodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The second factor at the sign-in."""


class AgainCodeForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """The second factor before a sensitive page."""


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password for the old one."""

    def clean_oldpassword(self) -> str:
        """The old password, if the account is not locked."""
        if lockout.is_locked(context.request, self.user):
            raise ValidationError("This account is locked.")
        try:
            old: str = super().clean_oldpassword()
        except ValidationError:
            lockout.failed(context.request, self.user)
            raise
        lockout.forgive(self.user)
        return old
