"""How often one address may have a text checked; each check is work for the server."""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from headstamp.web.audit.origin import address_of

PER_MINUTE: Final = 30
TOO_OFTEN: Final = (
    "Too many texts were checked from here within a minute. Wait a minute, then go on."
)


def too_often(request: HttpRequest) -> bool:
    """Count this check; whether it is one too many for its address and minute."""
    key = f"claims-{address_of(request)}-{int(time.time() // 60)}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > PER_MINUTE
    except ValueError:  # it went out of the cache in between
        return False
