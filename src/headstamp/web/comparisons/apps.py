"""The comparisons app."""

from __future__ import annotations

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    """Candidates, leads, examinations."""

    name = "headstamp.web.comparisons"
    label = "comparisons"
    verbose_name = "Comparisons"

    def ready(self) -> None:
        """Load permissions, and search every scan that has been prepared."""
        from headstamp.web.comparisons import jobs, permissions  # noqa: F401
