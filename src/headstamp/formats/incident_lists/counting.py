"""Figures from a folder of vintages: each rule in each window, against the years before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from headstamp.errors import UnreadableTableError
from headstamp.formats.counting_rules.loading import rules_of
from headstamp.formats.incident_lists.vintages import ROWS, day_of, folder_of, vintages
from headstamp.incidents.comparison import compare_counts
from headstamp.incidents.figures import YEARS, Against, Figure
from headstamp.incidents.poisson import byar
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule, count_sql
from headstamp.incidents.windows import Name, Window, window

PERIODS: Final[tuple[Name, ...]] = ("week", "28_days", "year_to_date", "365_days")


@dataclass(frozen=True, slots=True)
class Lists:
    """The vintages of a jurisdiction, oldest first."""

    data: Path
    all: list[Vintage]

    @classmethod
    def of(cls, data: Path, jurisdiction: str) -> Lists:
        """The vintages of a jurisdiction.

        Raises
        ------
        UnreadableTableError
            If there is none.
        """
        found = vintages(data, jurisdiction)
        if not found:
            there = sorted({one.jurisdiction for one in vintages(data)})
            raise UnreadableTableError(
                f"{data}: holds no list of {jurisdiction} (it holds: {', '.join(there) or 'none'})"
            )
        return cls(data, found)

    def chosen(self, rule: CountingRule, known_on: str) -> dict[str, Vintage] | None:
        """The vintage of each list a rule counts in, as it was known on a day.

        The newest that had been retrieved by then. Where none had, a rule that knows when a record
        became known (``known_by``) can be replayed on the first that came later; another cannot.
        """
        found = {}
        for name in rule.lists:
            of_list = [one for one in self.all if one.schema == name]
            then = [one for one in of_list if one.retrieved[:10] <= known_on]
            later = [one for one in of_list if one.retrieved[:10] > known_on]
            if then:
                found[name] = then[-1]
            elif later and rule.known_by:
                found[name] = later[0]
            else:
                return None
        return found

    def relations(self, chosen: dict[str, Vintage]) -> dict[str, str]:
        """What SQL reads each list from."""
        return {
            name: f"read_parquet('{_quoted(folder_of(self.data, one) / ROWS)}')"
            for name, one in chosen.items()
        }


def figures(
    data: Path,
    jurisdiction: str,
    to: date,
    *,
    known_on: str = "",
    periods: Sequence[Name] = PERIODS,
    own_rules: Path | None = None,
) -> list[Figure]:
    """Every rule of a jurisdiction for which there is a list, in every period up to a day.

    Parameters
    ----------
    data : Path
    jurisdiction : str
    to : date
        Last day of the periods.
    known_on : str
        ISO 8601 day. What was retrieved, or died, later is not known. Today unless given.
    periods : sequence of str
    own_rules : Path, optional
        A folder of further rules.

    Raises
    ------
    UnreadableTableError
        If there is no list, or no rule for those that are there.
    """
    import duckdb

    day = day_of(known_on)[:10] if known_on else date.max.isoformat()
    lists = Lists.of(data, jurisdiction)
    known = [(rule, lists.chosen(rule, day)) for rule in rules_of(jurisdiction, own_rules)]
    with duckdb.connect() as database:
        found = [
            one
            for rule, chosen in known
            if chosen is not None
            for one in _figures(database, lists, rule, chosen, to, known_on and day, periods)
        ]
    if not found:
        names = ", ".join(sorted({one.schema for one in lists.all}))
        raise UnreadableTableError(
            f"{data}: no counting rule of {jurisdiction} can be applied to the lists that were "
            f"known then ({names}); give a later day, or a rule with --rules"
        )
    return found


def _figures(
    database: Any,
    lists: Lists,
    rule: CountingRule,
    chosen: dict[str, Vintage],
    to: date,
    known_on: str,
    periods: Sequence[Name],
) -> Iterable[Figure]:
    vintage = chosen[rule.schema]
    day = known_on or vintage.retrieved[:10]
    now = [window(name, to) for name in periods]
    most = max(YEARS.values())
    asked = [one.years_earlier(years) for one in now for years in range(most + 1)]
    sql = count_sql(rule, lists.relations(chosen), asked, day)
    counts = dict(zip(asked, database.execute(sql).fetchone(), strict=True))
    for name, one in zip(periods, now, strict=True):
        yield _figure(rule, name, one, counts, vintage, day)


def _figure(
    rule: CountingRule,
    name: Name,
    one: Window,
    counts: dict[Window, int],
    vintage: Vintage,
    day: str,
) -> Figure:
    why_not = _out_of_reach(one, vintage)
    count = None if why_not else counts[one]
    return Figure(
        rule=rule,
        period=name,
        window=one,
        count=count,
        interval=byar(count) if count is not None else (float("nan"), float("nan")),
        against=tuple(_against(key, one, count, counts, vintage) for key in YEARS),
        known_on=day,
        vintage=vintage.id,
        source=vintage.file_name,
        remarks=_remarks(one, vintage, day),
    )


def _against(
    name: str, one: Window, count: int | None, counts: dict[Window, int], vintage: Vintage
) -> Against:
    earlier = tuple(one.years_earlier(years) for years in range(1, YEARS[name] + 1))
    why_not = _out_of_reach(one, vintage) or _out_of_reach(earlier[-1], vintage)
    if count is None or why_not:
        return Against(name, earlier, None, why_not)
    comparison = compare_counts(
        count,
        [counts[each] for each in earlier],
        one.days,
        [each.days for each in earlier],
    )
    return Against(name, earlier, comparison)


def _out_of_reach(one: Window, vintage: Vintage) -> str:
    """Why a list says nothing about a window; empty when it does."""
    if one.first.isoformat() < vintage.first:
        return f"the list begins on {vintage.first}"
    if one.last.isoformat() > vintage.retrieved[:10]:
        return f"the list is of {vintage.retrieved[:10]}, before this period ended"
    if one.first.isoformat() > vintage.last:
        return f"the list ends on {vintage.last}"
    return ""


def _remarks(one: Window, vintage: Vintage, day: str) -> tuple[str, ...]:
    said = []
    if vintage.retrieved[:10] > day:
        said.append(
            f"Replayed on the list of {vintage.retrieved[:10]}, which says when each death became "
            "known; what else was changed since cannot be told."
        )
    if one.first.isoformat() <= vintage.last < one.last.isoformat():
        said.append(f"The newest event in the list is of {vintage.last}.")
    return tuple(said)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
