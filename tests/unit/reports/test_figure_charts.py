"""The charts of published figures: pictures that need nothing, words and tables that are true."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from defusedxml import ElementTree
from tests.unit.reports.publications import RULE, publication

from headstamp.reports.figure_charts import Chart, charts, plans
from headstamp.reports.figure_charts.classes import classes
from headstamp.reports.figure_charts.frame import TEXT, WIDTH

VICTIMS = RULE["name"]
NAMES = [
    f"trend-{VICTIMS}", f"years-{VICTIMS}", f"areas-district-{VICTIMS}",
    f"multiples-district-{VICTIMS}", f"points-{VICTIMS}", f"hot-spots-{VICTIMS}",
    f"near-repeat-{VICTIMS}", "cities",
]  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> dict[str, Chart]:
    return {one.name: one for one in charts(publication())}


@pytest.fixture(scope="module")
def public() -> dict[str, Chart]:
    return {one.name: one for one in charts(publication("public"))}


def test_every_part_of_a_publication_has_its_charts(drawn: dict[str, Chart]) -> None:
    assert list(drawn) == NAMES


def test_the_same_publication_gives_the_same_text(drawn: dict[str, Chart]) -> None:
    assert charts(publication()) == list(drawn.values())


def test_charts_can_be_asked_for_by_name() -> None:
    assert [one.name for one in charts(publication(), ["cities"])] == ["cities"]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_needs_no_script_no_font_and_no_other_file(
    drawn: dict[str, Chart], name: str
) -> None:
    svg = drawn[name].svg
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert "@font-face" not in svg
    assert "<image" not in svg
    links = re.findall(r'(?:href|src)="([^"]*)"', svg)
    assert all(link.startswith("#") for link in links)
    assert not re.findall(r"url\((?!#)", svg)
    assert len(svg.encode()) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_text_can_be_read_on_a_phone(drawn: dict[str, Chart], name: str) -> None:
    root = ElementTree.fromstring(drawn[name].svg)
    assert float(root.attrib["width"]) <= WIDTH + 40
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawn[name].svg)]
    # Of 440 pixels a phone of 360 shows some 330: three quarters.
    assert all(size >= TEXT - 2 for size in sizes)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_has_words_and_a_table(drawn: dict[str, Chart], name: str) -> None:
    one = drawn[name]
    assert one.title
    assert len(one.description) > 80
    assert one.rows
    assert all(len(row) == len(one.columns) for row in one.rows)


def test_ids_of_two_charts_differ(drawn: dict[str, Chart]) -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', one.svg)) for one in drawn.values()]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_a_trend_names_its_least_its_most_and_what_is_not_complete(
    drawn: dict[str, Chart],
) -> None:
    said = drawn[f"trend-{VICTIMS}"].description
    assert "Least 24 in January 2023" in said
    assert "most 60 in July 2023" in said
    assert "last 48 (38 to 60) in May 2026" in said
    assert "Not complete: June 2026." in said


def test_a_month_that_is_not_complete_is_no_part_of_the_line() -> None:
    one = next(plan for plan in plans(publication()) if plan.name == f"trend-{VICTIMS}")
    places = [value["x"] for value in one.specification["data"]["values"]]
    assert max(places) == pytest.approx(2026 + 4.5 / 12, abs=0.001)


def test_the_mean_of_twelve_months_is_theirs() -> None:
    one = next(plan for plan in plans(publication()) if plan.name == f"trend-{VICTIMS}")
    means = one.specification["layer"][2]["data"]["values"]
    # 24, 30, 36, 42, 48, 54, 60, 54, 48, 42, 36, 30 a year.
    assert means[0]["count"] == pytest.approx(504 / 12)


def test_no_words_of_a_chart_call_what_is_no_change_a_rise_or_fall(
    drawn: dict[str, Chart],
) -> None:
    for one in drawn.values():
        said = f"{one.title} {one.description} {one.rows}".lower()
        assert not re.search(r"\b(rise|rose|fell|fall|increase|decrease|higher|lower)", said)
    assert "In no area is a change against the year before detectable." in (
        drawn[f"multiples-district-{VICTIMS}"].description
    )


def test_rates_are_of_the_people_of_the_area(drawn: dict[str, Chart]) -> None:
    one = drawn[f"areas-district-{VICTIMS}"]
    assert one.rows[0][:1] + one.rows[0][3:5] == ("Saltworks", "10,000", "400.0")


def test_without_people_a_map_shows_counts() -> None:
    document = publication()
    for row in document["areas"][0]["rows"]:
        row["population"] = None
    one = next(plan for plan in plans(document) if plan.name.startswith("areas-"))
    assert one.specification["encoding"]["color"]["legend"]["title"] == "Shooting victims"


def test_small_numbers_are_hatched_and_nowhere_told(public: dict[str, Chart]) -> None:
    one = public[f"areas-district-{VICTIMS}"]
    assert f'fill="url(#{one.name}-hatch)"' in one.svg
    assert "Small number, not shown" in one.svg
    assert one.rows[2] == ("Old Quay", "1 to 4", "", "30,000", "", "")
    multiples = public[f"multiples-district-{VICTIMS}"]
    assert "Old Quay" not in multiples.svg
    assert multiples.rows[2][1:3] == ("not shown", "1 to 4")


def test_points_of_the_public_edition_have_classes_alone(public: dict[str, Chart]) -> None:
    said = public[f"points-{VICTIMS}"].rows
    assert [row[1] for row in said] == ["10 or more", "5 to 9", "1 to 4"]


def test_an_area_without_a_row_had_none(drawn: dict[str, Chart]) -> None:
    one = next(plan for plan in plans(publication()) if plan.name.startswith("areas-"))
    labels = [shape["properties"]["class"] for shape in one.specification["data"]["values"]]
    assert labels[3] == one.specification["encoding"]["color"]["scale"]["domain"][0]


def test_only_cells_that_chance_does_not_explain_are_drawn(drawn: dict[str, Chart]) -> None:
    one = drawn[f"hot-spots-{VICTIMS}"]
    assert [row[1] for row in one.rows] == ["hot", "cold"]


def test_near_repeats_are_more_only_where_p_is_small(drawn: dict[str, Chart]) -> None:
    said = drawn[f"near-repeat-{VICTIMS}"].description
    assert "0 to 100 m within 0 to 7 days: 2.50 times" in said
    assert "1.10" not in said


def test_cities_are_in_the_order_of_the_alphabet_and_no_ranking(drawn: dict[str, Chart]) -> None:
    one = drawn["cities"]
    assert [row[0].split(",")[0] for row in one.rows] == [
        "Bramblegate", "Port Verity", "Yarrowcroft",
    ]  # fmt: skip
    assert "Not a ranking" in one.description
    assert "Yarrowcroft, Lakeland*" in one.svg


def test_many_cities_are_parted_on_one_scale() -> None:
    document = publication()
    row = document["cities"]["rows"][0]
    document["cities"]["rows"] = [{**row, "name": f"City {n:02d}"} for n in range(90)]
    found = [one for one in plans(document) if one.block == "cities"]
    assert [one.name for one in found] == ["cities", "cities-2", "cities-3"]
    domains = [one.specification["layer"][0]["encoding"]["x"]["scale"]["domain"] for one in found]
    assert domains[0] == domains[1] == domains[2]
    assert sum(len(one.rows) for one in found) == 90


def test_what_is_missing_is_left_out() -> None:
    document: dict[str, Any] = copy.deepcopy(publication())
    for name in ("trends", "areas", "points", "hot_spots", "near_repeat"):
        document[name] = []
    document["cities"] = None
    assert charts(document) == []


def test_a_name_with_markup_stays_text() -> None:
    document = publication()
    for row in document["areas"][0]["rows"]:
        row["area_name"] = '<script>alert("1")</script>'
    for one in charts(document):
        assert "<script" not in one.svg


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([0, 0, 0], ["0", "1 or more"]),
        ([1, 2, 3, 4], ["0", "1", "2", "3", "4 or more"]),
        ([10, 20, 30, 40, 50], ["0 to 19", "20 to 29", "30 to 39", "40 to 49", "50 or more"]),
        ([0.5, 1.5, 2.5], ["0.0 to 0.4", "0.5 to 1.4", "1.5 to 2.4", "2.5 or more"]),
    ],
)
def test_classes_are_few_and_leave_no_gap(values: list[float], labels: list[str]) -> None:
    made = classes(values)
    assert made.labels == labels
    assert all(made.of(value) in labels for value in values)
