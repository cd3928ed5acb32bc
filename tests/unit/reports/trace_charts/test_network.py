"""A network is drawn alike each time, with every reason that joins two guns."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from defusedxml import ElementTree

from headstamp.reports.trace_charts import network_chart
from headstamp.tracing.networks import Edge, Network

SVG = "{http://www.w3.org/2000/svg}"


def edge(one, other, reason="one_purchaser", record="P1"):
    return Edge(one, other, reason, record, ("T1", "T2"))


def network(count):
    """Guns in a row, each joined to the next."""
    guns = tuple(f"Maker S{n:03d}" for n in range(count))
    return Network(guns, tuple(edge(a, b) for a, b in pairwise(guns)))


SMALL = Network(
    ("A 1", "B 2", "C 3"),
    (
        edge("A 1", "B 2"),
        edge("A 1", "B 2", "bought_together", "sale"),
        edge("B 2", "C 3", "one_possessor", "Q1"),
    ),
)


def shapes(chart, tag):
    return list(ElementTree.fromstring(chart.svg).iter(f"{SVG}{tag}"))


def test_every_gun_has_a_dot_and_every_reason_a_line_that_says_it():
    chart = network_chart(SMALL)
    dots = [one.find(f"{SVG}title").text for one in shapes(chart, "circle")]
    said = [one.find(f"{SVG}title") for one in shapes(chart, "path")]
    assert dots == ["A 1", "B 2", "C 3"]
    assert {one.text for one in said if one is not None} == {
        "A 1 and B 2: one purchaser, P1",
        "A 1 and B 2: bought together, sale",
        "B 2 and C 3: found with one possessor, Q1",
    }
    assert chart.description == (
        "3 guns; lines: bought together 1, one purchaser 1, found with one possessor 1."
    )
    assert chart.rows[0] == ("A 1", "B 2", "one purchaser", "P1")


def test_two_reasons_of_two_guns_are_two_lines():
    ways = [one.get("d") for one in shapes(network_chart(SMALL), "path")]
    assert len(set(ways)) == len(ways)


@pytest.mark.parametrize("count", [2, 3, 10, 40])
def test_dots_lie_within_the_drawing_and_not_on_each_other(count):
    chart = network_chart(network(count))
    root = ElementTree.fromstring(chart.svg)
    places = [(float(one.get("cx")), float(one.get("cy"))) for one in shapes(chart, "circle")]
    assert all(11 <= x <= float(root.get("width")) - 11 for x, _ in places)
    assert all(11 <= y <= float(root.get("height")) - 11 for _, y in places)
    nearest = min(
        ((a - c) ** 2 + (b - d) ** 2) ** 0.5 for (a, b), (c, d) in combinations(places, 2)
    )
    assert nearest > 8


def test_the_same_network_gives_the_same_bytes():
    assert network_chart(network(12)).svg == network_chart(network(12)).svg


def test_of_very_many_guns_the_first_are_drawn_and_the_rest_is_said():
    chart = network_chart(network(75))
    assert len(shapes(chart, "circle")) == 60
    assert "Guns not drawn: 15." in chart.description
    assert len(chart.rows) == 74


def test_a_strange_name_is_text():
    chart = network_chart(Network(("<script>", "B"), (edge("<script>", "B"),)))
    assert "<script>" not in chart.svg
