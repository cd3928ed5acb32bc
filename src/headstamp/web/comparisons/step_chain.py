"""Whether the steps of every link are what was written, and lead to the state it is in."""

from __future__ import annotations

from collections.abc import Iterator

from headstamp.web.audit.chains import ChainFault, step_faults
from headstamp.web.comparisons.models import LinkStep


def faults() -> Iterator[ChainFault]:
    """What is wrong with the steps of each link, by its id."""
    return step_faults(LinkStep.objects.all(), "link", "comparisons.link_moved")
