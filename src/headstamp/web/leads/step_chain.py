"""Whether the steps of every lead are what was written, and lead to the state it is in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from headstamp.web.audit.chains import ChainFault, entries_on_record
from headstamp.web.leads.models import LeadStep

NAME: Final = "steps of lead"


def faults() -> Iterator[ChainFault]:
    """What is wrong with the steps of each lead, by its id; as for the steps of links."""
    expected = entries_on_record("leads.lead_made", "leads.lead_moved")
    steps = LeadStep.objects.select_related("lead").order_by("lead_id", "position")
    for pk, rows in groupby(steps.iterator(chunk_size=2000), key=attrgetter("lead_id")):
        found = list(rows)
        if reason := _fault(found):
            yield ChainFault(NAME, str(pk), reason)
        for step in found:
            expected.pop(step.expected_hash(), None)
    for record in dict.fromkeys(expected.values()):
        yield ChainFault(NAME, record, "a step that is on record is not what was written")


def _fault(steps: list[LeadStep]) -> str:
    for count, step in enumerate(steps, 1):
        if step.position != count:
            return f"step {count} is missing"
    last = steps[-1]
    if last.lead.state != last.state:
        return f"the lead is {last.lead.state}, its last step says {last.state}"
    return ""
