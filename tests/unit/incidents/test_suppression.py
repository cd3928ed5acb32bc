"""Small cells: what is shown tells none of them, as whoever solves for them finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from headstamp.incidents.suppression import SMALL, Shown, Table, suppress

COLUMNS = ("to_date", "year", "killed_to_date", "killed_year")
INSIDE = (
    ("to_date", "year"), ("killed_to_date", "killed_year"), ("killed_to_date", "to_date"),
    ("killed_year", "year"), ("killed_to_date", "year"),
)  # fmt: skip
PARTS = (("killed_to_date", "to_date"), ("killed_year", "year"))


class Attack:
    """Whoever knows the totals, all that is shown, the marks, and what lies inside what."""

    def __init__(self, table: Table) -> None:
        self.table, self.shown = table, suppress(table)
        self.cells = [(area, column) for area in table.counts for column in table.counts[area]]
        self.place = {cell: index for index, cell in enumerate(self.cells)}
        self.equal, self.totals = [], []
        for column in {column for _, column in self.cells}:
            self.equal.append([float(cell[1] == column) for cell in self.cells])
            self.totals.append(sum(one[column] for one in table.counts.values()))
        self.less = [
            self._row({(area, part): 1, (area, whole): -1})
            for area in table.counts
            for part, whole in table.inside
        ]
        self.bounds = [self._bounds(cell) for cell in self.cells]

    def _bounds(self, cell):
        count = self.table.counts[cell[0]][cell[1]]
        match self.shown.get(cell, Shown.NUMBER):
            case Shown.NUMBER:
                return count, count
            case Shown.SMALL:
                return SMALL[0], SMALL[-1]
        return 0, None

    def _row(self, weights):
        row = np.zeros(len(self.cells))
        for cell, weight in weights.items():
            row[self.place[cell]] = weight
        return row

    def range_of(self, weights) -> tuple[int, int]:
        """The least and the most that a sum of cells can be."""
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * self._row(weights),
                A_ub=self.less or None,
                b_ub=np.zeros(len(self.less)) if self.less else None,
                A_eq=self.equal,
                b_eq=self.totals,
                bounds=self.bounds,
                integrality=np.ones(len(self.cells)),
                # Presolving loses solutions, at times the table itself.
                options={"presolve": False},
            )
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


@st.composite
def tables(draw):
    """Areas with killed and wounded, in the year to date and the rest of the year."""
    number = st.one_of(st.integers(0, 6), st.integers(0, 40))
    counts = {}
    for area in range(draw(st.integers(1, 7))):
        killed, wounded, later_killed, later_wounded = (draw(number) for _ in range(4))
        to_date = killed + wounded
        values = (to_date, to_date + later_killed + later_wounded, killed, killed + later_killed)
        counts[f"area {area}"] = dict(zip(COLUMNS, values, strict=True))
    return Table(counts, INSIDE, PARTS)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_a_small_cell_can_be_any_small_number_by_all_that_is_shown(table):
    attack = Attack(table)
    for cell, shown in attack.shown.items():
        if shown is Shown.SMALL:
            assert attack.range_of({cell: 1}) == (1, 4), cell


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_small_cell_is_shown(table):
    shown = suppress(table)
    for area, counts in table.counts.items():
        for column, count in counts.items():
            if count in SMALL:
                assert shown.get((area, column)) in (Shown.SMALL, Shown.NOTHING)


@settings(max_examples=150, deadline=None)
@given(tables())
def test_a_small_cell_of_a_column_that_is_not_shown_might_be_another_number(table):
    attack = Attack(table)
    if len(attack.shown) == len(attack.cells):
        return  # nothing is shown but totals: no more can be left out
    for (area, column), shown in attack.shown.items():
        if shown is Shown.NOTHING and table.counts[area][column] in SMALL:
            least, most = attack.range_of({(area, column): 1})
            assert least < most


@settings(max_examples=150, deadline=None)
@given(tables())
def test_a_small_remainder_of_a_whole_cannot_be_told(table):
    attack = Attack(table)
    for area, counts in table.counts.items():
        for part, whole in PARTS:
            if counts[whole] - counts[part] in SMALL and (area, whole) not in attack.shown:
                least, most = attack.range_of({(area, whole): 1, (area, part): -1})
                assert least < most


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms())
def test_the_order_of_columns_changes_nothing_of_what_is_small(table, random):
    order = list(COLUMNS)
    random.shuffle(order)
    turned = {area: {name: one[name] for name in order} for area, one in table.counts.items()}
    small = {cell for cell, shown in suppress(table).items() if shown is Shown.SMALL}
    again = suppress(Table(turned, INSIDE, PARTS))
    assert all(again[cell] is not Shown.NUMBER for cell in small)


def one_column(*counts: int) -> dict[str, Shown]:
    table = Table({str(index): {"year": count} for index, count in enumerate(counts)})
    return {area: shown for (area, _), shown in suppress(table).items()}


def test_where_nothing_is_small_everything_is_shown():
    assert one_column(0, 5, 9, 120) == {}


def test_the_smallest_area_that_can_make_up_for_a_small_one_goes_with_it():
    # 7 and 3 less might be 4, which would have been marked: so it is the 9.
    assert one_column(3, 7, 9, 40) == {"0": Shown.SMALL, "2": Shown.NOTHING}


def test_two_small_areas_need_a_third_where_they_cannot_make_up_for_each_other():
    # Were 1 and 1 hidden alone, their sum of 2 would tell both.
    assert one_column(1, 1, 30) == {"0": Shown.SMALL, "1": Shown.SMALL, "2": Shown.NOTHING}


def test_small_areas_that_make_up_for_each_other_need_no_other():
    shown = one_column(1, 4, 2, 3, 2, 3, 4, 1, 200)
    assert set(shown.values()) == {Shown.SMALL}
    assert len(shown) == 8


def test_a_column_in_which_no_area_can_make_up_is_not_shown_at_all():
    assert one_column(2, 0, 6) == dict.fromkeys("012", Shown.NOTHING)


def test_a_part_that_leaves_few_of_its_whole_is_not_shown():
    rows = {name: {"all": whole, "killed": part} for name, whole, part in (
        ("a", 20, 17), ("b", 60, 20), ("c", 50, 10),
    )}  # fmt: skip
    table = Table(rows, [("killed", "all")], [("killed", "all")])
    assert suppress(table)["a", "killed"] is Shown.NOTHING
    assert ("a", "all") not in suppress(table)


def test_an_area_alone_shows_nothing():
    assert one_column(3) == {"0": Shown.NOTHING}


@pytest.mark.parametrize("counts", [(), (0,), (0, 0)])
def test_nothing_at_all_is_shown_as_it_is(counts):
    assert one_column(*counts) == {}


def test_the_table_itself_is_among_those_that_the_attack_allows():
    # One of which the solver, left to presolve it, said that the 4 could be 3 at most.
    rows = ((4, 20, 2, 9), (5, 7, 0, 2), (9, 15, 9, 10), (5, 10, 4, 5), (4, 10, 2, 5))
    counts = {str(area): dict(zip(COLUMNS, row, strict=True)) for area, row in enumerate(rows)}
    attack = Attack(Table(counts, INSIDE, PARTS))
    assert attack.range_of({("0", "to_date"): 1}) == (1, 4)
