"""Who may do what with exhibits, custody, firearms and scans."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import CASE_ROLES, READERS, Role

grant("evidence.view", *READERS)
grant("evidence.add_exhibit", Role.TECHNICIAN, Role.EXAMINER, Role.INVESTIGATOR)
grant("evidence.change_exhibit", Role.TECHNICIAN, Role.EXAMINER, Role.INVESTIGATOR)
grant("evidence.withdraw", Role.TECHNICIAN, Role.EXAMINER, Role.COMMANDER)
grant("evidence.take_custody", *CASE_ROLES)
grant("evidence.take_custody_over", Role.COMMANDER)
grant("evidence.add_scan", Role.TECHNICIAN, Role.EXAMINER)
grant("evidence.correct_mask", Role.TECHNICIAN, Role.EXAMINER)
grant(
    "evidence.read_possessor",
    Role.ANALYST,
    Role.INVESTIGATOR,
    Role.PROSECUTOR,
    Role.COMMANDER,
    Role.MONITOR,
)
