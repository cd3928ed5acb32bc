"""The comparisons app."""

from __future__ import annotations

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    """Candidates, leads, examinations."""

    name = "headstamp.web.comparisons"
    label = "comparisons"
    verbose_name = "Comparisons"

    def ready(self) -> None:
        """Load permissions; search what is prepared; check the steps of links with the record."""
        from headstamp.web.audit.chains import check_with_the_record
        from headstamp.web.audit.guards import guard
        from headstamp.web.comparisons import jobs, permissions  # noqa: F401
        from headstamp.web.comparisons.step_chain import faults

        guard("comparisons_linkstep", ("id",), ("link_id", "position"))
        check_with_the_record(faults)
