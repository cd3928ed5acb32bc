"""Who may do what with incidents, scenes, cases, agreements and imports."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import CASE_ROLES, READERS, Role

grant("casework.view", *READERS)
grant("casework.add_incident", Role.TECHNICIAN, Role.ANALYST, Role.INVESTIGATOR, Role.COMMANDER)
grant("casework.change_incident", Role.TECHNICIAN, Role.ANALYST, Role.INVESTIGATOR, Role.COMMANDER)
grant("casework.work_scene", Role.TECHNICIAN, Role.INVESTIGATOR)
grant(
    "casework.read_investigative_note",
    Role.ANALYST,
    Role.INVESTIGATOR,
    Role.PROSECUTOR,
    Role.COMMANDER,
    Role.MONITOR,
)
grant("casework.withdraw", Role.ANALYST, Role.COMMANDER)
grant("casework.withdraw_scene", Role.TECHNICIAN, Role.INVESTIGATOR, Role.COMMANDER)
grant("casework.manage_cases", Role.ANALYST, Role.INVESTIGATOR, Role.COMMANDER)
grant("casework.import_tables", Role.ANALYST, Role.COMMANDER)
grant("casework.export", *(CASE_ROLES - {Role.TECHNICIAN}), Role.MONITOR)
grant("casework.view_agreements", Role.ADMINISTRATOR, Role.COMMANDER, Role.MONITOR)
grant("casework.manage_agreements", Role.ADMINISTRATOR)
