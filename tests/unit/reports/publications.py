"""A small publication made by hand: what it says is known without any counting."""

from __future__ import annotations

import calendar
from typing import Any

RULE = {
    "key": "port-verity-shooting-victims v1",
    "name": "port-verity-shooting-victims",
    "version": 1,
    "title": "Shooting victims, Port Verity",
    "explanation": "One for each person shot.",
    "measure": "shooting_victims",
    "measure_name": "Shooting victims",
    "unit": "victims",
    "schema": "port-verity-victims",
}
MURDERS = {
    **RULE,
    "key": "port-verity-murders v1",
    "name": "port-verity-murders",
    "title": "Murders, Port Verity",
    "explanation": "One for each person murdered.",
    "measure": "murders",
    "measure_name": "Murders",
}
VINTAGE = {
    "id": "2026-06-30-0123456789ab",
    "jurisdiction": "port-verity",
    "schema": "port-verity-victims",
    "schema_version": 1,
    "unit": "victim",
    "retrieved": "2026-06-30",
    "sha256": "0123456789ab" + "0" * 52,
    "file_name": "victims-2026-06-30.csv",
    "rows": 11837,
    "rejected": 0,
    "first": "2023-01-01",
    "last": "2026-06-29",
    "longest_gap": 5,
    "fields": ["occurred"],
}
NAMES = ("Saltworks", "Harbor Gate", "Old Quay", "Tannery Row")


def publication(edition: str = "full") -> dict[str, Any]:
    """Two rules, 42 months, four districts."""
    return {
        "format": 1,
        "jurisdiction": "port-verity",
        "place": "Port Verity",
        "to": "2026-06-29",
        "known_on": "2026-06-30",
        "edition": edition,
        "vintages": [VINTAGE],
        "rules": [RULE, MURDERS],
        "left_out": [],
        "population": {"people": 456500, "year": 2025, "source": "Invented"},
        "figures": [
            *figure(RULE, "week", 11, 9, 1.222, [0.46, 3.34], "no detectable change"),
            *figure(RULE, "year_to_date", 320, 322, 0.9938, [0.851, 1.16], "no detectable change"),
            *figure(RULE, "365_days", 480, 600, 0.8, [0.709, 0.903], "down 20 %"),
            *figure(MURDERS, "year_to_date", 52, None, None, None, "the list begins on 2026-01-01"),
        ],
        "trends": [{"rule": RULE["key"], "months": months(), "years": years()}],
        "areas": [{"kind": "district", "title": "Police districts", "rows": areas(edition)}],
        "boundaries": {"district": boundaries()},
        "points": [points(edition)],
        "hot_spots": [hot_spots()],
        "near_repeat": [near_repeat()],
        "cities": cities(),
    }


def figure(
    rule: dict[str, Any],
    period: str,
    count: int | None,
    then: float | None,
    ratio: float | None,
    interval: list[float] | None,
    wording: str,
    **more: Any,
) -> list[dict[str, Any]]:
    """A row as `headstamp figures --json` prints it."""
    first = {"week": "2026-06-23", "year_to_date": "2026-01-01", "365_days": "2025-06-30"}[period]
    return [
        {
            "measure": rule["measure"], "period": period, "from": first, "to": "2026-06-29",
            "count": count, "comparison_count": then, "ratio": ratio, "interval": interval,
            "p_value": None if ratio is None else 0.5, "wording": wording, "rule": rule["key"],
            "as_known_on": "2026-06-30", "vintage": VINTAGE["id"], "jurisdiction": "port-verity",
            "area": "", "unit": rule["unit"], "against": "last_year",
            "count_interval": None if count is None else [count * 0.9, count * 1.1], "days": 7,
            "comparison_days": 7, "ratio_per_day": ratio, "interval_per_day": interval,
            "p_value_per_day": None, "per_100000": None, "per_100000_interval": None,
            "population": None, "source": VINTAGE["file_name"], "source_sha256": VINTAGE["sha256"],
            "remarks": ["Every day of the period may still rise."] if period == "week" else [],
            **more,
        }
    ]  # fmt: skip


def months() -> list[dict[str, Any]]:
    """From January 2023; most in July; June 2026 is not complete."""
    made = []
    for number in range(42):
        year, month = 2023 + number // 12, number % 12 + 1
        count = 60 - 6 * abs(7 - month)
        made.append(
            {
                "month": f"{year}-{month:02d}", "days": calendar.monthrange(year, month)[1],
                "count": count, "low": count * 0.8, "high": count * 1.25,
                "complete": number < 41,
            }
        )  # fmt: skip
    return made


