"""The level of two records by DuckDB alone: what Splink is checked against."""

from __future__ import annotations

from typing import Any

import duckdb

from headstamp.linkage.kinds import PLANS
from headstamp.linkage.records import Kind, record


def levels(kind: Kind, one: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    """The label of each field, as the conditions of the plan have it."""
    plan = PLANS[kind]
    sides = [
        plan.prepare(record(kind, {"source": "a", "id": str(place), **values}))
        for place, values in enumerate((one, other))
    ]
    columns = [f"?::VARCHAR AS {name}_{side}" for side in "lr" for name in plan.columns]
    values = [prepared[name] for prepared in sides for name in plan.columns]
    cases = [
        f"CASE WHEN {comparison.missing} THEN 'not known' "
        + " ".join(
            f"WHEN {level.condition} THEN '{level.label}'" for level in comparison.levels[:-1]
        )
        + f" ELSE '{comparison.levels[-1].label}' END"
        for comparison in plan.comparisons
    ]
    row = duckdb.execute(
        f"SELECT {', '.join(cases)} FROM (SELECT {', '.join(columns)})", values
    ).fetchall()[0]
    return {comparison.field: said for comparison, said in zip(plan.comparisons, row, strict=True)}
