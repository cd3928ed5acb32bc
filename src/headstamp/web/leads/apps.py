"""The leads app."""

from __future__ import annotations

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Leads, their clocks, and whom they concern."""

    name = "headstamp.web.leads"
    label = "leads"
    verbose_name = "Leads"

    def ready(self) -> None:
        """Load permissions; follow what becomes of links; check steps with the record."""
        from headstamp.web.audit.chains import check_with_the_record
        from headstamp.web.audit.guards import guard
        from headstamp.web.leads import following_links, permissions  # noqa: F401
        from headstamp.web.leads.step_chain import faults

        guard("leads_leadstep", ("id",), ("lead_id", "position"))
        check_with_the_record(faults)
