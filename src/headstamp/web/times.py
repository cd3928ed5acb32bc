"""Times as the people of a place write them: to the minute, on their own clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

WRITTEN: Final = "%Y-%m-%dT%H:%M"
EARLIEST, LATEST = date(2, 1, 1), date(9998, 12, 31)
"""Days on which every zone has a time that can be written down."""


def on_days(name: str, first: date | None, last: date | None) -> Q:
    """The condition that a time lies on some days, both ends included, on the clocks of the place.

    As a span of time, so that an index finds it.
    """
    found = Q()
    if first:
        found &= Q(**{f"{name}__gte": _beginning(first)})
    if last:
        found &= Q(**{f"{name}__lt": _beginning(min(last, LATEST) + timedelta(days=1))})
    return found


def _beginning(day: date) -> datetime:
    written = max(EARLIEST, min(day, LATEST))
    return datetime.combine(written, time(), timezone.get_current_timezone())


class RetrievedField(forms.DateField):
    """The day on which a file was retrieved: today unless somebody says otherwise; not ahead."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Day it was retrieved")
        kwargs.setdefault("initial", timezone.localdate)
        kwargs.setdefault("widget", forms.DateInput({"type": "date"}, "%Y-%m-%d"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """A day that has come.

        Raises
        ------
        ValidationError
        """
        found = super().clean(value)
        if found and found > timezone.localdate():
            raise forms.ValidationError("That day lies ahead. Give the day it was retrieved.")
        return found


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own date and time field."""

    input_type = "datetime-local"
    supports_microseconds = True  # the value a form was opened with is kept whole beside it

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format=WRITTEN)

    def format_value(self, value: Any) -> str | None:
        """The minute on the clocks of the place."""
        return _on_the_wall(value) if isinstance(value, datetime) else super().format_value(value)


class ExactTimeInput(forms.HiddenInput):
    """A time with everything that is known of it, for comparing."""

    supports_microseconds = True

    def format_value(self, value: Any) -> str | None:
        """ISO 8601 with the offset."""
        return value.isoformat() if isinstance(value, datetime) else super().format_value(value)


class LocalDateTimeField(forms.DateTimeField):
    """A time typed to the minute.

    An hour that comes twice, when clocks go back, is taken as its first coming; one that is
    skipped is refused. A time that is shown and sent back is not changed, though its seconds are
    not shown.
    """

    widget = LocalDateTimeInput
    hidden_widget = ExactTimeInput

    def prepare_value(self, value: Any) -> Any:
        """Left as it is; the widgets write it."""
        return value

    def to_python(self, value: Any) -> datetime | None:
        """The time, in UTC: an hour that comes twice equals nothing in its own zone."""
        naive = _read(value)
        if naive is None or timezone.is_aware(naive):
            found: datetime | None = super().to_python(value)
            return found
        local = naive.replace(tzinfo=timezone.get_current_timezone())
        if _there_and_back(local) != naive:
            raise forms.ValidationError(
                "Clocks went forward over this time, so there was none. Check the time."
            )
        return local.astimezone(UTC)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another minute was typed."""
        try:
            new = self.to_python(data)
        except forms.ValidationError:
            return True
        if isinstance(initial, datetime) and new is not None:
            return _on_the_wall(initial) != _on_the_wall(new)
        return (initial or None) != new


def _there_and_back(local: datetime) -> datetime:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None)


def _on_the_wall(value: datetime) -> str:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime(WRITTEN)


def _read(value: Any) -> datetime | None:
    try:
        return parse_datetime(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
