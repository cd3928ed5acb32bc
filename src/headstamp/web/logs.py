"""Logs: one JSON object a line with ids, never names, serial numbers or addresses.

What an exception says may quote what somebody typed, so of an exception only its kind and the
lines of code it passed are kept; of a request its route and the id in it, not its address.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]


def of_request(logger: Any, method: str, event: Event) -> Event:
    """Say which page a request was for; Django would write its path."""
    from django.urls import Resolver404, resolve

    entry = event.get("_record")
    request: Any = getattr(entry, "request", None)
    if not hasattr(request, "path"):
        return event
    event["event"] = "request failed"
    event["status"] = getattr(entry, "status_code", None)
    event["method"] = request.method
    try:
        found = resolve(request.path)
    except Resolver404:
        event["route"] = "none"
    else:
        event["route"] = found.view_name
        if "pk" in found.kwargs:
            event["record"] = str(found.kwargs["pk"])
    return event


def of_exception(logger: Any, method: str, event: Event) -> Event:
    """Where it was raised, without what it says and without the values of variables."""
    given = event.pop("exc_info", None)
    if not given:
        return event
    error = given[1] if isinstance(given, tuple) else given
    if not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    event["exception"] = [_told(one) for one in _chain(error)]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and those that led to it, the first of them last."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


_SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Writes every entry as JSON."""
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            of_exception,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=[*_SHARED, of_request],
    )


def logging_configuration(level: str) -> dict[str, Any]:
    """Django's ``LOGGING``: everything as JSON on standard error, what we write ourselves too."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "axes": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "django.server": {"level": "ERROR"},
        },
    }
