"""Who can sign in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from headstamp.web.accounts.models import User


class AccountBackend(ModelBackend):
    """Password of an account that is enabled and has been used in the last 90 days.

    Permissions are not asked here: they come from the rules of each app.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person with this email address and password."""
        address = username or kwargs.get("email") or ""
        found = super().authenticate(request, username=address.lower(), password=password)
        return found if isinstance(found, User) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is enabled and not lapsed."""
        return bool(user.is_active and not user.is_lapsed)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Nothing: rules decide."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Nothing: rules decide."""
        return False
