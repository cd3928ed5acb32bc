"""The accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies, people, roles, sign-in."""

    name = "headstamp.web.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Load permissions, checks and what is put on record at sign-in."""
        from headstamp.web.accounts import checks, permissions, signals  # noqa: F401
