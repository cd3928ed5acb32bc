"""A lead is worded as a lead and a hit as a hit, on every page and in every state."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from tests.web.records import signed_in, work

from headstamp.reports.wording import LEAD_SENTENCE
from headstamp.web.comparisons import actions
from headstamp.web.comparisons.models import BallisticLink, Comparison
from headstamp.web.comparisons.states import Conclusion, LinkState
from headstamp.web.comparisons.wording import MEANING, TONES, support

HIT_WORDS = re.compile(
    r"\b(hits?|match(?:es|ed|ing)?|identif(?:ication|ications|ied|ies|y|ying))\b", re.IGNORECASE
)
LEADS = ("lead_unconfirmed", "lead_verified", "disseminated", "examination_requested")
ROLES = ("technician", "examiner", "analyst", "investigator", "prosecutor", "commander", "monitor")

# Sentences that use the words to say what something is not.
PERMITTED = (
    re.escape(LEAD_SENTENCE),
    r"Shot at, not hit",
    r"“[^”]*” is what one examiner wrote; (until another examiner has verified it, it does"
    r"|another examiner disagreed, so it does) not count",
)


class _Text(HTMLParser):
    """The words a person reads: no choices of a form, no script."""

    def __init__(self):
        super().__init__()
        self.words, self._skipping = [], 0

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self._skipping += tag in ("select", "script", "style")

    def handle_endtag(self, tag):
        self._skipping -= tag in ("select", "script", "style")

    def handle_data(self, data):
        if not self._skipping:
            self.words.append(data)


def read(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    parser = _Text()
    parser.feed(answer.content.decode())
    return " ".join(" ".join(parser.words).split())


def hit_words(text):
    for sentence in PERMITTED:
        text = re.sub(sentence, "", text)
    return HIT_WORDS.findall(text)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, making_records):
    """A link between two incidents, and somebody of every role signed in."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        make = making_records
        scans = [make.scan(1, firing) for firing in (1, 2)]
        work()
        people = {role: make.person(role) for role in ROLES}
        yield {
            "link": BallisticLink.objects.get(),
            "scans": scans,
            "make": make,
            "browsers": {role: signed_in(one) for role, one in people.items()},
        }
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def walk(world, state):
    """The link, brought to a state by the people who may."""
    make, link = world["make"], world["link"]
    examiner = make.person("examiner")
    if state == "correlated":
        return link
    if state == "withdrawn":
        actions.withdraw(link, reason="Swapped", version=1, by=examiner)
        return link
    lead = state != "reviewed_no_lead"
    actions.review(link, lead=lead, reason="Seen", version=1, by=make.person("technician"))
    steps = [
        lambda: actions.verify(link, agreed=True, reason="Seen", version=2, by=examiner),
        lambda: actions.disseminate(
            link, sent_to="Homicide", reason="Open", version=3, by=make.person("analyst")
        ),
        lambda: actions.request_examination(
            link, reason="Charges", version=4, by=make.person("prosecutor")
        ),
    ]
    order = ("lead_unconfirmed", "lead_verified", "disseminated", "examination_requested")
    wanted = order.index(state) if state in order else len(steps)
    if not lead:
        return link
    for step in steps[:wanted]:
        step()
    conclusions = {
        "hit_confirmed": "identification",
        "not_confirmed": "elimination",
        "inconclusive": "inconclusive_b",
        "unsuitable": "unsuitable",
    }
    if state in conclusions:
        conclude(world, conclusions[state], agreed=True)
    return link


def conclude(world, conclusion, agreed=None):
    make, facts = world["make"], {"method": "both", "bases": "Striae", "limits": ""}
    made = actions.examine(
        world["link"], conclusion=conclusion, by=make.person("examiner"), **facts
    )
    if agreed is not None:
        actions.verify_examination(made, agreed=agreed, note="Rim", by=make.person("examiner"))
    return made


