"""Drawings of the flow of guns are true to the numbers they show."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from defusedxml import ElementTree

from headstamp.reports.trace_charts import flow_map, matrix_chart, sankey, years_chart
from headstamp.reports.trace_charts.canvas import shades
from headstamp.reports.trace_charts.tile_map import TILES, WIDEST
from headstamp.tracing.flows import SourceRecoveryMatrix
from headstamp.tracing.states import NAMES

SVG = "{http://www.w3.org/2000/svg}"


def matrix(counts, sources=("IL", "IN", "MS"), recoveries=("IL", "IN"), year=2016):
    return SourceRecoveryMatrix(year, sources, recoveries, np.array(counts, np.int64))


SMALL = matrix([[50, 5], [20, 40], [10, 0]])


def parsed(chart):
    return ElementTree.fromstring(chart.svg)


def titles(chart):
    """What each shape says, with the shape."""
    return {one.find(f"{SVG}title").text: one for one in parsed(chart).iter()
            if one.find(f"{SVG}title") is not None}  # fmt: skip


def test_every_state_has_a_tile_of_its_own():
    assert len(set(TILES.values())) == len(TILES)
    assert set(NAMES) - set(TILES) == {"AS", "CAN", "MEX"}


def test_an_arc_is_as_wide_as_its_flow_is_large():
    shapes = titles(flow_map(SMALL, "IL"))
    widest = float(shapes["Indiana to Illinois: 20"].get("stroke-width"))
    other = float(shapes["Mississippi to Illinois: 10"].get("stroke-width"))
    assert widest == WIDEST
    assert other == pytest.approx(WIDEST / 2)
    assert "Illinois to Illinois: 50" not in shapes  # what stays at home is in its tile
    assert "Illinois: 50" in shapes


def test_the_table_of_a_map_is_whole_and_has_its_base():
    chart = flow_map(SMALL, "IL")
    assert chart.rows[0] == ("Illinois", "Illinois", "50", "62.5 %")
    assert sum(int(row[2]) for row in chart.rows) == 80
    assert "80 traces that identified a source state" in chart.description
    outward = flow_map(SMALL, "IN", outward=True)
    assert [row[:3] for row in outward.rows] == [
        ("Indiana", "Indiana", "40"),
        ("Indiana", "Illinois", "20"),
    ]


def heights(chart):
    """The height of each node of a diagram, by what it says, and of each band where it begins."""
    nodes, bands = {}, {}
    for said, shape in titles(chart).items():
        if shape.tag == f"{SVG}rect":
            nodes[shape.get("x"), said.partition(":")[0]] = float(shape.get("height"))
        else:
            ends = [float(y) for y in re.findall(r",(\d+\.\d+)", shape.get("d"))]
            bands[said.partition(":")[0]] = ends[-1] - ends[0]
    return nodes, bands


def test_the_bands_of_a_node_add_up_to_it():
    nodes, bands = heights(sankey(SMALL))
    left = {name: height for (x, name), height in nodes.items() if x == "118"}
    right = {name: height for (x, name), height in nodes.items() if x == "322"}
    for name, height in left.items():
        own = sum(band for way, band in bands.items() if way.startswith(f"{name} to "))
        assert own == pytest.approx(height, abs=0.2)
    for name, height in right.items():
        own = sum(band for way, band in bands.items() if way.endswith(f" to {name}"))
        assert own == pytest.approx(height, abs=0.2)
    assert sum(left.values()) == pytest.approx(420, abs=0.5)
    assert sum(right.values()) == pytest.approx(420, abs=0.5)
    assert bands["Illinois to Illinois"] / bands["Mississippi to Illinois"] == pytest.approx(
        5, 0.02
    )


def test_states_beyond_the_largest_are_gathered_and_none_is_lost():
    names = tuple(sorted(TILES))[:30]
    counts = np.diag(np.arange(1, 31)) + 1
    chart = sankey(matrix(counts, names, names), top=5)
    assert sum(int(row[2].replace(",", "")) for row in chart.rows) == counts.sum()
    assert "other states" in {row[0] for row in chart.rows}
    assert len({row[0] for row in chart.rows}) == 6


@pytest.mark.parametrize("chart", [flow_map, sankey])
def test_labels_stand_within_the_drawing(chart):
    names = tuple(sorted(set(NAMES) - {"CAN", "MEX"}))
    drawn = chart(matrix(np.full((len(names), len(names)), 7), names, names), "DC")
    root = parsed(drawn)
    for one in root.iter(f"{SVG}text"):
        room = len(one.text) * float(one.get("font-size")) * 0.56
        x = float(one.get("x"))
        begins = {"start": x, "middle": x - room / 2, "end": x - room}[one.get("text-anchor")]
        assert begins >= -1, one.text
        assert begins + room <= float(root.get("width")) + 6, one.text


def test_labels_of_small_nodes_do_not_lie_on_each_other():
    names = tuple(sorted(TILES))[:12]
    counts = np.zeros((12, 1), np.int64)
    counts[:, 0] = [10_000, *range(1, 12)]
    drawn = parsed(sankey(matrix(counts, names, ("IL",)), "IL", top=11))
    places = sorted(
        float(one.get("y")) for one in drawn.iter(f"{SVG}text") if one.get("text-anchor") == "end"
    )
    assert min(b - a for a, b in pairwise(places)) >= 14


def test_what_there_is_nothing_of_is_drawn_empty_and_says_so():
    empty = matrix(np.zeros((3, 2)))
    for chart in (flow_map(empty, "IL"), sankey(empty, "IL"), flow_map(empty), sankey(empty)):
        assert "no gun to draw" in chart.description
        assert chart.rows == ()
        parsed(chart)
    assert matrix_chart(empty).rows == ()
    assert "No gun recovered" in years_chart([empty], "IL").description


def test_a_state_with_a_strange_name_is_drawn_as_text():
    strange = '<script>"&'
    chart = sankey(matrix([[3]], (strange,), ("IL",)))
    assert "<script>" not in chart.svg
    assert parsed(chart) is not None


def test_the_same_numbers_give_the_same_bytes():
    for draw in (flow_map, sankey, matrix_chart):
        assert draw(SMALL).svg == draw(SMALL).svg


def test_the_matrix_has_a_cell_for_each_pair():
    chart = matrix_chart(SMALL)
    assert chart.columns == ("Sold in", "Illinois", "Indiana")
    assert chart.rows[0] == ("Indiana", "20", "40")
    assert len([one for one in titles(chart) if " to " in one]) == 6


def test_years_show_the_share_from_elsewhere_with_its_interval():
    chart = years_chart([matrix([[5, 0], [5, 9], [0, 0]], year=2017), SMALL], "IL")
    assert [row[0] for row in chart.rows] == ["2016", "2017"]
    assert chart.rows[0][1:4] == ("80", "30", "37.5 %")
    assert chart.rows[1][1:4] == ("10", "5", "50.0 %")
    assert chart.rows[0][5] == "+25"  # 30 came in, 5 left


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (6, 1), (7, 2), (25, 2), (26, 3), (57, 4), (100, 4)]
)
def test_shades_go_by_the_square_root(count, expected):
    assert shades(count, 100, 5) == expected


def test_illinois_in_2016_is_drawn_as_published(shared_data):
    from headstamp.formats.trace_workbooks.reading import read_workbook

    book = shared_data / "traces" / "atf_source_recovery_2016.xlsx"
    chart = flow_map(read_workbook(book, None, None).matrix, "IL")
    assert "8,745 traces" in chart.description
    assert chart.rows[0] == ("Illinois", "Illinois", "4,206", "48.1 %")
    assert chart.rows[1] == ("Indiana", "Illinois", "1,366", "15.6 %")
    assert "Indiana to Illinois: 1,366" in titles(chart)
