"""Who may read the record."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import Role

grant("audit.view_events", Role.MONITOR)
grant("audit.export_events", Role.MONITOR)
