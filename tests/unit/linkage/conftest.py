"""Drawn records of each kind, linked once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest

from headstamp.linkage.engine import engine
from headstamp.linkage.model import Model
from headstamp.linkage.proposal import Proposal
from headstamp.linkage.proposing import propose
from headstamp.linkage.records import Key, Kind
from headstamp.linkage.training import train
from headstamp.simulation.linked_records import LinkedRecords, draw_linked_records

RECORDS = 900


class Linked(NamedTuple):
    """Records, the truth, what was learnt and what is proposed from 0.01 on."""

    drawn: LinkedRecords
    true: set[tuple[Key, Key]]
    model: Model
    proposals: tuple[Proposal, ...]


@cache
def _linked(kind: Kind) -> Linked:
    drawn = draw_linked_records(kind, RECORDS, seed=3)
    with engine(kind, drawn.records) as there:
        model = train(there)
        return Linked(drawn, drawn.true_pairs(), model, propose(there, model, 0.01))


@pytest.fixture(scope="session")
def linked() -> Callable[[Kind], Linked]:
    """``linked(kind)``: read only, please."""
    return _linked
