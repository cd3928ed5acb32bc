"""The evidence app."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Exhibits, custody, firearms, scans."""

    name = "headstamp.web.evidence"
    label = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        """Load permissions; have custody guarded and checked together with the record."""
        from headstamp.web.audit.chains import check_with_the_record
        from headstamp.web.audit.guards import guard
        from headstamp.web.evidence import permissions  # noqa: F401
        from headstamp.web.evidence.custody_chain import faults

        guard("evidence_custodytransfer", ("id",), ("exhibit_id", "position"))
        check_with_the_record(faults)
