"""Rows of areas as everybody may see them."""

from __future__ import annotations

from datetime import date

from headstamp.incidents.figures import Figure, against
from headstamp.incidents.public_areas import public_rows, public_rules
from headstamp.incidents.public_points import public_cells, public_points
from headstamp.incidents.records import Vintage
from headstamp.incidents.rules import CountingRule
from headstamp.incidents.windows import window, years_earlier

VINTAGE = Vintage(
    "v", "port-verity", "list", 1, "victim", "2026-07-31", "0" * 64, "list.csv", 1, 0, "2015-01-01",
    "2026-06-30", 3, (),
)  # fmt: skip


def rule(name, measure="shooting_victims"):
    return CountingRule(name, 1, name, name, "port-verity", measure, "victims", "list", "occurred")


def described(*rules):
    return [
        {"key": f"{one.name} v1", "schema": one.schema, "measure": one.measure} for one in rules
    ]


def rows_of(one, area, to_date, year, earlier):
    """All rows of an area: counts of the year to date, of 365 days, and of each earlier window."""
    rows = []
    for name, count in (("year_to_date", to_date), ("365_days", year)):
        now = window(name, date(2026, 6, 30))
        compared = tuple(
            against(
                kind,
                now,
                count,
                {years_earlier(name, now, back): earlier for back in range(1, n + 1)},
            )
            for kind, n in (("last_year", 1), ("mean_of_3_years", 3), ("mean_of_5_years", 5))
        )
        figure = Figure(one, name, now, count, compared, "2026-07-31", VINTAGE, area=area)
        rows += [{**row, "suppressed": ""} for row in figure.rows()]
    return rows


VICTIMS = rule("victims")
CITY = [
    *rows_of(VICTIMS, "1", 3, 30, 40),
    *rows_of(VICTIMS, "2", 12, 60, 50),
    *rows_of(VICTIMS, "3", 80, 160, 150),
]


def shown(rows, area, period, kind="last_year"):
    return next(
        row for row in rows if (row["area"], row["period"], row["against"]) == (area, period, kind)
    )


def test_of_a_small_count_nothing_is_left_that_tells_it():
    row = shown(public_rows(CITY, described(VICTIMS)), "1", "year_to_date")
    assert row["suppressed"] == "1 to 4"
    for name in ("count", "count_interval", "ratio", "interval", "p_value", "per_100000"):
        assert row[name] is None
    for name in ("ratio_per_day", "interval_per_day", "p_value_per_day", "per_100000_interval"):
        assert row[name] is None
    assert row["wording"] == "not shown"
    assert row["comparison_count"] == 40


def test_another_area_goes_with_it_in_the_same_period_alone():
    rows = public_rows(CITY, described(VICTIMS))
    assert shown(rows, "2", "year_to_date")["suppressed"] == "suppressed"
    assert shown(rows, "3", "year_to_date")["count"] == 80
    assert [shown(rows, area, "365_days")["count"] for area in "123"] == [30, 60, 160]


def test_a_small_comparison_is_left_out_with_what_it_gives_away():
    rows = [*rows_of(VICTIMS, "1", 30, 40, 2), *rows_of(VICTIMS, "2", 40, 60, 30), *CITY[12:]]
    row = shown(public_rows(rows, described(VICTIMS)), "1", "year_to_date")
    assert (row["count"], row["suppressed"]) == (30, "")
    assert row["comparison_count"] is row["ratio"] is row["p_value"] is None
    assert row["wording"] == "not shown"
    mean = shown(public_rows(rows, described(VICTIMS)), "1", "year_to_date", "mean_of_3_years")
    assert mean["comparison_count"] == 2, "three years together had six, which is not small"


def test_of_two_ways_to_count_the_same_one_is_shown_by_area_and_no_remainder():
    other, wounded = rule("victims-too"), rule("wounded", "nonfatal_shooting_victims")
    killed = rule("killed", "fatal_shooting_victims")
    kept = public_rules(described(VICTIMS, other, wounded, killed))
    assert [one["key"] for one in kept] == ["victims v1", "killed v1"]


def test_the_rows_that_were_given_are_not_changed():
    before = [dict(row) for row in CITY]
    public_rows(CITY, described(VICTIMS))
    assert before == CITY


def point(count, name):
    return {"latitude": 1.0, "longitude": 2.0, "block": "", "count": count, "class": name}


def test_points_keep_their_class_and_lose_their_number():
    found = public_points([point(3, "1 to 4"), point(2, "1 to 4"), point(8, "5 to 9")])
    assert [one["class"] for one in found] == ["1 to 4", "1 to 4", "5 to 9"]
    assert all("count" not in one for one in found)


def test_points_of_one_event_each_are_not_shown_for_their_total_tells_them():
    assert public_points([point(1, "1 to 4")] * 3) == []
    assert public_points([point(4, "1 to 4")] * 3) == []


def test_a_hot_spot_keeps_no_number_and_a_coarse_statistic():
    cell = {"polygon": [], "count": 2, "z": 3.41, "p": 0.0123, "class": "hot"}
    assert public_cells([cell]) == [{"polygon": [], "z": 3.0, "p": 0.05, "class": "hot"}]
