"""Whether the steps of every lead are what was written, and lead to the state it is in."""

from __future__ import annotations

from collections.abc import Iterator

from headstamp.web.audit.chains import ChainFault, step_faults
from headstamp.web.leads.models import LeadStep


def faults() -> Iterator[ChainFault]:
    """What is wrong with the steps of each lead, by its id."""
    return step_faults(LeadStep.objects.all(), "lead", "leads.lead_made", "leads.lead_moved")
