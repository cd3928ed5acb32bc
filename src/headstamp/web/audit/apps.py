"""The audit app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of who did what, which nobody can change unseen."""

    name = "headstamp.web.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Load permissions."""
        from headstamp.web.audit import permissions  # noqa: F401
