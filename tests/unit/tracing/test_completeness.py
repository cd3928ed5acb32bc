"""How complete an agency's requests are, every share with its base."""

from __future__ import annotations

from headstamp.tracing.ageing import Ageing
from headstamp.tracing.completeness import Assessed, completeness
from headstamp.tracing.requests import Fault, RequestedTrace

MISSING, DOUBT = Fault("ori", "missing", "Give it."), Fault("calibre", "doubt", "Look.")


def one(state, days=0, *faults, **asks):
    return Assessed(RequestedTrace(**asks), faults, Ageing(days, 7, state))


def test_shares_are_of_what_they_can_be_of():
    found = completeness(
        "PVPD",
        [
            one("not_sent", 0, MISSING, maker="Rusk"),
            one("not_sent", 0, DOUBT, maker="Rusk", ori="IL0160000"),
            one("within", 3, maker="Rusk"),
            one("over", 20),
            one("over", 9),
            one("finished", 16),
        ],
    )
    filled = {field: str(share) for field, share in found.filled}
    assert filled["maker"] == "50.0 % of 6 traces requested"
    assert str(found.can_be_sent) == "50.0 % of 2 requests not sent yet"
    assert str(found.over_goal) == "66.7 % of 3 requests sent and not ended"
    assert (found.median_days_out, found.median_days_taken) == (9.0, 16.0)


def test_of_nothing_nothing_is_said():
    found = completeness("PVPD", [])
    assert found.can_be_sent.base.count == found.over_goal.base.count == 0
    assert found.median_days_out is None
    assert found.median_days_taken is None
