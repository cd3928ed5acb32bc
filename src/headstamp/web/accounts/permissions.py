"""Who may do what with agencies and people."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import Role

grant("accounts.view_people", Role.ADMINISTRATOR, Role.MONITOR)
grant("accounts.manage_people", Role.ADMINISTRATOR)
grant("accounts.manage_agencies", Role.ADMINISTRATOR)
