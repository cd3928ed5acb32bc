"""Rows of long tables as HTML: a template takes ten times as long for thousands of cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from headstamp.web.figures.shown import words

if TYPE_CHECKING:
    from headstamp.web.figures.shown.areas import AreaRow, AreaTable


def body(rows: Iterable[Sequence[Any]], numeric: Collection[int] = ()) -> SafeString:
    """Rows of a plain table: the first cell of each names it; every text is escaped."""
    return format_html_join("\n", "<tr>{}</tr>", ((_cells(row, numeric),) for row in rows))


def _cells(row: Sequence[Any], numeric: Collection[int]) -> SafeString:
    first = format_html('<th scope="row">{}</th>', _text(row[0])) if row else SafeString()
    return first + format_html_join(
        "",
        "<td{}>{}</td>",
        (
            (SafeString(' class="hs-number"' if place in numeric else ""), _text(value))
            for place, value in enumerate(row[1:], 1)
        ),
    )


def _text(value: Any) -> str:
    return words.number(value) if isinstance(value, (int, float)) else str(value or "")


AREA = (
    '<tr><th scope="row">{name}</th>'
    '<td class="hs-number" data-label="{unit}">{count}{interval}</td>'
    '<td class="hs-number" data-label="Year before">{then}</td>'
    '<td class="hs-number" data-label="Change">{change}</td>'
    '<td data-label="What may be said">{wording}</td>{rate}</tr>'
)


def area_body(table: AreaTable) -> SafeString:
    """Rows of a table by area."""
    unit = table.unit.capitalize()
    made = [_area(row, unit, has_rates=table.has_rates) for row in table.rows]
    return format_html_join("\n", "{}", ((one,) for one in made))


def _area(row: AreaRow, unit: str, *, has_rates: bool) -> SafeString:
    interval = format_html(' <span class="hs-interval">{}</span>', row.interval)
    rate = format_html('<td class="hs-number" data-label="Per 100,000">{}</td>', row.rate)
    return format_html(
        AREA,
        name=row.name,
        unit=unit,
        count=row.count,
        interval=interval if row.interval else "",
        then=row.then,
        change=row.change,
        wording=row.wording,
        rate=rate if has_rates else "",
    )
