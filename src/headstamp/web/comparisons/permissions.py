"""Who may do what with candidates, leads and examinations."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import READERS, Role

grant("comparisons.view", *READERS)
grant("comparisons.review", Role.TECHNICIAN, Role.EXAMINER)
grant("comparisons.verify_lead", Role.TECHNICIAN, Role.EXAMINER)
grant("comparisons.disseminate", Role.ANALYST, Role.COMMANDER)
grant("comparisons.request_examination", Role.ANALYST, Role.INVESTIGATOR, Role.PROSECUTOR)
grant("comparisons.examine", Role.EXAMINER)
grant("comparisons.read_unverified", Role.EXAMINER, Role.MONITOR)
grant("comparisons.withdraw", Role.EXAMINER, Role.ANALYST, Role.COMMANDER)
