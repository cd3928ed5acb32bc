"""Whether the steps of every link are what was written, and lead to the state it is in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from headstamp.web.audit.chains import ChainFault, entries_on_record
from headstamp.web.comparisons.models import LinkStep

NAME: Final = "steps of link"


def faults() -> Iterator[ChainFault]:
    """What is wrong with the steps of each link, by its id.

    Steps follow each other without a gap, the last one says the link's state, and every step that
    the record says was written is there as it was written.
    """
    expected = entries_on_record("comparisons.link_moved")
    steps = LinkStep.objects.select_related("link").order_by("link_id", "position")
    for pk, rows in groupby(steps.iterator(chunk_size=2000), key=attrgetter("link_id")):
        found = list(rows)
        if reason := _fault(found):
            yield ChainFault(NAME, str(pk), reason)
        for step in found:
            expected.pop(step.expected_hash(), None)
    for record in dict.fromkeys(expected.values()):
        yield ChainFault(NAME, record, "a step that is on record is not what was written")


def _fault(steps: list[LinkStep]) -> str:
    for count, step in enumerate(steps, 1):
        if step.position != count:
            return f"step {count} is missing"
    last = steps[-1]
    if last.link.state != last.state:
        return f"the link is {last.link.state}, its last step says {last.state}"
    return ""
