"""Refuse to start with settings that would let strangers in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register(deploy=True)
def demo_is_local(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A demonstration signs anybody in; it may be reached from this machine alone."""
    if settings.DEMO:
        return [
            Error(
                "HEADSTAMP_DEMO is set: anybody may sign in as any role",
                hint="Demonstrations are for one machine; unset it.",
                id="headstamp.E001",
            )
        ]
    return []


@register
def secret_key_is_set(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Sessions are signed with a key of this workspace alone."""
    if len(settings.SECRET_KEY) < 32:
        return [
            Error(
                "there is no secret key",
                hint="Make a workspace with 'headstamp init', or set HEADSTAMP_SECRET_KEY.",
                id="headstamp.E002",
            )
        ]
    return []
