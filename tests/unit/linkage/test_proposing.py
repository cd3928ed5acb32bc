"""Proposals, their explanation, and how they compare with the truth."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise

import pytest
from tests.unit.linkage.levels import levels

from headstamp.errors import LinkageError
from headstamp.linkage.engine import engine
from headstamp.linkage.kinds import PLANS
from headstamp.linkage.model import stated
from headstamp.linkage.proposing import explain, propose
from headstamp.linkage.records import KINDS, FirearmRecord, Key, columns, key_of, record

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_the_steps_add_up_to_the_weight_and_the_weight_is_the_probability(linked, kind) -> None:
    for one in linked(kind).proposals:
        assert sum(step.bits for step in one.waterfall) == pytest.approx(one.weight, abs=1e-9)
        odds = 2.0**one.weight
        assert one.probability == pytest.approx(odds / (1 + odds), abs=1e-12)


@each_kind
def test_each_proposal_is_of_two_records_and_the_most_probable_come_first(linked, kind) -> None:
    found = linked(kind).proposals
    assert all(one.one < one.other and one.probability >= 0.01 for one in found)
    assert all(one.weight >= other.weight for one, other in pairwise(found))
    assert len({(one.one, one.other) for one in found}) == len(found)


@each_kind
def test_splink_finds_the_levels_that_the_plan_states(linked, kind) -> None:
    records = {key_of(one): dict(zip(columns(kind), astuple(one), strict=True))
               for one in linked(kind).drawn.records}  # fmt: skip
    for one in linked(kind).proposals[::15]:
        said = {step.field: step.level for step in reversed(one.waterfall)}
        for field, level in levels(kind, records[one.one], records[one.other]).items():
            assert said[field].startswith(level), one


@each_kind
def test_a_step_shows_what_the_records_say(linked, kind) -> None:
    records = {key_of(one): astuple(one) for one in linked(kind).drawn.records}
    for one in linked(kind).proposals[::15]:
        for step in one.waterfall:
            assert all(part in records[one.one] for part in step.one.split(", ") if part)
            assert all(part in records[one.other] for part in step.other.split(", ") if part)


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [("firearm", 0.85, 0.75), ("dealer", 0.93, 0.85), ("person", 0.90, 0.60)],
)
def test_most_proposals_are_true_and_most_of_what_is_true_is_proposed(
    linked, kind, precision, recall
) -> None:
    found = {(one.one, one.other) for one in linked(kind).proposals if one.probability >= 0.5}
    true = linked(kind).true
    assert len(found & true) / len(found) >= precision
    assert len(found & true) / len(true) >= recall


@each_kind
def test_what_is_said_to_be_all_but_sure_is_true(linked, kind) -> None:
    there = linked(kind)
    sure = [one for one in there.proposals if one.probability >= 0.99]
    assert len(sure) > 100
    assert sum((one.one, one.other) in there.true for one in sure) >= 0.97 * len(sure)


@pytest.mark.parametrize("kind", ["dealer", "person"])
def test_what_is_said_to_be_doubtful_is_mostly_not_true(linked, kind) -> None:
    there = linked(kind)
    doubtful = [one for one in there.proposals if one.probability < 0.1]
    assert len(doubtful) > 30
    assert sum((one.one, one.other) in there.true for one in doubtful) <= 0.35 * len(doubtful)


GUNS = [
    FirearmRecord("police", "1", "AB123456", "Glock", "19", "9 mm Luger", "pistol"),
    FirearmRecord("traces", "1", "AB-123456", "Glock", "G19", "9 mm Luger", "pistol"),
    FirearmRecord("police", "2", "ZZ999999", "Rusk", "Snub", ".38 Special", "revolver"),
]


def test_the_order_of_records_changes_nothing() -> None:
    made = []
    for records in (GUNS, GUNS[::-1]):
        with engine("firearm", records) as there:
            made.append(propose(there, stated("firearm", 3), 0.0))
    assert made[0] == made[1]
    assert [(one.one, one.other) for one in made[0]] == [(Key("police", "1"), Key("traces", "1"))]


def test_any_two_records_can_be_explained_also_those_that_would_not_be_proposed() -> None:
    with engine("firearm", GUNS) as there:
        model = stated("firearm", 3)
        apart = explain(there, model, Key("traces", "1"), Key("police", "2"))
        near = explain(there, model, Key("traces", "1"), Key("police", "1"))
        assert propose(there, model, 0.0) == (near,)  # explaining leaves nothing behind
        with pytest.raises(LinkageError, match="police:9"):
            explain(there, model, Key("police", "9"), Key("police", "1"))
    assert apart.probability < 0.001
    assert near.probability > 0.9
    assert (apart.one, apart.other) == (Key("police", "2"), Key("traces", "1"))


def test_a_field_that_one_side_does_not_say_counts_neither_way() -> None:
    bare = FirearmRecord("traces", "1", "AB123456")
    with engine("firearm", [GUNS[0], bare]) as there:
        (one,) = propose(there, stated("firearm", 2), 0.0)
    unknown = {step.field: step.bits for step in one.waterfall if "not known" in step.level}
    assert unknown == {"maker": 0.0, "model": 0.0, "calibre": 0.0, "type": 0.0}


def test_a_record_that_is_there_twice_and_a_record_alone_are_refused() -> None:
    with (
        pytest.raises(LinkageError, match="police:1: is there twice"),
        engine("firearm", [GUNS[0], GUNS[0]]),
    ):
        pass
    with pytest.raises(LinkageError, match="two or more"), engine("firearm", GUNS[:1]):
        pass


ALONE = [
    ("firearm", {"serial": "A12", "maker": "Rusk"}, {"serial": "a-12", "maker": "Glock"}),
    ("firearm", {"serial": "A1O", "maker": "Rusk"}, {"serial": "A10", "maker": "Glock"}),
    ("dealer", {"licence": "1", "name": "Alder"}, {"licence": "1", "name": "Birch"}),
    ("dealer", {"name": "Alder", "state": "IN"}, {"name": "Alder LLC", "state": "IL"}),
    ("dealer", {"city": "Calder", "state": "IN", "name": "Alder"},
     {"city": "Calder", "state": "IN", "name": "Birch"}),
    ("person", {"given": "Uma", "family": "Brack", "born": "1990-05-01"},
     {"given": "Uma", "family": "Brack", "born": "1970"}),
    ("person", {"given": "Uma", "family": "Brack"}, {"given": "Brack", "family": "Uma"}),
    ("person", {"given": "Uma", "family": "Brack", "born": "1990-05-01"},
     {"given": "Zane", "family": "Gant", "born": "1990-05-01"}),
]  # fmt: skip
"""Pairs that agree at one level of which every pair is counted, and in nothing else."""


@pytest.mark.parametrize(("kind", "one", "other"), ALONE)
def test_a_pair_of_a_level_that_is_counted_is_looked_at_whatever_else_differs(
    kind, one, other
) -> None:
    with engine(kind, [record(kind, {"source": "a", "id": "1", **one}),
                       record(kind, {"source": "b", "id": "1", **other})]) as there:  # fmt: skip
        assert len(propose(there, stated(kind, 2), 0.0)) == 1


def test_those_are_all_levels_of_which_every_pair_is_counted() -> None:
    counted = {(kind, comparison.field, level.label) for kind in KINDS
               for comparison in PLANS[kind].comparisons
               for level in comparison.levels if level.every_pair}  # fmt: skip
    tried = {(kind, field, level) for kind, one, other in ALONE
             for field, level in levels(kind, one, other).items()}  # fmt: skip
    assert counted <= tried
