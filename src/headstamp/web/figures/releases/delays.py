"""How late events come onto the lists, by rule, estimated from their vintages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

SINGLE: Final = "There is one vintage of the list: the delay cannot be told from it."
REPLAYED: Final = (
    "The list says when each event became known: what was known on a day is counted from that, and "
    "nothing is estimated."
)
SPARSE: Final = "The vintages hold too few events of recent days to tell."


def delays(data: Path, jurisdiction: str, known_on: str) -> list[dict[str, Any]]:
    """The share of a day's events that are listed at each age of the day.

    Parameters
    ----------
    data : Path
        Folder of vintages.
    jurisdiction : str
    known_on : str
        ISO 8601 day; empty for all that is known.

    Returns
    -------
    list of dict
        ``rule``, ``title``, ``shares`` (``age`` in days and ``share``), ``reason`` without any.
    """
    from headstamp.formats.counting_rules.loading import rules_of
    from headstamp.formats.incident_lists.choosing import Applied, choose
    from headstamp.formats.incident_lists.database import connection
    from headstamp.formats.incident_lists.delayed import Lateness
    from headstamp.formats.incident_lists.vintages import vintages

    there = vintages(data, jurisdiction)
    chosen = [
        choose(rule, there, known_on or date.max.isoformat())
        for rule in rules_of(jurisdiction, there)
    ]
    found = []
    with connection() as database:
        for one in chosen:
            if isinstance(one, Applied):
                late = Lateness.of(database, data, one, there, known_on or one.counted.day)
                same = {each.day for each in there if each.schema == one.rule.schema}
                found.append(_said(one, late.shares, len(same)))
    return found


def _said(applied: Any, shares: Any, vintages: int) -> dict[str, Any]:
    rule = applied.rule
    reason = REPLAYED if rule.known_by else SINGLE if vintages < 2 else SPARSE
    return {
        "rule": f"{rule.name} v{rule.version}",
        "title": rule.title,
        "shares": [{"age": age, "share": share} for age, share in sorted(shares.items())],
        "reason": "" if shares else reason,
    }
