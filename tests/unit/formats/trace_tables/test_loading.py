"""Several tables read as one set of traces: which row counts, and of which place."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.unit.formats.trace_tables.tables import row, write

from headstamp.errors import UnreadableTableError
from headstamp.formats.incident_lists.database import connection
from headstamp.formats.trace_tables.current import (
    conflicts,
    count_conflicts,
    make_views,
    require_batches,
)
from headstamp.formats.trace_tables.importing import import_traces
from headstamp.formats.trace_tables.links import read_links
from headstamp.formats.trace_tables.loading import Asked, load


@pytest.fixture
def data(tmp_path):
    """Import tables, each retrieved a day after the one before."""

    def call(*tables):
        for number, rows in enumerate(tables, 1):
            path = write(tmp_path / f"{number}.csv", *rows)
            import_traces(path, tmp_path / "data", retrieved=f"2018-03-{number:02d}")
        return tmp_path / "data"

    return call


def found_conflicts(folder):
    there = require_batches(folder)
    with connection() as database:
        make_views(database, folder, there)
        return count_conflicts(database), conflicts(database, there)


def test_of_a_trace_with_two_results_the_last_counts_and_both_are_shown(data) -> None:
    folder = data([row("T1"), row("T2")], [row("T1", purchaser_key="P2", dealer_state="OH")])
    loaded = load(folder)
    assert len(loaded.traces) == 2
    assert loaded.conflicts == 1
    assert [loaded.traces.purchaser.at(place) for place in range(2)] == ["P2", "P1"]
    number, found = found_conflicts(folder)
    assert number == 1
    assert [(one.trace, one.field, [(each.row, each.says) for each in one.versions])
            for one in found] == [
        ("T1", "dealer_state", [(2, "IN"), (2, "OH")]),
        ("T1", "purchaser", [(2, "P1"), (2, "P2")]),
    ]  # fmt: skip


def test_a_trace_that_comes_again_and_says_the_same_is_no_conflict(data) -> None:
    folder = data([row("T1")], [row("T1"), row("T2")])
    assert load(folder).conflicts == 0
    assert len(load(folder).traces) == 2
    assert found_conflicts(folder) == (0, [])


def test_two_results_in_one_file_are_a_conflict_too(data) -> None:
    folder = data([row("T1"), row("T1", sale_date="2015")])
    assert load(folder).conflicts == 1
    assert str(load(folder).traces.sold_first[0]) == "2015-01-01"


def test_what_is_not_known_is_loaded_as_not_known(data) -> None:
    empty = dict.fromkeys(row("T1"), "") | {"trace_id": "T1", "recovery_date": "2017-06"}
    traces = load(data([empty])).traces
    assert (str(traces.recovered_first[0]), str(traces.recovered_last[0])) == (
        "2017-06-01", "2017-06-30",
    )  # fmt: skip
    assert np.isnat(traces.sold_first[0])
    assert np.isnan(traces.possessor_age[0])
    assert not traces.multiple_sale[0]
    for name in ("type", "calibre", "dealer", "purchaser", "possessor", "status"):
        assert not getattr(traces, name).known[0]
    assert traces.serial_status.at(0) == "unknown"


PLACES = [
    row("T1"),
    row("T2", recovery_city="Port-Verity", recovery_county="LAKE"),
    row("T3", recovery_city="Calder", recovery_county="Porter", recovery_state="IN"),
    row("T4", recovery_city="New York", recovery_county="Kings", recovery_state="NY"),
    row("T5", recovery_city="Albany", recovery_county="Lake", recovery_state="NY"),
]


@pytest.mark.parametrize(
    ("jurisdiction", "traces"),
    [
        ("IL", "T1 T2"), ("illinois", "T1 T2"), ("Port Verity", "T1 T2"), ("port verity, IL",
         "T1 T2"), ("New York", "T4 T5"), ("New York, NY", "T4"), ("Lake County", "T1 T2 T5"),
        ("Lake County, NY", "T5"), ("all", "T1 T2 T3 T4 T5"),
    ],
)  # fmt: skip
def test_a_jurisdiction_is_a_state_a_county_or_a_city(data, jurisdiction, traces) -> None:
    loaded = load(data(PLACES), Asked(jurisdiction))
    assert [loaded.traces.id.at(place) for place in range(len(loaded.traces))] == traces.split()


def test_a_place_that_is_not_there_is_refused_with_those_that_are(data) -> None:
    with pytest.raises(UnreadableTableError, match="Port Verity, IL"):
        load(data(PLACES), Asked("Springfield"))


def test_a_period_holds_the_recoveries_that_lie_in_it_whatever_is_known_of_them(data) -> None:
    days = ["2017-01-01", "2017-12-31", "2016-12-31", "2018-01-01", "2017", "2017-06", "2016-12"]
    rows = [row(f"T{i}", recovery_date=day) for i, day in enumerate(days)]
    whole = load(data(rows), Asked(first=date(2017, 1, 1), last=date(2017, 12, 31)))
    assert (len(whole.traces), whole.straddling) == (4, 0)
    half = load(data(rows), Asked(first=date(2016, 12, 15), last=date(2017, 6, 15)))
    assert (len(half.traces), half.straddling) == (2, 3)


def test_dealers_are_named_with_place_and_licence_and_keys_only_where_wanted(data) -> None:
    loaded = load(data([row("T1")]), with_keys=False)
    assert loaded.dealers == {"33604507": "Alder Arms, Calder, IN, licence 3-36-001-01-9K-04507"}
    assert loaded.traces.purchaser.names == loaded.traces.gun.names == ["+"]
    assert loaded.traces.purchaser.known[0]


def test_a_folder_without_a_table_is_refused(tmp_path) -> None:
    with pytest.raises(UnreadableTableError, match="traces import"):
        load(tmp_path)


def test_links_name_traces_and_join_their_guns(data, tmp_path) -> None:
    traces = load(data([row("T1"), row("T2", serial="AB9")])).traces
    path = tmp_path / "links.csv"
    path.write_text("link,trace,other_trace\nL1,T1,T2\nL2,T1,T9\n", "utf-8")
    assert read_links(path, traces) == [("L1", "Glock AB1234", "Glock AB9")]
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UnreadableTableError, match="other_trace"):
        read_links(path, traces)
