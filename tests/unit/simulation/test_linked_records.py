"""Drawn records of the same things, and the slips in them."""

from __future__ import annotations

import numpy as np
import pytest

from headstamp.linkage.kinds import PLANS
from headstamp.linkage.records import KINDS, FirearmRecord, PersonRecord, key_of
from headstamp.simulation.linked_records import draw_linked_records
from headstamp.simulation.record_slips import left_out, look_alike, transposed, wrong_sign
from headstamp.tracing.serials import folded, read_serial

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_the_same_seed_gives_the_same_records_and_another_gives_others(kind) -> None:
    assert draw_linked_records(kind, 300, 1) == draw_linked_records(kind, 300, 1)
    assert draw_linked_records(kind, 300, 1).records != draw_linked_records(kind, 300, 2).records


@each_kind
def test_every_record_has_a_thing_and_every_key_is_there_once(kind) -> None:
    drawn = draw_linked_records(kind, 500, 1)
    assert len(drawn.records) == 500
    assert {key_of(one) for one in drawn.records} == set(drawn.thing)
    assert len(drawn.thing) == 500


@each_kind
def test_a_list_names_a_thing_once_so_that_pairs_are_of_two_lists(kind) -> None:
    pairs = draw_linked_records(kind, 500, 1).true_pairs()
    assert pairs
    assert all(one.source != other.source for one, other in pairs)


@each_kind
def test_true_pairs_are_all_pairs_of_one_thing(kind) -> None:
    drawn = draw_linked_records(kind, 200, 1)
    keys = sorted(drawn.thing)
    assert drawn.true_pairs() == {
        (one, other) for one in keys for other in keys
        if one < other and drawn.thing[one] == drawn.thing[other]
    }  # fmt: skip


@each_kind
def test_every_record_can_be_prepared(kind) -> None:
    for one in draw_linked_records(kind, 1000, 4).records:
        assert set(PLANS[kind].prepare(one)) == set(PLANS[kind].columns)


def test_firearms_have_partial_and_obliterated_numbers_and_persons_lack_dates() -> None:
    guns = [one for one in draw_linked_records("firearm", 2000, 1).records
            if isinstance(one, FirearmRecord)]  # fmt: skip
    statuses = {read_serial(one.serial).status for one in guns}
    assert statuses >= {"intact", "partial", "obliterated", "none", "unknown"}
    people = [one for one in draw_linked_records("person", 2000, 1).records
              if isinstance(one, PersonRecord)]  # fmt: skip
    missing = sum(not one.born for one in people) / len(people)
    assert missing == pytest.approx(0.10, abs=0.02)
    assert any(len(one.born) in (4, 7) for one in people)


def test_a_slip_is_what_its_name_says() -> None:
    random = np.random.default_rng(1)
    for _ in range(50):
        other = wrong_sign(random, "AB123456")
        assert sum(a != b for a, b in zip(other, "AB123456", strict=True)) == 1
        swapped = transposed(random, "AB123456")
        assert swapped != "AB123456"
        assert sorted(swapped) == sorted("AB123456")
        assert len(left_out(random, "AB123456")) == 7
        alike = look_alike(random, "AB123456")
        assert alike != "AB123456"
        assert folded(alike) == folded("AB123456")


def test_a_text_in_which_nothing_can_slip_stays() -> None:
    random = np.random.default_rng(1)
    assert (transposed(random, "111"), look_alike(random, "XYY"), left_out(random, "AB")) == (
        "111", "XYY", "AB",
    )  # fmt: skip
    assert wrong_sign(random, "--") == "--"
