"""The calendar of an agency, from the settings."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from headstamp.web.accounts.models import Agency
from headstamp.web.leads.calendars import Calendar


def calendar_of(agency: Agency) -> Calendar:
    """Its zone, else the workspace's; its own days off with those of everybody."""
    zone = settings.AGENCY_ZONES.get(agency.code) or ZoneInfo(settings.TIME_ZONE)
    own = settings.HOLIDAYS.get("", frozenset()) | settings.HOLIDAYS.get(agency.code, frozenset())
    return Calendar(zone, own)
