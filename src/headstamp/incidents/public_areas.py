"""The rows of areas as everybody may see them: small cells, and what gives them away, left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, cast

from headstamp.incidents.figures import YEARS
from headstamp.incidents.suppression import Cell, Shown, Table, suppress
from headstamp.incidents.windows import Name, Window, years_earlier

NOT_SHOWN: Final = "not shown"
NOW: Final = "now"
WHOLE: Final = "shooting_victims"
REST: Final = "nonfatal_shooting_victims"
"""What remains of a whole when those who were killed are taken away: it would tell them."""

PEOPLE: Final = ("murders", "fatal_shooting_victims")
"""Parts of a whole whose remainder is a number of people too."""

COUNT: Final = ("count", "count_interval", "per_100000", "per_100000_interval")
COMPARISON: Final = (
    "ratio", "interval", "p_value", "ratio_per_day", "interval_per_day", "p_value_per_day",
)  # fmt: skip

Row = Mapping[str, Any]


class Column(NamedTuple):
    """What one column of counts by area is of."""

    rule: str
    period: Name
    against: str


def public_rules(rules: Iterable[Row]) -> list[Row]:
    """The rules that are shown by area: of each list one for each measure, and no remainder.

    Two ways to count the same people differ by a few, and these few could be told from both.

    Parameters
    ----------
    rules : iterable of mapping
        With ``key``, ``schema``, ``measure``.
    """
    found: dict[tuple[str, str], Row] = {}
    for one in rules:
        if one["measure"] != REST:
            found.setdefault((one["schema"], one["measure"]), one)
    return list(found.values())


def public_rows(rows: Sequence[Row], rules: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of one kind of area without what tells of few.

    Parameters
    ----------
    rows : sequence of mapping
        As figures have them, with ``area``; of each area all rules, periods and comparisons.
    rules : iterable of mapping
        With ``key``, ``schema``, ``measure``.

    Returns
    -------
    list of dict
        The rows of the rules that are shown. ``suppressed`` says why there is no count.
    """
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    for rule in public_rules(rules):
        lists[rule["schema"]][rule["key"]] = rule["measure"]
    shown: dict[Cell, Shown] = {}
    for measures in lists.values():
        shown |= suppress(_table([one for one in rows if one["rule"] in measures], measures))
    kept = {key for measures in lists.values() for key in measures}
    return [_public(row, shown) for row in rows if row["rule"] in kept]


def _public(row: Row, shown: Mapping[Cell, Shown]) -> dict[str, Any]:
    now, then = (
        shown.get((row["area"], _name(_column(row, against))), Shown.NUMBER)
        for against in (NOW, row["against"])
    )
    found = dict(row)
    if now is not Shown.NUMBER:
        found |= dict.fromkeys(COUNT) | {"suppressed": now.value}
    if then is not Shown.NUMBER:
        found["comparison_count"] = None
    if now is not Shown.NUMBER or then is not Shown.NUMBER:
        found |= dict.fromkeys(COMPARISON) | {"wording": NOT_SHOWN}
    return found


def _table(rows: Iterable[Row], measures: Mapping[str, str]) -> Table:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    windows: dict[Column, list[Window]] = {}
    for row in rows:
        years = YEARS[row["against"]]
        for against, count in ((NOW, row["count"]), (row["against"], row["comparison_count"])):
            column = _column(row, against)
            if count is None:
                continue
            times = 1 if against == NOW else years
            counts[row["area"]][_name(column)] = round(count * times)
            windows[column] = _windows(row, 0 if against == NOW else years)
    inside = [
        (part, whole)
        for part in windows
        for whole in windows
        if part != whole
        and (part.rule == whole.rule or measures[whole.rule] == WHOLE)
        and _are_within(windows[part], windows[whole])
    ]
    parts = [
        (part, whole)
        for part, whole in inside
        if part[1:] == whole[1:] and measures[part.rule] in PEOPLE
    ]
    return Table(
        _filled(counts),
        [(_name(part), _name(whole)) for part, whole in inside],
        [(_name(part), _name(whole)) for part, whole in parts],
    )


def _filled(counts: Mapping[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """An area without a row of a rule had none."""
    columns = list(dict.fromkeys(name for one in counts.values() for name in one))
    return {area: {name: one.get(name, 0) for name in columns} for area, one in counts.items()}


def _column(row: Row, against: str) -> Column:
    return Column(row["rule"], cast(Name, row["period"]), against)


def _name(column: Column) -> str:
    return "|".join(column)


def _windows(row: Row, years: int) -> list[Window]:
    """The window of a row, or those of so many earlier years."""
    one = Window(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
    back = range(1, years + 1) if years else range(1)
    return [years_earlier(cast(Name, row["period"]), one, each) for each in back]


def _are_within(parts: Sequence[Window], wholes: Sequence[Window]) -> bool:
    """Whether each window lies in another one of the whole."""
    left = list(wholes)
    for part in parts:
        holding = [one for one in left if one.first <= part.first and part.last <= one.last]
        if not holding:
            return False
        left.remove(holding[0])
    return True
