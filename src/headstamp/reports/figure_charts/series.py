"""Months and years of a whole jurisdiction, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from headstamp.reports.charts import Specification
from headstamp.reports.figure_charts.frame import FIT, INK, MAIN, PALE, legend
from headstamp.reports.figure_charts.plan import Plan, Subject
from headstamp.reports.figure_charts.words import between, day, month, whole

LONG: Final = 36
"""Months from which on a mean of 12 months is drawn as well."""

EACH, MEAN, OPEN = "Each month", "Mean of 12 months", "Not complete"
WHOLE, TO_DATE = "Whole year", "To the same day"

Rows = Sequence[Mapping[str, Any]]


def trend(about: Subject, months: Rows) -> Plan:
    """Counts by month."""
    complete = [one for one in months if one["complete"]]
    least = min(complete, key=lambda one: one["count"])
    most = max(complete, key=lambda one: one["count"])
    last = complete[-1]
    left = [month(one["month"]) for one in months if not one["complete"]]
    unfinished = f" Not complete: {', '.join(left)}." if left else ""
    mean = " The thick line is the mean of the 12 months up to each." if _long(complete) else ""
    return Plan(
        name=f"trend-{about.name}",
        block="trends",
        title=f"{about.title}, by month",
        description=(
            f"{about.what} in {about.place} by month, {month(months[0]['month'])} to "
            f"{month(months[-1]['month'])}. Least {whole(least['count'])} in "
            f"{month(least['month'])}, most {whole(most['count'])} in {month(most['month'])}, last "
            f"{whole(last['count'])} ({between((last['low'], last['high']))}) in "
            f"{month(last['month'])}. The band is the 95 % interval of each month.{mean}"
            f"{unfinished}"
        ),
        specification=_trend(about, months, complete),
        columns=("Month", "Days", about.what, "95 % interval", "Complete"),
        rows=tuple(
            (
                month(one["month"]),
                str(one["days"]),
                whole(one["count"]),
                between((one["low"], one["high"])),
                "yes" if one["complete"] else "no",
            )
            for one in months
        ),
        rule=about.name,
    )


def years(about: Subject, rows: Rows, to: str) -> Plan:
    """Counts by year, with those to the same day of each."""
    until = day(to).rsplit(" ", 1)[0]
    ended = [f"{one['year']} {whole(one['count'])}" for one in rows if one["complete"]][-5:]
    dated = [f"{one['year']} {whole(one['to_date'])}" for one in rows[-5:]]
    return Plan(
        name=f"years-{about.name}",
        block="trends",
        title=f"{about.title}, by year",
        description=(
            f"{about.what} in {about.place} by year. Bars are whole years with their 95 % "
            f"interval, the last of them {', '.join(ended) or 'not ended yet'}. The mark is the "
            f"count up to {until} of each year: {', '.join(dated)}."
        ),
        specification=_years(about, rows, until),
        columns=("Year", about.what, "95 % interval", f"To {until}", "Complete"),
        rows=tuple(
            (
                str(one["year"]),
                whole(one["count"]),
                between((one["low"], one["high"])),
                whole(one["to_date"]),
                "yes" if one["complete"] else "no",
            )
            for one in rows
        ),
        rule=about.name,
    )


def _long(complete: Rows) -> bool:
    return len(complete) >= LONG


def _place(text: str) -> float:
    year, number = (int(part) for part in text.split("-")[:2])
    return round(year + (number - 0.5) / 12, 3)


def _trend(about: Subject, months: Rows, complete: Rows) -> Specification:
    values = [
        {"x": _place(one["month"]), "count": one["count"], "low": one["low"], "high": one["high"]}
        for one in complete
    ]
    left = [
        {"x": _place(one["month"]), "count": one["count"]} for one in months if not one["complete"]
    ]
    names, colours = [EACH], [MAIN]
    x = _years_axis([_place(one["month"]) for one in months])
    y = {"field": "count", "type": "quantitative", "title": about.what, "scale": {"zero": True}}
    layers: list[Specification] = [
        {
            "mark": {"type": "area", "color": PALE, "interpolate": "linear"},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "strokeWidth": 1 if _long(complete) else 2},
            "encoding": {"x": x, "y": y, "color": {"datum": EACH}},
        },
    ]
    if _long(complete):
        names, colours = [*names, MEAN], [*colours, INK]
        layers.append(
            {
                "data": {"values": _means(values)},
                "mark": {"type": "line", "strokeWidth": 3},
                "encoding": {"x": x, "y": y, "color": {"datum": MEAN}},
            }
        )
    if left:
        layers.append(
            {
                "data": {"values": left},
                "mark": {"type": "point", "size": 50, "filled": False, "color": INK},
                "encoding": {"x": x, "y": y},
            }
        )
    layers[1]["encoding"]["color"].update(legend(names, colours))
    return {**FIT, "height": 270, "data": {"values": values}, "layer": layers}


def _years_axis(places: Sequence[float]) -> Specification:
    first, last = int(min(places)), int(max(places)) + 1
    step = max(1, -(-(last - first) // 8))
    return {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last], "nice": False},
        "axis": {"values": list(range(first, last + 1, step)), "format": "d", "labelFlush": True},
    }


def _means(values: Rows) -> list[dict[str, float]]:
    """Of 12 months that follow each other, at the last of them."""
    return [
        {"x": values[n]["x"], "count": sum(one["count"] for one in values[n - 11 : n + 1]) / 12}
        for n in range(11, len(values))
    ]


def _years(about: Subject, rows: Rows, until: str) -> Specification:
    to_date = f"To {until}"
    values = [
        {"year": str(one["year"]), **{name: one[name] for name in ("count", "low", "high")}}
        for one in rows
        if one["complete"]
    ]
    dated = [{"year": str(one["year"]), "count": one["to_date"]} for one in rows]
    every = [str(one["year"]) for one in rows]
    step = max(1, -(-len(every) // 8))
    x = {
        "field": "year",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": every, "paddingInner": 0.3},
        "axis": {"labelAngle": 0, "values": every[::-1][::step][::-1]},
    }
    y = {"field": "count", "type": "quantitative", "title": about.what}
    thick = {"type": "tick", "opacity": 1, "thickness": 3, "bandSize": max(6, 240 // len(every))}
    colour = {"datum": WHOLE, **legend([WHOLE, to_date], [PALE, INK])}
    return {
        **FIT,
        "height": 270,
        "data": {"values": values},
        "layer": [
            {"mark": "bar", "encoding": {"x": x, "y": y, "color": colour}},
            {
                "mark": {"type": "rule", "color": MAIN, "strokeWidth": 2},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": dated},
                "mark": thick,
                "encoding": {"x": x, "y": y, "color": {"datum": to_date}},
            },
        ],
    }
