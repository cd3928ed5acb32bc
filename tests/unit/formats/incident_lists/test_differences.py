"""What changed between two vintages, row by row."""

from __future__ import annotations

import pytest
from tests.unit.formats.incident_lists.lists import HEADER, row

from headstamp.formats.incident_lists.differences import Difference, differences


@pytest.fixture
def changed(bring, tmp_path):
    """``changed(rows, rows)``: the differences between two vintages of these rows."""

    def compare(before, after, header=HEADER):
        one = bring(before, retrieved="2020-12-01").vintage
        other = bring(after, retrieved="2020-12-31", header=header).vintage
        return differences(tmp_path / "data", one, other)

    return compare


def test_rows_with_a_number_are_added_changed_and_removed(changed):
    found = changed([row(1), row(2), row(3)], [row(1), row(3, Died="Y"), row(4, "2020-05-05")])
    assert [(one.kind, one.key) for one in found] == [
        ("added", "4"),
        ("changed", "3"),
        ("removed", "2"),
    ]
    assert found[1] == Difference("changed", "3", {"fatal": "False"}, {"fatal": "True"})
    assert found[0].after["occurred"] == "2020-05-05 21:30:00"


def test_the_order_of_the_rows_is_no_difference(changed):
    assert changed([row(1), row(2)], [row(2), row(1)]) == []


def test_rows_without_a_number_are_compared_whole(changed, mapping):
    mapping.write_text(
        mapping.read_text().replace('victim = "Row"\n', "").replace('incident = "Case"\n', "")
    )
    found = changed([row(1), row(1), row(2)], [row(1), row(2, Died="Y")])
    assert [one.kind for one in found] == ["added", "removed", "removed"]


def test_a_field_that_one_vintage_lacks_is_no_difference(mapping, bring, tmp_path):
    earlier = bring([row(1), row(2)], retrieved="2020-12-01").vintage
    mapping.write_text(mapping.read_text().replace('fatal = "Died"\n', ""))
    later = bring([row(1), row(2, Died="Y")], retrieved="2020-12-31").vintage
    assert differences(tmp_path / "data", earlier, later) == []