def years() -> list[dict[str, Any]]:
    """Three whole ones and the one that runs."""
    return [
        {"year": year, "count": count, "low": count - 40, "high": count + 40,
         "to_date": to_date, "complete": year < 2026}
        for year, count, to_date in (
            (2023, 500, 250), (2024, 510, 246), (2025, 601, 322), (2026, 320, 320))
    ]  # fmt: skip


def areas(edition: str) -> list[dict[str, Any]]:
    """Three districts with figures; in the public edition one is not shown."""
    rows = []
    for code, count in (("1", 40), ("2", 12), ("3", 3)):
        hidden = edition == "public" and count < 5
        rows += figure(
            RULE, "365_days", None if hidden else count, None if hidden else count + 2,
            None if hidden else 0.9, None if hidden else [0.5, 1.6],
            "not shown" if hidden else "no detectable change",
            area=code, area_name=NAMES[int(code) - 1], population=10_000 * int(code),
            suppressed="1 to 4" if hidden else "",
        )  # fmt: skip
    return rows


def boundaries() -> dict[str, Any]:
    """Four squares in a row, from the west."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"area": str(n + 1), "name": name, "population": 10_000 * (n + 1)},
                "geometry": {"type": "Polygon", "coordinates": [square(n * 0.03, 0.0, 0.03)]},
            }
            for n, name in enumerate(NAMES)
        ],
    }


def square(east: float, north: float, side: float) -> list[list[float]]:
    """A closed ring."""
    west, south = -87.7 + east, 41.8 + north
    return [
        [west, south], [west + side, south], [west + side, south + side], [west, south + side],
        [west, south],
    ]  # fmt: skip


def points(edition: str) -> dict[str, Any]:
    """Three blocks."""
    found = [
        {"latitude": 41.81, "longitude": -87.69 + n / 50, "block": f"{n + 1}XX W Alder St",
         "class": label, **({} if edition == "public" else {"count": count})}
        for n, (count, label) in enumerate(((2, "1 to 4"), (7, "5 to 9"), (12, "10 or more")))
    ]  # fmt: skip
    return {
        "rule": RULE["key"], "period": "365_days", "from": "2025-06-30", "to": "2026-06-29",
        "points": found, "without_place": 4,
    }  # fmt: skip


def hot_spots() -> dict[str, Any]:
    """One hot cell, one cold, one neither."""
    cells = [
        {"polygon": square(n * 0.01, 0.01, 0.006), "z": z, "p": p, "class": name}
        for n, (z, p, name) in enumerate(
            ((4.2, 0.00001, "hot"), (-2.5, 0.01, "cold"), (0.1, 0.9, ""))
        )
    ]
    return {
        "rule": RULE["key"], "from": "2025-06-30", "to": "2026-06-29", "cell_metres": 500,
        "method": "Local Gi* with the eight cells about each", "cells": cells,
    }  # fmt: skip


def near_repeat() -> dict[str, Any]:
    """Four cells, of which one has twice as many pairs as chance."""
    cells = [
        {"metres": metres, "days": days, "observed": 20, "expected": 20 / ratio, "ratio": ratio,
         "p": p}
        for metres, days, ratio, p in (
            ([0, 100], [0, 7], 2.5, 0.001), ([0, 100], [7, 14], 1.4, 0.02),
            ([100, 200], [0, 7], 1.1, 0.3), ([100, 200], [7, 14], 0.9, 0.9))
    ]  # fmt: skip
    return {
        "rule": RULE["key"], "from": "2025-06-30", "to": "2026-06-29", "events": 480,
        "permutations": 999, "seed": 1, "cells": cells,
    }  # fmt: skip


def cities() -> dict[str, Any]:
    """Two invented cities, and one whose year has not ended."""
    rows = [
        {"city": name.lower().replace(" ", "-"), "name": name, "state": "Lakeland", "year": 2025,
         "part_of_year": part, "murders": murders, "population": people,
         "rate": murders / people * 1e5, "low": murders / people * 8e4,
         "high": murders / people * 1.2e5, "source": "Invented"}
        for name, part, murders, people in (
            ("Port Verity", "", 104, 456_500), ("Bramblegate", "", 30, 300_000),
            ("Yarrowcroft", "to 2025-10-02", 12, 150_000))
    ]  # fmt: skip
    return {"year": 2025, "rows": rows}
