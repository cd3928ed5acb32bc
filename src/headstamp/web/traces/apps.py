"""The traces app."""

from __future__ import annotations

from django.apps import AppConfig


class TracesConfig(AppConfig):
    """Where recovered guns were first sold: requests, results, and what follows from many."""

    name = "headstamp.web.traces"
    label = "traces"
    verbose_name = "Traces"

    def ready(self) -> None:
        """Load permissions; check steps with the record."""
        from headstamp.web.audit.chains import check_with_the_record
        from headstamp.web.audit.guards import guard
        from headstamp.web.traces import permissions  # noqa: F401
        from headstamp.web.traces.step_chain import faults

        guard("traces_tracestep", ("id",), ("request_id", "position"))
        check_with_the_record(faults)
