"""The plan of each kind of record."""

from __future__ import annotations

from typing import Final

from headstamp.linkage import dealers, firearms, persons
from headstamp.linkage.plan import Plan
from headstamp.linkage.records import Kind

PLANS: Final[dict[Kind, Plan]] = {
    "firearm": firearms.PLAN, "dealer": dealers.PLAN, "person": persons.PLAN,
}  # fmt: skip
