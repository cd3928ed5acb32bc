"""Who may do what with traces: law enforcement and prosecutors, for a case; see safeguards.

Purchasers and possessors are for those who work the case: analysts, investigators and prosecutors
of the agency that owns the trace, or members of a case it belongs to; the monitor reads all of it.
"""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import Role

READ = (Role.ANALYST, Role.INVESTIGATOR, Role.PROSECUTOR, Role.COMMANDER, Role.MONITOR)

grant("traces.view", *READ)
grant("traces.request", Role.ANALYST, Role.INVESTIGATOR)
grant("traces.submit", Role.ANALYST, Role.COMMANDER)
grant("traces.import_results", Role.ANALYST, Role.COMMANDER)
grant("traces.read_people", Role.ANALYST, Role.INVESTIGATOR, Role.PROSECUTOR, Role.MONITOR)
grant("traces.analyse", *READ)
grant("traces.report", Role.ANALYST, Role.PROSECUTOR, Role.COMMANDER, Role.MONITOR)
