"""Learning a model without the truth, held against the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple

import numpy as np
import pytest
from tests.unit.linkage.levels import levels

from headstamp.linkage.engine import engine
from headstamp.linkage.model import stated
from headstamp.linkage.records import KINDS, FirearmRecord, columns, key_of
from headstamp.linkage.training import train
from headstamp.simulation.linked_records import draw_linked_records

each_kind = pytest.mark.parametrize("kind", KINDS)


def test_the_same_records_in_any_order_give_the_same_model(linked) -> None:
    there = linked("dealer")
    with engine("dealer", reversed(there.drawn.records)) as run:
        assert train(run) == there.model


@each_kind
def test_about_as_many_pairs_are_expected_as_there_are(linked, kind) -> None:
    there = linked(kind)
    count = len(there.drawn.records)
    assert there.model.prior * count * (count - 1) / 2 == pytest.approx(len(there.true), rel=0.3)


@each_kind
def test_strong_levels_are_learnt_as_they_are_among_pairs_of_one_thing(linked, kind) -> None:
    there = linked(kind)
    records = {key_of(one): dict(zip(columns(kind), astuple(one), strict=True))
               for one in there.drawn.records}  # fmt: skip
    strongest = dict(reversed(there.model.weights))
    found = Counter[str]()
    known = Counter[str]()
    for one, other in there.true:
        for field, level in levels(kind, records[one], records[other]).items():
            known[field] += level != "not known"
            found[field] += level == strongest[field]
    for field, label in strongest.items():
        share = found[field] / known[field]
        assert there.model.weights[field, label][0] == pytest.approx(share, abs=0.12), field


@each_kind
def test_the_shares_of_a_field_add_up(linked, kind) -> None:
    weights = linked(kind).model.weights
    for field in {field for field, _ in weights}:
        for side in (0, 1):
            total = sum(pair[side] for level, pair in weights.items() if level[0] == field)
            assert total == pytest.approx(1.0, abs=1e-6)


def test_of_few_records_nothing_is_learnt_and_the_stated_values_count() -> None:
    drawn = draw_linked_records("person", 150, seed=1)
    with engine("person", drawn.records) as there:
        assert train(there) == stated("person", 150)


def test_lists_without_a_record_in_common_are_not_expected_to_have_many() -> None:
    drawn = draw_linked_records("firearm", 1500, seed=5)
    alone = {drawn.thing[key_of(one)]: one for one in drawn.records}
    with engine("firearm", alone.values()) as there:
        model = train(there)
        assert model.prior * there.pairs < 0.02 * len(alone)


def test_how_often_numbers_come_near_is_counted_among_guns_of_one_make() -> None:
    """Five digits behind the letters of a make: a slip in the first three has a closed form.

    One digit of three differs and four agree, 27 in 100,000; or two neighbours that differ are
    swapped, at three places, 9 in 1,000,000 each. Among all guns it is a quarter of that.
    """
    random = np.random.default_rng(8)
    guns = [
        FirearmRecord(
            name, f"{make}-{number}", f"{make}{number:05d}", make * 4, make, "9", "pistol"
        )
        for name in ("one", "other")
        for make in ("AA", "CC", "HH", "KK")
        for number in random.choice(10**5, 300, replace=False).tolist()
    ]
    alone = {one.serial: one for one in guns}  # no gun is on both lists
    with engine("firearm", alone.values()) as there:
        weights = train(there).weights
    of_two = weights["serial", "one slip apart, before the last two signs"][1]
    assert of_two == pytest.approx(27e-5 + 3 * 9e-6, rel=0.3)


@pytest.mark.parametrize(
    ("kind", "level"),
    [("firearm", ("serial", "the same number")), ("dealer", ("licence", "the same"))],
)
def test_pairs_of_one_thing_are_not_taken_for_chance(linked, kind, level) -> None:
    """No two guns have one number: what all pairs show of it is of one thing, all but little."""
    there = linked(kind)
    count = len(there.drawn.records)
    m, u = there.model.weights[level]
    assert u < 0.2 * m * len(there.true) / (count * (count - 1) / 2)


def test_how_common_a_value_is_leaves_one_of_the_pair_out() -> None:
    makers = ["Rusk", "rusk", "RUSK", "Glock"]
    guns = [FirearmRecord("a", str(n), maker=maker) for n, maker in enumerate(makers)]
    with engine("firearm", guns) as there:
        assert there.frequencies("maker") == [("RUSK", 2 / 4)]
