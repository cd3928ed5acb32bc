"""The evidence app."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Exhibits, custody, firearms, scans."""

    name = "headstamp.web.evidence"
    label = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        """Load permissions."""
        from headstamp.web.evidence import permissions  # noqa: F401
