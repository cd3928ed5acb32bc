"""The article of 30 June 2017 against the lists of its days: what was found by hand."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from headstamp.claims.answers import Basis
from headstamp.claims.checking import check
from headstamp.claims.finding import Finding
from headstamp.formats.city_reference import city_years
from headstamp.formats.incident_lists.answering import answers_from
from headstamp.formats.incident_lists.importing import import_list

spec = importlib.util.spec_from_file_location("article", Path(__file__).with_name("article.py"))
assert spec is not None and spec.loader is not None
article = sys.modules["article"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(article)

LISTS = {
    "chicago_people_shot_vintage_2017-06-27.csv": "2017-06-27",
    "chicago_people_shot_vintage_2017-06-28.csv": "2017-06-28",
    "chicago_people_shot_vintage_2017-06-29.csv": "2017-06-29",
    "chicago_shooting_incidents_foia_2010_2019.csv": "2019-12-31",
    "chicago_homicides_foia_2001_2019.csv": "2019-12-31",
    "chicago_homicide_status_foia_2010_2022.xlsx": "2022-05-31",
}


@pytest.fixture(scope="module")
def basis(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Basis]:
    folder = tmp_path_factory.mktemp("claims") / "data"
    for name, day in LISTS.items():
        import_list(shared_data / "incidents" / name, folder, retrieved=day)
    with answers_from(folder, city_years()) as answers:
        yield Basis(answers, article.WRITTEN)


def found(basis: Basis, *readings: object, hedge: str = "") -> Finding:
    return check(article.claim(*readings, hedge=hedge), basis).finding


def counts(one: Finding) -> list[int]:
    return [fact.count for fact in one.checked_against]


def test_1714_shootings_are_people_shot(basis):
    said = article.quantity(1714)
    this_year = article.THIS_YEAR
    one = found(basis, article.reading("shooting_incidents", this_year, quantity=said))
    assert one.verdict == "consistent_with_another_unit"
    assert counts(one)[0] == 1714
    assert one.checked_against[0].known_on == "2017-06-27"
    incidents = [f.count for f in one.checked_against if f.measure == "shooting_incidents"]
    assert len(incidents) == 1
    assert 1330 <= incidents[0] <= 1390


def test_320_murders_down_from_322_is_right_and_no_change(basis):
    one = found(basis, article.down("murders", 320, 322))
    assert one.verdict == "consistent"
    assert counts(one) == [320, 322]
    assert "0.6 % fewer (95 % interval -14.9 to +16.0 %): no detectable change" in one.explanation


def test_1703_down_from_1935_is_within_the_days_revisions(basis):
    one = found(basis, article.down("shooting_victims", 1703, 1935))
    assert one.verdict == "consistent"
    assert {1705, 1935} <= set(counts(one))
    assert "within the day's revisions" in one.explanation
    assert "12.0 % fewer (95 % interval -17.5 to -6.1 %)." in one.explanation


@pytest.mark.parametrize(
    ("measure", "verdict"),
    [
        ("murders", "consistent"),
        ("shooting_incidents", "imprecise"),
        ("shooting_victims", "imprecise"),
    ],
)
def test_decreased_slightly_holds_for_murders_alone(basis, measure, verdict):
    one = found(basis, article.down(measure, None, None), hedge="slightly")
    assert one.verdict == verdict


def test_2016_exceeded_760_and_was_nearly_60_percent_above_2015(basis):
    last_year = article.LAST_YEAR
    more = article.reading(
        "murders", last_year, relation="more_than", quantity=article.quantity(760)
    )
    one = found(basis, more)
    assert one.verdict == "consistent"
    assert 762 in counts(one)
    jump = article.reading(
        "murders",
        last_year,
        relation="change",
        direction="up",
        quantity=article.quantity(60, "percent"),
        comparison_period=article.ONE_BEFORE,
    )
    one = found(basis, jump, hedge="nearly")
    assert one.verdict == "consistent"
    assert {762, 478} <= set(counts(one))


def test_chicago_had_more_murders_than_new_york_and_los_angeles_combined(basis):
    combined = article.reading(
        "murders",
        article.LAST_YEAR,
        relation="compared_with",
        direction="up",
        comparison_places=("new-york", "los-angeles"),
        combined=True,
    )
    one = found(basis, combined)
    assert one.verdict == "consistent"
    assert counts(one) == [762, 335 + 294]


def test_more_than_4300_people_were_shot_in_2016(basis):
    more = article.reading(
        "shooting_victims",
        article.LAST_YEAR,
        relation="more_than",
        quantity=article.quantity(4300),
    )
    assert found(basis, more).verdict == "consistent"


def test_a_city_of_two_point_seven_million(basis):
    said = article.quantity(2_700_000, said="2.7 million")
    one = found(basis, article.reading("population", None, quantity=said))
    assert one.verdict == "consistent"
    assert counts(one) == [2_728_695]


def test_without_a_list_of_incidents_1714_is_still_right_for_people_shot(
    shared_data: Path, tmp_path: Path
):
    name = "chicago_people_shot_vintage_2017-06-27.csv"
    import_list(shared_data / "incidents" / name, tmp_path / "data", retrieved="2017-06-27")
    with answers_from(tmp_path / "data", city_years()) as answers:
        said = article.quantity(1714)
        reading = article.reading("shooting_incidents", article.THIS_YEAR, quantity=said)
        one = found(Basis(answers, article.WRITTEN), reading)
    assert one.verdict == "consistent_with_another_unit"
    assert "cannot be told here" in one.explanation
