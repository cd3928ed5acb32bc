"""The rows of a table by what would become of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from headstamp.formats.record_table import RecordTable
from headstamp.web.accounts.models import User
from headstamp.web.casework.dates import is_before
from headstamp.web.casework.models import ImportBatch, Incident
from headstamp.web.evidence.imports.events import INCIDENTS, Event, events
from headstamp.web.evidence.imports.values import Converted, Reading, convert
from headstamp.web.evidence.models import Exhibit, Firearm

CHUNK: Final = 500
TAKEN: Final = "This number is in use already, by a record that you cannot change."


@dataclass
class Sorted:
    """Events by what would become of them, and rows to mend."""

    new: list[Event] = field(default_factory=list)
    same: list[Event] = field(default_factory=list)
    different: list[tuple[Event, Any]] = field(default_factory=list)
    bad: list[Converted] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, and how many rows belong to a record of an earlier row."""
        good = [*self.new, *self.same, *(event for event, _ in self.different)]
        return {
            "new": len(self.new),
            "same": len(self.same),
            "different": len(self.different),
            "bad": len(self.bad),
            "repeated": sum(len(event.rows) - 1 for event in good),
        }

    @property
    def unknown(self) -> Counter[tuple[str, str]]:
        """Field and word of each choice nobody has explained, with the number of its rows."""
        return Counter(pair for one in self.bad for pair in one.unknown)


def convert_all(table: RecordTable, kind: str, mapping: dict[str, Any]) -> list[Converted]:
    """What each row of a table means."""
    reading = Reading(
        kind=kind,
        columns=mapping["columns"],
        order=mapping.get("date_order", "mdy"),
        zone=ZoneInfo(settings.TIME_ZONE),
        now=timezone.now(),
        words=mapping.get("words", {}),
    )
    return [convert(row, reading) for row in table.rows]


def classify(batch: ImportBatch, rows: Iterable[Converted], by: User) -> Sorted:
    """What would become of rows now, done by this person."""
    rows_are = batch.mapping.get("rows", INCIDENTS) if batch.kind == "incidents" else INCIDENTS
    found, bad = events(rows, rows_are)
    sorter = _Sorter(batch, found, by)
    done = Sorted(bad=bad)
    for event in found:
        fault = sorter.fault(event)
        if fault:
            done.bad += [
                Converted(one.row, one.values, (*one.faults, fault), one.unknown)
                for one in event.rows
            ]
        elif event.number not in sorter.known:
            done.new.append(event)
        elif sorter.is_same(event):
            done.same.append(event)
        else:
            done.different.append((event, sorter.known[event.number]))
    done.bad.sort(key=lambda one: one.row.number)
    return done


class _Sorter:
    """Knows the records that have the numbers of a table."""

    def __init__(self, batch: ImportBatch, found: list[Event], by: User) -> None:
        self._is_exhibits = batch.kind == "exhibits"
        model: Any = Exhibit if self._is_exhibits else Incident
        own = model.objects.filter(agency=batch.agency_id)
        if self._is_exhibits:
            own = own.select_related("incident")
        numbers = [event.number for event in found]
        self.known: dict[str, Any] = {one.number: one for one in _numbered(own, numbers)}
        seen = model.objects.visible_to(by).filter(agency=batch.agency_id)
        self._seen = {one.pk for one in _numbered(seen, list(self.known))}
        self._incidents: dict[str, Incident] = {}
        self._guns: set[Any] = set()
        if self._is_exhibits:
            named = sorted({str(event.values["incident"]) for event in found})
            in_use = Incident.objects.visible_to(by).filter(
                agency=batch.agency_id, withdrawn_at=None
            )
            self._incidents = {one.number: one for one in _numbered(in_use, named)}
            keys = [one.pk for one in self.known.values()]
            self._guns = set(
                Firearm.objects.filter(exhibit__in=keys).values_list("exhibit_id", flat=True)
            )

    def fault(self, event: Event) -> str:
        """Why an event cannot be imported; empty if it can."""
        if self._is_exhibits and (fault := self._fault_of_incident(event)):
            return fault
        known = self.known.get(event.number)
        if known is None:
            return ""
        if known.pk not in self._seen:
            return TAKEN
        return "" if self.is_same(event) else self._fault_of_change(known, event)

    def _fault_of_change(self, known: Any, event: Event) -> str:
        if known.is_withdrawn:
            return f"{event.number} has been withdrawn and is not changed any more."
        if self._is_exhibits and known.incident_id != event.values["incident"].pk:
            return f"{event.number} is an exhibit of another incident, where it stays."
        if known.pk in self._guns and event.values["kind"] != Exhibit.Kind.FIREARM:
            return f"{event.number} is described as a firearm, so its kind stays firearm."
        return ""

    def is_same(self, event: Event) -> bool:
        """Whether the record says what the table says."""
        known = self.known[event.number]
        return all(getattr(known, name) == value for name, value in event.values.items())

    def _fault_of_incident(self, event: Event) -> str:
        number = event.values["incident"]
        incident = self._incidents.get(number)
        if incident is None:
            return f"Your agency has no incident {number!r} that you can see."
        event.values = {**event.values, "incident": incident}
        if is_before(event.values["collected_at"], incident):
            return "Collected: lies before the incident occurred."
        return ""


def _numbered(records: Any, numbers: list[str]) -> Iterable[Any]:
    for start in range(0, len(numbers), CHUNK):
        yield from records.filter(number__in=numbers[start : start + CHUNK])