def pages(world, role):
    """Those that word a link; for two roles also those around it, which are the same for all."""
    link, scans = world["link"], world["scans"]
    shown = ["/", f"/links/{link.pk}/", "/queue/", "/queue/?state=all"]
    if role in ("technician", "analyst"):
        compared = Comparison.objects.first()
        shown += [f"/exhibits/{link.exhibit_a_id}/", f"/exhibits/{link.exhibit_b_id}/"]
        shown += [f"/scans/{one.pk}/" for one in scans]
        shown += [f"/comparisons/{compared.pk}/", f"/comparisons/{compared.pk}/data/"]
        shown += [f"/search/?q={link.exhibit_a.number}", f"/incidents/{scans[0].incident_id}/"]
        shown += ["/exhibits/", "/scans/", "/incidents/export/"]
    return shown


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(LinkState.values) - {"hit_confirmed"}))
def test_only_a_confirmed_hit_is_called_one(state, world):
    with transaction.atomic():
        link = walk(world, state)
        link.refresh_from_db()
        assert link.state == state
        for role, browser in world["browsers"].items():
            for page in pages(world, role):
                answer = browser.get(page)
                if answer.status_code == 403:
                    continue
                assert answer.status_code == 200, page
                text = read(answer)
                assert not hit_words(text), f"{page} for a {role}: {hit_words(text)}"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_confirmed_hit_is_called_one_where_it_is_shown(world):
    with transaction.atomic():
        link = walk(world, "hit_confirmed")
        for page in (f"/links/{link.pk}/", f"/exhibits/{link.exhibit_a_id}/", "/queue/?state=all"):
            text = read(world["browsers"]["analyst"].get(page))
            assert "Hit: identification by an examiner" in text
        assert LEAD_SENTENCE not in MEANING[LinkState.HIT_CONFIRMED]
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("state", LEADS)
def test_pages_of_a_lead_say_what_it_is_not(state, world):
    with transaction.atomic():
        link = walk(world, state)
        for role, browser in world["browsers"].items():
            shown = [f"/links/{link.pk}/", "/queue/"]
            shown += [f"/exhibits/{link.exhibit_a_id}/"] if role == "analyst" else []
            for page in shown:
                assert LEAD_SENTENCE in read(browser.get(page)), f"{page} for a {role}"
            home = browser.get("/")
            if home.context["queue"]:
                assert LEAD_SENTENCE in read(home)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("conclusion", Conclusion.values)
@pytest.mark.parametrize("agreed", [None, False])
def test_a_conclusion_that_does_not_count_is_never_shown_as_one(conclusion, agreed, world):
    with transaction.atomic():
        link = walk(world, "examination_requested")
        made = conclude(world, conclusion, agreed)
        label = made.get_conclusion_display()
        for role, browser in world["browsers"].items():
            text = read(browser.get(f"/links/{link.pk}/"))
            assert not hit_words(text), role
            if agreed is False:
                assert f"“{label}” is what one examiner wrote; another" in text, role
            elif role in ("examiner", "monitor"):
                assert f"“{label}” is what one examiner wrote; until" in text, role
                assert "Striae" in text
            else:
                assert "Shown once another examiner has verified it" in text, role
                assert label not in text, role
                assert "Striae" not in text, role
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("conclusion", ["inconclusive_a", "inconclusive_b", "inconclusive_c"])
def test_an_inconclusive_answer_is_shown_as_it_was_given(conclusion, world):
    with transaction.atomic():
        link = walk(world, "examination_requested")
        made = conclude(world, conclusion, agreed=True)
        for browser in world["browsers"].values():
            text = read(browser.get(f"/links/{link.pk}/"))
            assert made.get_conclusion_display() in text
            assert "Inconclusive" in read(browser.get(f"/exhibits/{link.exhibit_b_id}/"))
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_withdrawn_hit_says_that_it_must_not_be_used(world):
    with transaction.atomic():
        link = walk(world, "hit_confirmed")
        link.refresh_from_db()
        commander = world["make"].person("commander")
        actions.withdraw(link, reason="Swapped", version=link.version, by=commander)
        for browser in world["browsers"].values():
            text = read(browser.get(f"/links/{link.pk}/"))
            assert "this examination must not be used any more" in text
            for page in ("/queue/?state=all", f"/exhibits/{link.exhibit_a_id}/", "/"):
                assert not hit_words(read(browser.get(page)))
        transaction.set_rollback(True)


def test_every_state_has_its_words_and_only_one_its_colour():
    assert set(MEANING) == set(LinkState)
    assert [state for state, tone in TONES.items() if tone == "hit"] == [LinkState.HIT_CONFIRMED]
    for state in LinkState:
        if state != LinkState.HIT_CONFIRMED:
            assert not hit_words(MEANING[state]), state
            assert not hit_words(state.label), state


# The steps of the ENFSI guideline of 2015, section 4: 2, 10, 100, 1,000, 10,000, 1,000,000.
@pytest.mark.parametrize(
    ("log10_lr", "words"),
    [
        (None, "no likelihood ratio"),
        (0.0, "no more support for one side than for the other"),
        (0.301, "no more support for one side than for the other"),
        (0.5, "weak support for one firearm"),
        (-0.5, "weak support for two firearms"),
        (1.5, "moderate support for one firearm"),
        (2.5, "moderately strong support for one firearm"),
        (3.71, "strong support for one firearm"),
        (5.0, "very strong support for one firearm"),
        (-7.0, "extremely strong support for two firearms"),
    ],
)
def test_support_is_worded_by_the_scale(log10_lr, words):
    assert support(log10_lr) == words
