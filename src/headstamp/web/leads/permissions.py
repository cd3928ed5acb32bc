"""Who may do what with leads; technicians and examiners see none, since leads name suspects."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import Role

grant(
    "leads.view",
    Role.ANALYST,
    Role.INVESTIGATOR,
    Role.PROSECUTOR,
    Role.COMMANDER,
    Role.MONITOR,
)
grant(
    "leads.read_notifications",
    Role.ANALYST,
    Role.INVESTIGATOR,
    Role.PROSECUTOR,
    Role.COMMANDER,
)
grant("leads.triage", Role.ANALYST, Role.COMMANDER)
grant("leads.follow", Role.INVESTIGATOR)
grant("leads.close", Role.ANALYST, Role.INVESTIGATOR, Role.COMMANDER)
grant("leads.measure", Role.ANALYST, Role.COMMANDER, Role.MONITOR)
