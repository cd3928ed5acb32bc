"""The claims app."""

from __future__ import annotations

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Texts that are checked, and the results that somebody keeps."""

    name = "headstamp.web.claims"
    label = "claims"
    verbose_name = "Claims"

    def ready(self) -> None:
        """Load permissions."""
        from headstamp.web.claims import permissions  # noqa: F401
