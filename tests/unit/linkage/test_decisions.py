"""Decisions, their undoing, groups and contradictions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.errors import LinkageError
from headstamp.linkage.decisions import Decision, Entry, decide, in_force, undo
from headstamp.linkage.groups import contradictions, groups
from headstamp.linkage.records import Key, key, kind_of

A, B, C, D = (Key("police", sign) for sign in "abcd")


def decided(entries: list[Entry], one: Key, other: Key, same: bool = True, kind="person") -> None:
    entries.append(decide(entries, kind=kind, one=one, other=other, same=same, by="R. Osei",
                          why="seen both", at="2026-01-01T00:00:00+00:00"))  # fmt: skip


def undone(entries: list[Entry], number: int) -> None:
    entries.append(undo(entries, number=number, by="M. Ito", why="other birth date",
                        at="2026-01-02T00:00:00+00:00"))  # fmt: skip


def test_accepted_pairs_join_records_through_others() -> None:
    entries: list[Entry] = []
    decided(entries, B, A)
    decided(entries, B, C)
    (group,) = groups(entries)
    assert (group.members, group.decisions) == ((A, B, C), (1, 2))


def test_a_rejected_pair_joins_nothing() -> None:
    entries: list[Entry] = []
    decided(entries, A, B, same=False)
    assert groups(entries) == ()
    assert contradictions(entries) == ()


def test_groups_of_two_kinds_are_apart_though_their_keys_are_the_same() -> None:
    entries: list[Entry] = []
    decided(entries, A, B, kind="dealer")
    decided(entries, B, C, kind="person")
    assert [(one.kind, one.members) for one in groups(entries)] == [
        ("dealer", (A, B)), ("person", (B, C)),
    ]  # fmt: skip


def test_undoing_a_decision_takes_the_group_apart_and_keeps_both_entries() -> None:
    entries: list[Entry] = []
    decided(entries, A, B)
    decided(entries, B, C)
    undone(entries, 1)
    assert [one.members for one in groups(entries)] == [(B, C)]
    assert [one.number for one in entries] == [1, 2, 3]
    decided(entries, A, B)  # and it can be decided again
    assert [one.members for one in groups(entries)] == [(A, B, C)]


def test_a_contradiction_is_reported_with_the_decisions_that_make_it() -> None:
    entries: list[Entry] = []
    decided(entries, A, B)
    decided(entries, B, C)
    decided(entries, C, D)
    decided(entries, A, C, same=False)
    (found,) = contradictions(entries)
    assert (found.one, found.other, found.rejected, found.through) == (A, C, 4, (1, 2))
    assert [one.members for one in groups(entries)] == [(A, B, C, D)]  # it is not resolved by us
    undone(entries, 2)
    assert contradictions(entries) == ()


def test_a_pair_is_decided_once_until_that_is_undone() -> None:
    entries: list[Entry] = []
    decided(entries, A, B)
    with pytest.raises(LinkageError, match="decision 1 by"):
        decided(entries, B, A, same=False)
    decided(entries, A, B, kind="dealer")  # another kind is another thing


@pytest.mark.parametrize(("by", "why", "said"), [(" ", "seen", "--by"), ("R. Osei", "", "--why")])
def test_who_and_why_are_required(by, why, said) -> None:
    with pytest.raises(LinkageError, match=said):
        decide([], kind="person", one=A, other=B, same=True, by=by, why=why, at="")


def test_what_cannot_be_undone_is_refused() -> None:
    entries: list[Entry] = []
    decided(entries, A, B)
    with pytest.raises(LinkageError, match="no decision"):
        undone(entries, 2)
    undone(entries, 1)
    with pytest.raises(LinkageError, match="undone already, by entry 2"):
        undone(entries, 1)
    with pytest.raises(LinkageError, match="no decision"):
        undone(entries, 2)  # that entry is an undoing


def test_a_record_is_not_decided_to_be_itself() -> None:
    with pytest.raises(LinkageError, match="one record"):
        decided([], A, A)


places = st.integers(0, 7).map(lambda number: Key("list", str(number)))


@given(st.lists(st.tuples(places, places, st.booleans(), st.booleans()), max_size=20))
def test_groups_are_the_components_of_what_holds_and_no_record_is_in_two(drawn) -> None:
    entries: list[Entry] = []
    for one, other, same, again in drawn:
        held = {(each.one, each.other): each.number for each in in_force(entries)}
        pair = tuple(sorted((one, other)))
        if pair in held and again:
            undone(entries, held[pair])
        elif one != other and pair not in held:
            decided(entries, one, other, same)
    members = [member for group in groups(entries) for member in group.members]
    assert len(members) == len(set(members))
    root = {Key("list", str(number)): number for number in range(8)}
    for each in [one for one in in_force(entries) if one.same]:  # merging by relabelling
        old, new = root[each.one], root[each.other]
        root = {place: new if number == old else number for place, number in root.items()}
    sets = {frozenset(place for place in root if root[place] == number) for number in root.values()}
    assert {frozenset(one.members) for one in groups(entries)} == {s for s in sets if len(s) > 1}
    against = {(one.one, one.other) for one in contradictions(entries)}
    rejected = [one for one in entries if isinstance(one, Decision) and one in in_force(entries)]
    assert against == {(one.one, one.other) for one in rejected
                       if not one.same and root[one.one] == root[one.other]}  # fmt: skip


def test_keys_and_kinds_are_read_as_they_are_written() -> None:
    assert key("police:17") == Key("police", "17")
    assert str(key("police:17:b")) == "police:17:b"
    assert kind_of(" Dealer ") == "dealer"
    for text in ("police", ":17", "police:"):
        with pytest.raises(LinkageError, match="by its source and its id"):
            key(text)
    with pytest.raises(LinkageError, match="firearm, dealer or person"):
        kind_of("gun")
