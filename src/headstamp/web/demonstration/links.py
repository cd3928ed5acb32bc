"""What people made of the candidates so far: links in every state, by a truth nobody else knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from headstamp.simulation.city_people import CITY_POLICE
from headstamp.web.comparisons import actions
from headstamp.web.comparisons.models import BallisticLink
from headstamp.web.comparisons.queries import links
from headstamp.web.comparisons.states import Conclusion, LinkState
from headstamp.web.demonstration.people import People
from headstamp.web.roles import Role

S = LinkState

OF_ONE_GUN: Final = (
    *(S.HIT_CONFIRMED, S.LEAD_UNCONFIRMED, S.DISSEMINATED, S.CORRELATED, S.LEAD_VERIFIED),
    *(S.EXAMINATION_REQUESTED, S.INCONCLUSIVE, S.HIT_CONFIRMED, S.CORRELATED, S.UNSUITABLE),
    *(S.DISSEMINATED, S.WITHDRAWN),
)
"""States that links of one firearm are brought to, in turn."""

OF_TWO_GUNS: Final = (S.REVIEWED_NO_LEAD, S.NOT_CONFIRMED, S.CORRELATED)

CONCLUSIONS: Final = {
    S.HIT_CONFIRMED: Conclusion.IDENTIFICATION,
    S.NOT_CONFIRMED: Conclusion.ELIMINATION,
    S.INCONCLUSIVE: Conclusion.INCONCLUSIVE_A,
    S.UNSUITABLE: Conclusion.UNSUITABLE,
}
SAID: Final = {
    Conclusion.IDENTIFICATION: "Striae of the breech face agree in detail over the whole mark.",
    Conclusion.ELIMINATION: "Class characteristics differ: parallel against circular tool marks.",
    Conclusion.INCONCLUSIVE_A: "Some agreement of individual marks, too little to conclude.",
    Conclusion.UNSUITABLE: "Corrosion has taken the mark on one of the exhibits.",
}


def work_links(people: People, same_gun: Callable[[BallisticLink], bool]) -> None:
    """Bring the links that the city's police can see to states, the strongest first.

    Parameters
    ----------
    people : People
    same_gun : callable
        The truth about a link.
    """
    turns = {True: 0, False: 0}
    for link in links(people.one(CITY_POLICE, Role.EXAMINER)).order_by("-log10_lr", "pk"):
        truth = same_gun(link)
        order = OF_ONE_GUN if truth else OF_TWO_GUNS
        _bring(link, order[turns[truth] % len(order)], people, turns[truth])
        turns[truth] += 1


def _bring(link: BallisticLink, state: str, people: People, turn: int) -> None:
    technicians = people.of(CITY_POLICE, Role.TECHNICIAN)
    first, second = people.of(CITY_POLICE, Role.EXAMINER)[:2]
    reviewer = technicians[turn % len(technicians)]
    if state == S.CORRELATED:
        return
    if state == S.WITHDRAWN:
        actions.withdraw(
            link, reason="The exhibits were swapped on the tray", version=link.version, by=first
        )
        return
    lead = state != S.REVIEWED_NO_LEAD
    seen = "Several areas agree in one position" if lead else "Agreement in the rim alone"
    actions.review(link, lead=lead, reason=seen, version=1, by=reviewer)
    if not lead or state == S.LEAD_UNCONFIRMED:
        return
    actions.verify(link, agreed=True, reason="I see the same areas", version=2, by=first)
    if state == S.LEAD_VERIFIED:
        return
    analyst = people.one(CITY_POLICE, Role.ANALYST)
    actions.disseminate(
        link,
        sent_to="Investigators of both incidents",
        reason="Both incidents are open",
        version=3,
        by=analyst,
    )
    if state == S.DISSEMINATED:
        return
    investigator = people.one(CITY_POLICE, Role.INVESTIGATOR)
    actions.request_examination(
        link, reason="Needed before charges are asked for", version=4, by=investigator
    )
    if state == S.EXAMINATION_REQUESTED:
        return
    conclusion = CONCLUSIONS[LinkState(state)]
    made = actions.examine(
        link,
        conclusion=conclusion,
        method="both",
        bases=SAID[conclusion],
        limits="No statement of certainty; no exclusion of all other firearms.",
        by=first,
    )
    actions.verify_examination(made, agreed=True, note="Compared independently.", by=second)
