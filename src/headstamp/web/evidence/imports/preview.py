"""The first rows of a table as they would be stored, in words a person can check."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from headstamp.web.casework.models import Incident
from headstamp.web.evidence.imports.events import Event
from headstamp.web.evidence.imports.fields import Field
from headstamp.web.evidence.imports.times import MeaninglessError, read_time
from headstamp.web.lists.exports import plain_cell

NO_CLOCK: Final = "no time of day"


def preview_row(event: Event, fields: list[Field], mapping: dict[str, Any]) -> list[Any]:
    """The number of an event's first row, and what each field would hold."""
    return [event.first.row.number, *(_shown(event, one, mapping) for one in fields)]


def _shown(event: Event, one: Field, mapping: dict[str, Any]) -> Any:
    value = event.values.get(one.name, "")
    if not isinstance(value, datetime):
        return value
    local = timezone.localtime(value)
    if _has_clock(event, one.name, mapping):
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%Y-%m-%d}, {NO_CLOCK}"


def _has_clock(event: Event, name: str, mapping: dict[str, Any]) -> bool:
    """Whether the table says more of a time than its day."""
    if name == "occurred_at":
        return bool(event.values.get("precision") != Incident.Precision.DAY)
    column, order = mapping["columns"][name], mapping.get("date_order", "mdy")
    zone, now = ZoneInfo(settings.TIME_ZONE), timezone.now()
    for row in event.rows:
        try:
            text = plain_cell(row.row.values.get(column, "")).strip()
            if read_time(text, order, zone, now)[1]:
                return True
        except MeaninglessError:  # of another row of the incident, where it is empty
            continue
    return False
