"""SQL for coordinates: which mean a place of the list, and what is wrong with the others."""

from __future__ import annotations

from typing import Final

from headstamp.formats.incident_lists.schema import Schema

OTHER: Final = {"latitude": "longitude", "longitude": "latitude"}


def coordinate(schema: Schema, field: str, written: dict[str, str]) -> str:
    """The number, or NULL where it is none or lies where the list cannot reach.

    Parameters
    ----------
    schema : Schema
    field : str
        ``latitude`` or ``longitude``.
    written : dict
        What is written of each of the two that has a column, in SQL.
    """
    found = _number(written[field])
    if schema.bounds is None:
        return found
    within = _is_within(schema.bounds, field, found)
    if field == "longitude" and schema.shore and "latitude" in written:
        within += f" AND {found} <= {_shore(schema, _number(written['latitude']))}"
    return f"CASE WHEN {within} THEN {found} END"


def trouble(schema: Schema, field: str, written: str) -> str:
    """Why what is written means no place: a text in SQL."""
    found = _number(written)
    cases = [f"WHEN {found} IS NULL THEN ' is no number'"]
    if schema.bounds is not None:
        exchanged = _is_within(schema.bounds, OTHER[field], found)
        cases += [
            f"WHEN {exchanged} THEN ' lies outside the area; {field} and {OTHER[field]} may be "
            "exchanged'",
            f"WHEN contains({written}, ',') THEN ' lies outside the area; write it with a point'",
        ]
    return f"CASE {' '.join(cases)} ELSE ' lies outside the area' END"


def _number(written: str) -> str:
    """A finite number; commas between thousands are left out."""
    found = f"try_cast(replace({written}, ',', '') AS DOUBLE)"
    return f"CASE WHEN isfinite({found}) THEN {found} END"


def _is_within(bounds: tuple[float, float, float, float], field: str, number: str) -> str:
    south, north, west, east = bounds
    low, high = (south, north) if field == "latitude" else (west, east)
    return f"{number} BETWEEN {low} AND {high}"


def _shore(schema: Schema, latitude: str) -> str:
    """The longitude of the shore at a latitude."""
    steps = " ".join(
        f"WHEN {latitude} >= {south} THEN {east}" for south, east in reversed(schema.shore)
    )
    return f"CASE {steps} ELSE 180 END"
