"""Who may do what with lists, releases and templates; what is released is everybody's."""

from __future__ import annotations

from headstamp.web.access import grant
from headstamp.web.roles import READERS, Role

grant("figures.view", *READERS)
grant("figures.import_lists", Role.ANALYST, Role.COMMANDER)
grant("figures.prepare", Role.ANALYST, Role.COMMANDER)
grant("figures.release", Role.COMMANDER)
grant("figures.change_templates", Role.ANALYST, Role.COMMANDER)
