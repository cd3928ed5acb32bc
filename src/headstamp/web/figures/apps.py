"""The figures app."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Published lists, and the figures that are released from them."""

    name = "headstamp.web.figures"
    label = "figures"
    verbose_name = "Figures"

    def ready(self) -> None:
        """Load permissions and jobs; check what was released together with the record."""
        from headstamp.web.audit.chains import check_with_the_record
        from headstamp.web.audit.guards import guard
        from headstamp.web.figures import models, permissions  # noqa: F401
        from headstamp.web.figures.releases import jobs  # noqa: F401
        from headstamp.web.figures.releases.chain import faults
        from headstamp.web.figures.reports import jobs as of_reports  # noqa: F401

        for table, keys in models.ONLY_GROWING.items():
            guard(table, *keys)
        check_with_the_record(faults)
