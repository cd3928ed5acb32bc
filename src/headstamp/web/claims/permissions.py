"""Who may keep what was found; to check a text needs nobody's leave."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import CASE_ROLES

grant("claims.keep", *CASE_ROLES)
