"""The tables of the gun trace report, and what everybody may read of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.unit.tracing.traces import columns, trace

from headstamp.tracing.counting import stages, tables
from headstamp.tracing.publishing import published
from headstamp.tracing.report import TraceReport
from headstamp.tracing.times import times

TO_PURCHASER = {"status": "completed_to_purchaser", "dealer": "D", "dealer_state": "IN",
                "sold": "2016-05-01", "purchaser": "P"}  # fmt: skip


def table(key, *traces, recovered=None, dealers=None):
    made = tables(columns(*traces), dealers or {}, recovered)
    return next(one for one in made if one.key == key)


def counted(key, *traces, **more):
    return {row.label: row.count for row in table(key, *traces, **more).rows}


def test_each_stage_counts_the_traces_that_came_so_far() -> None:
    traces = columns(
        trace("done", **TO_PURCHASER),
        trace("dealer", status="completed_to_dealer", dealer="D", dealer_state="IN"),
        trace("none", status="not_traceable"),
        trace("open", status="in_process", dealer="D"),
        trace("draft", status="draft"),
        trace("cancelled", status="cancelled"),
        trace("blank"),
        trace("blank result", dealer_state="IN"),
        trace("wrong", status="completed_to_dealer", sold="2018"),
    )
    found = stages(traces, times(traces))
    counts = {name: int(getattr(found, name).sum()) for name in found.__slots__}
    assert counts == {
        "submitted": 7, "traced": 5, "purchaser": 1, "dealer": 2, "source_state": 3, "dated": 1,
    }  # fmt: skip


def test_the_same_guns_are_shares_of_traced_and_of_recovered_ones() -> None:
    # Chicago's 2017 Gun Trace Report: 997 of about 14,880 traced, of about 27,500 recovered.
    dealt = [trace(f"a{i}", dealer="D", status="completed_to_dealer") for i in range(997)]
    rest = [trace(f"b{i}", dealer="E", status="completed_to_dealer") for i in range(14_880 - 997)]
    dealers = table("dealers", *dealt, *rest, recovered=27_500)
    row = next(one for one in dealers.rows if one.label == "D")
    assert [str(share) for share in dealers.shares(row)] == [
        "6.7 % of 14,880 traces that identified a dealer", "3.6 % of 27,500 guns recovered",
    ]  # fmt: skip


def test_fewer_guns_recovered_than_submitted_are_refused() -> None:
    with pytest.raises(ValueError, match="fewer"):
        tables(columns(trace("T1"), trace("T2")), {}, 1)


def test_the_rows_of_every_table_add_up_to_its_base() -> None:
    random = np.random.default_rng(5)
    traces = [
        trace(
            f"T{i}", type=random.choice(["pistol", "rifle", ""]),
            calibre=f"c{random.integers(30)}", category=random.choice(["", "a", "b"]),
            recovered=random.choice(["2016-01-01", "2017-05-05", "2016"]),
            sold=random.choice(["2015-02-03", "2015", "2019", "2013-05"]),
            dealer=f"d{random.integers(40)}", dealer_state=random.choice(["IL", "IN", ""]),
            possessor_age=int(random.integers(12, 80)),
            purchaser_is_possessor=random.choice(["", "yes", "no", "unknown"]),
            status=random.choice(["", "completed_to_purchaser", "in_process"]),
        )
        for i in range(500)
    ]  # fmt: skip
    for one in tables(columns(*traces), {}):
        if one.adds_up:
            assert sum(row.count for row in one.rows) == one.bases[0].count, one.key
            assert one.bases[0].count > 0


def test_buckets_hold_the_dated_and_beside_them_what_a_partial_date_leaves_open() -> None:
    found = counted(
        "time_to_crime",
        *(trace(f"T{i}", status="completed_to_dealer", sold=sold) for i, sold in enumerate(
            ["2017-05-01", "2017-03-01", "2016-06-01", "2014-06-02", "2014-06-01", "2016", "2018"]
        )),
    )  # fmt: skip
    assert found == {
        "under 3 months": 1, "3 to under 7 months": 1, "7 months to under 1 year": 0,
        "1 to under 2 years": 1, "2 to under 3 years": 1, "3 years and over": 1,
        "left open by a partial date": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("age", "band"),
    [(17, "17 and under"), (18, "18 to 21"), (21, "18 to 21"), (22, "22 to 24"),
     (24, "22 to 24"), (25, "25 to 30"), (30, "25 to 30"), (31, "31 to 40"), (50, "41 to 50"),
     (51, "over 50")],
)  # fmt: skip
def test_ages_fall_into_the_bands_of_the_yearly_state_reports(age, band) -> None:
    assert counted("ages", trace("T", possessor_age=age))[band] == 1


def test_states_and_dealers_beyond_the_top_are_counted_together() -> None:
    traces = [
        trace(f"T{i}", status="completed_to_dealer", dealer=f"d{i:02d}", dealer_state=f"S{i:02d}")
        for i in range(20)
    ]
    assert counted("source_states", *traces)["other states"] == 5
    assert counted("dealers", *traces)["all other dealers"] == 10


def test_dealers_are_named_by_what_their_key_stands_for() -> None:
    assert "Gun A, Gary, IN" in counted("dealers", trace("T", **TO_PURCHASER),
                                        dealers={"D": "Gun A, Gary, IN"})  # fmt: skip


def _report(*traces, recovered=None):
    return TraceReport(
        "IL", date(2017, 1, 1), date(2017, 12, 31), "internal",
        tables(columns(*traces), {f"d{i:02d}": f"Dealer {i}" for i in range(20)}, recovered),
        sources=(("secret-name.csv", "2018-01-01", "ab"),),
    )  # fmt: skip


def _market():
    return [
        *(trace(f"a{i}", status="completed_to_purchaser", dealer=f"d{i % 12:02d}", type="pistol",
                dealer_state="IL" if i % 3 else "IN", sold="2015-05-05", purchaser=f"P{i}",
                possessor_age=20 + i % 20, purchaser_is_possessor="no") for i in range(60)),
        *(trace(f"b{i}", type="rifle", status="not_traceable") for i in range(3)),
        *(trace(f"c{i}", type="shotgun", status="not_traceable") for i in range(9)),
    ]  # fmt: skip


def test_the_public_edition_leaves_out_small_numbers_and_what_gives_them_away() -> None:
    found = next(one for one in published(_report(*_market())).tables if one.key == "types")
    assert {row.label: row.count for row in found.rows} == {
        "pistol": 60, "rifle": None, "shotgun": None,
    }  # fmt: skip
    assert [found.shares(row) == () for row in found.rows] == [False, True, True]


def test_the_public_edition_names_no_dealer_and_no_file() -> None:
    internal = _report(*_market())
    public = published(internal)
    assert "Dealer 1" in str(internal)
    assert "Dealer 1" not in str(public)
    assert "secret-name" not in str(public)
    dealers = next(one for one in public.tables if one.key == "dealers")
    assert [(row.label, row.count) for row in dealers.rows] == [
        ("The 10 dealers with most traces, together", 50), ("all other dealers", 10),
    ]  # fmt: skip


@pytest.mark.parametrize("dealers", [1, 4])
def test_few_dealers_are_not_published_even_together(dealers) -> None:
    traces = [trace(f"T{i}", status="completed_to_dealer", dealer=f"d{i % dealers:02d}")
              for i in range(40)]  # fmt: skip
    found = next(one for one in published(_report(*traces)).tables if one.key == "dealers")
    assert found.is_withheld
    assert found.rows == found.bases == ()


def test_a_table_of_fewer_than_five_guns_is_not_published() -> None:
    public = published(_report(*(trace(f"T{i}") for i in range(4))))
    assert [one.key for one in public.tables if one.bases and one.bases[0].count] == []
    assert not [row for one in public.tables for row in one.rows if row.count]


def test_where_rows_stand_by_size_those_left_out_stand_last_by_name() -> None:
    internal = _report(*_market())
    types = next(one for one in internal.tables if one.key == "types")
    assert [row.label for row in types.rows] == ["pistol", "shotgun", "rifle"]
    public = next(one for one in published(internal).tables if one.key == "types")
    assert [row.label for row in public.rows] == ["pistol", "rifle", "shotgun"]
    ordered = replace(types, in_order=True)
    kept = published(replace(internal, tables=(ordered,))).tables[0]
    assert [row.label for row in kept.rows] == ["pistol", "shotgun", "rifle"]
