"""Figures from a folder of vintages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.unit.formats.incident_lists.lists import row

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.counting import PERIODS, Question, count

DAYS = [f"{year}-{month:02}-{day:02}" for year in (2019, 2020) for month in range(1, 13)
        for day in range(1, 29)]  # fmt: skip
EVERY_DAY = [
    row(number, day, Died="Y" if number % 4 == 0 else "N") for number, day in enumerate(DAYS)
]
RULE = """
name = "alder-killed"
version = 2
title = "Shooting victims killed, Alder"
jurisdiction = "alder"
measure = "fatal_shooting_victims"
unit = "victims"
schema = "alder-shootings"
date = "occurred"
explanation = "Rows that say so."

[[where]]
field = "fatal"
is = true
"""


@pytest.fixture
def ask(tmp_path):
    """``ask(to, **question)``: figures by period, of the victims."""

    def answer(to, unit="victims", own=None, **question):
        asked = Question("alder", date.fromisoformat(to), **question)
        found = count(tmp_path / "data", asked, own)
        return {one.period: one for one in found.figures if one.rule.unit == unit and not one.area}

    return answer


def test_every_period_is_counted_and_set_against_last_year(bring, ask):
    bring(EVERY_DAY)
    found = ask("2020-12-28")
    assert set(found) == set(PERIODS)
    # 28 December is a Monday in 2020: all days of the week before it are on the list.
    assert {name: one.count for name, one in found.items()} == {
        "week": 7, "28_days": 28, "year_to_date": 336, "365_days": 336,
    }  # fmt: skip
    last_year = found["year_to_date"].against[0]
    assert last_year.comparison.then == 336
    assert last_year.wording == "no detectable change"


def test_years_before_the_data_begin_are_not_compared(bring, ask):
    bring(EVERY_DAY)
    figure = ask("2020-12-28")["year_to_date"]
    assert figure.against[1].comparison is None
    assert figure.against[1].wording == "alder-shootings begins on 2019-01-01"


def test_a_mean_of_three_years_is_one_of_three(bring, ask):
    days = [f"{year}-06-{day:02}" for year in range(2015, 2021) for day in range(1, 29)]
    bring([row(number, day) for number, day in enumerate(days)])
    figure = ask("2020-06-28", first=date(2020, 6, 1))["range"]
    assert figure.count == 28
    rows = {one["against"]: one for one in figure.rows()}
    assert rows["mean_of_3_years"]["comparison_count"] == 28
    assert figure.against[2].comparison.then == 5 * 28


def test_a_period_before_the_data_begin_has_no_figure(bring, ask):
    bring(EVERY_DAY)
    figure = ask("2018-06-30")["week"]
    assert figure.count is None
    assert {one.wording for one in figure.against} == {"alder-shootings begins on 2019-01-01"}
    assert figure.rows()[0]["ratio"] is None


def test_a_period_after_the_retrieval_has_no_figure(bring, ask):
    bring(EVERY_DAY)
    assert {one.wording for one in ask("2021-01-05")["week"].against} == {
        "on 2020-12-31 this period had not ended"
    }
    later = ask("2021-01-05", known_on="2021-01-31")["week"]
    assert later.count is None
    assert later.against[0].wording == (
        "alder-shootings is of 2020-12-31, before this period ended"
    )


def test_what_was_known_on_a_day_is_counted_in_the_vintage_of_that_day(bring, ask):
    bring(EVERY_DAY[:-1], retrieved="2020-12-29")
    bring([*EVERY_DAY, row(9001, "2020-12-27")], retrieved="2020-12-31")
    then, now = ask("2020-12-28", known_on="2020-12-30")["week"], ask("2020-12-28")["week"]
    assert (then.count, then.vintage.retrieved, then.known_on) == (6, "2020-12-29", "2020-12-30")
    assert (now.count, now.vintage.retrieved, now.known_on) == (8, "2020-12-31", "2020-12-31")


def test_before_the_first_vintage_nothing_was_known(bring, ask):
    bring(EVERY_DAY, retrieved="2020-12-31")
    with pytest.raises(UnreadableTableError, match="was retrieved on 2020-12-31"):
        ask("2020-06-01", known_on="2020-06-02")


def test_vintages_are_never_mixed(bring, ask):
    bring([row(1, "2020-12-20"), row(2, "2020-12-21")], retrieved="2020-12-22")
    bring([row(3, "2020-12-20")], retrieved="2020-12-23")
    assert ask("2020-12-20", first=date(2020, 12, 20))["range"].count == 1


def test_incidents_are_counted_once_however_many_were_hit(bring, ask):
    bring([row(1, Case="A"), row(2, Case="A"), row(3, Case="B"), row(4, Case="")])
    window = {"first": date(2020, 3, 4)}
    assert ask("2020-03-04", **window)["range"].count == 4
    assert ask("2020-03-04", unit="incidents", **window)["range"].count == 2


def test_counts_by_area_add_up_to_the_total(bring, ask, tmp_path):
    bring([row(n, "2020-03-04", District=("1", "02", "")[n % 3]) for n in range(1, 11)])
    asked = Question("alder", date(2020, 3, 4), first=date(2020, 3, 4), by="district")
    found = [one for one in count(tmp_path / "data", asked).figures if one.rule.unit == "victims"]
    assert {one.area: one.count for one in found} == {"1": 3, "2": 4, "not stated": 3}
    assert (
        sum(one.count for one in found) == ask("2020-03-04", first=date(2020, 3, 4))["range"].count
    )


def test_a_rate_is_per_100000_of_the_population(bring, ask):
    bring(EVERY_DAY)
    figure = ask("2020-12-28", population=672_000)["year_to_date"]
    assert figure.rate.value == pytest.approx(50.0)
    assert figure.rows()[0]["per_100000"] == pytest.approx(50.0)


def test_a_rule_of_the_users_own_takes_the_place_of_the_generic_ones(bring, ask, tmp_path):
    bring(EVERY_DAY)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "killed.toml").write_text(RULE, encoding="utf-8")
    figure = ask("2020-12-28", own=folder)["28_days"]
    assert figure.rule.name == "alder-killed"
    assert figure.rows()[0]["rule"] == "alder-killed v2"
    assert figure.count == 7


def test_a_rule_whose_field_the_file_lacks_is_not_applied(bring, ask, mapping, tmp_path):
    mapping.write_text(mapping.read_text().replace('fatal = "Died"\n', ""))
    bring(EVERY_DAY)
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "killed.toml").write_text(RULE, encoding="utf-8")
    with pytest.raises(UnreadableTableError, match=r"alder-killed: .* has no fatal"):
        ask("2020-12-28", own=folder)


def test_a_city_without_a_list_is_refused_with_those_that_have_one(bring, tmp_path):
    bring([row(1)])
    for name in ("birch", "*", ""):
        with pytest.raises(UnreadableTableError, match="it holds: alder"):
            count(tmp_path / "data", Question(name, date(2020, 3, 4)))


def test_a_folder_that_is_not_there_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(UnreadableTableError, match="headstamp incidents import"):
        count(tmp_path / "none", Question("alder", date(2020, 3, 4)))


def test_rows_that_come_late_mark_recent_days_as_incomplete(bring, ask):
    days = [date(2020, 10, 1) + timedelta(days=day) for day in range(61)]
    rows = [(day, row(1000 * n + m, str(day)), m) for n, day in enumerate(days) for m in range(30)]
    for day in days[-3:]:
        # Ten of thirty come onto the list a day later.
        there = [text for of, text, m in rows if of < day or (of == day and m < 20)]
        bring(there, retrieved=str(day))
    figure = ask(str(days[-1]))["week"]
    assert figure.count == 6 * 30 + 20
    assert figure.remarks == (
        "Incomplete: about 95.2 % of the events up to 2020-11-30 are listed so far, by how earlier "
        "vintages grew.",
    )
    first = ask(str(days[-3]), known_on=str(days[-3]))["week"]
    assert first.remarks == (
        "Every day of the period may still rise; the vintages at hand do not tell by how much.",
    )
