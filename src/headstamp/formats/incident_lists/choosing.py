"""Which rules can be applied to the vintages at hand, and to which vintage each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headstamp.formats.incident_lists.database import rows_in
from headstamp.formats.incident_lists.vintages import ROWS, folder_of
from headstamp.incidents.reach import why_out_of_reach
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import Window


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule with the one vintage of each list that it needs.

    Parameters
    ----------
    rule : CountingRule
    vintages : dict
        By name of the list.
    """

    rule: CountingRule
    vintages: dict[str, Vintage]

    @property
    def counted(self) -> Vintage:
        """The vintage whose rows are counted."""
        return self.vintages[self.rule.schema]

    def why_out_of_reach(self, one: Window, known_on: str) -> str:
        """Why one of the lists says nothing about the whole of a window; empty when all do."""
        reasons = (why_out_of_reach(one, each, known_on) for each in self.vintages.values())
        return next(filter(None, reasons), "")

    def relations(self, data: Path) -> dict[str, str]:
        """What SQL reads each list from."""
        return {name: relation(data, one) for name, one in self.vintages.items()}


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A rule that cannot be applied, and why."""

    rule: CountingRule
    reason: str


def relation(data: Path, vintage: Vintage) -> str:
    """What SQL reads a vintage from."""
    return rows_in(folder_of(data, vintage) / ROWS)


def choose(rule: CountingRule, vintages: Sequence[Vintage], known_on: str) -> Applied | NotApplied:
    """The vintage of each list that a rule needs, as it was known on a day.

    It is the newest that had been retrieved by then. Where none had, a rule that knows when a
    record became known (``known_by``) is replayed on the first that came later; another is not
    applied.

    Parameters
    ----------
    rule : CountingRule
    vintages : sequence of Vintage
        Oldest first.
    known_on : str
        ISO 8601 day.
    """
    found = {}
    for name, fields in rule.needs.items():
        of_list = [one for one in vintages if one.schema == name]
        then = [one for one in of_list if one.day <= known_on]
        later = of_list[len(then) :]
        if not of_list:
            return NotApplied(rule, f"there is no list {name}")
        if not then and not rule.known_by:
            return NotApplied(rule, f"the first {name} was retrieved on {later[0].day}")
        found[name] = then[-1] if then else later[0]
        if absent := sorted(fields - set(found[name].fields)):
            return NotApplied(rule, f"{found[name].id} of {name} has no {', '.join(absent)}")
    return Applied(rule, found)
