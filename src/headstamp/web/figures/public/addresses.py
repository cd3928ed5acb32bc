"""Parts of addresses of the public pages."""

from __future__ import annotations


class JurisdictionConverter:
    """``chicago``, ``port-verity``: never the work inside."""

    regex = r"(?!work/)[a-z0-9][a-z0-9-]{0,79}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


class RuleConverter(JurisdictionConverter):
    """A rule with its version: ``chicago-murders-v1``."""

    regex = r"[a-z0-9][a-z0-9-]{0,120}-v[0-9]{1,4}"


class DayConverter(JurisdictionConverter):
    """``2017-06-29``; whether there is such a day is asked later."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
