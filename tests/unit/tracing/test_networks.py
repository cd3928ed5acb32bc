"""Which guns belong together, and which record says so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.tracing.traces import columns, trace

from headstamp.tracing.networks import Edge, networks


def found(*traces, links=(), least=2):
    return list(networks(columns(*traces), links).each(least))


def test_guns_of_one_purchaser_are_joined_and_the_purchaser_is_the_reason() -> None:
    (one,) = found(trace("T1", purchaser="P"), trace("T2", purchaser="P"), trace("T3"))
    assert one.guns == ("T1", "T2")
    assert one.edges == (Edge("T1", "T2", "one_purchaser", "purchaser P", ("T1", "T2")),)


def test_guns_bought_on_one_day_have_the_sale_as_a_further_reason() -> None:
    bought = {"purchaser": "P", "dealer": "D", "sold": "2017-05-01"}
    (one,) = found(trace("T1", **bought), trace("T2", **bought))
    assert [(edge.reason, edge.record) for edge in one.edges] == [
        ("bought_together", "sale of 2017-05-01 by D to purchaser P"),
        ("one_purchaser", "purchaser P"),
    ]


def test_a_purchaser_and_a_possessor_with_the_same_key_are_not_one_person() -> None:
    assert found(trace("T1", purchaser="X"), trace("T2", possessor="X")) == []


def test_different_records_make_one_network_through_the_guns_they_share() -> None:
    (one,) = found(
        trace("T1", purchaser="P"),
        trace("T2", purchaser="P", possessor="Q"),
        trace("T3", possessor="Q"),
        trace("T4"),
        links=[("L1", "T4", "T3"), ("L2", "T1", "elsewhere")],
    )
    assert one.guns == ("T1", "T2", "T3", "T4")
    assert [(edge.one, edge.other, edge.reason, edge.record) for edge in one.edges] == [
        ("T1", "T2", "one_purchaser", "purchaser P"),
        ("T2", "T3", "one_possessor", "possessor Q"),
        ("T3", "T4", "ballistic_link", "L1"),
    ]


def test_a_gun_that_was_traced_twice_is_one_gun() -> None:
    again = [trace(name, gun="G", purchaser="P") for name in ("T1", "T2")]
    assert found(*again) == []
    (one,) = found(*again, trace("T3", gun="H", purchaser="P"))
    assert one.guns == ("G", "H")
    assert len(one.edges) == 1


def test_no_trace_makes_no_network() -> None:
    assert found() == []
    assert found(trace("T1")) == []


keys = st.sampled_from(["", "A", "B", "C", "D"])
guns = st.lists(st.tuples(keys, keys), min_size=1, max_size=14)


def _by_hand(traces):
    """Components by repeated merging of sets, independent of any graph library."""
    sets = [{one.gun or one.id} for one in traces]
    for key in ("purchaser", "possessor"):
        for value in {getattr(one, key) for one in traces} - {""}:
            shared = {one.id for one in traces if getattr(one, key) == value}
            together = [each for each in sets if each & shared]
            sets = [each for each in sets if not each & shared] + [set().union(*together)]
    return {frozenset(each) for each in sets if len(each) > 1}


@given(guns, st.randoms())
def test_networks_are_the_merged_groups_whatever_the_order(given_guns, random) -> None:
    traces = [
        trace(f"T{i:02d}", purchaser=purchaser, possessor=possessor)
        for i, (purchaser, possessor) in enumerate(given_guns)
    ]
    networks_found = found(*traces)
    assert {frozenset(one.guns) for one in networks_found} == _by_hand(traces)
    assert found(*random.sample(traces, len(traces))) == networks_found
    by_id = {one.id: one for one in traces}
    for network in networks_found:
        for edge in network.edges:
            one, other = by_id[edge.one], by_id[edge.other]
            key = edge.reason.removeprefix("one_")
            assert getattr(one, key) == getattr(other, key) == edge.record.split()[-1]
