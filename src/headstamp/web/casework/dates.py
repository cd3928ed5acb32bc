"""Days that can be, beside the day of an incident."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from headstamp.web.casework.models import Incident


def is_before(time: datetime, incident: Incident) -> bool:
    """Whether a time lies on an earlier day than an incident's, or month where that is known.

    The hour does not count: clocks of two people differ, and the hour is often not known.
    """
    day, occurred = timezone.localdate(time), timezone.localdate(incident.occurred_at)
    if incident.precision == Incident.Precision.MONTH:
        day, occurred = day.replace(day=1), occurred.replace(day=1)
    return day < occurred
