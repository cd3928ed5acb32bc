"""The casework app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Incidents, scenes, cases, sharing, imports."""

    name = "headstamp.web.casework"
    label = "casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        """Load permissions."""
        from headstamp.web.casework import permissions  # noqa: F401
