"""The statistical claims of the article, none missed and none invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.claims.article_texts import VARIANTS, article

from headstamp.claims.claim import Claim
from headstamp.claims.extraction import claims_in

WRITTEN_ON = date(2017, 6, 30)
THIS_YEAR = (date(2017, 1, 1), WRITTEN_ON)
TO_DATE_2016 = (date(2016, 1, 1), date(2016, 6, 30))
IN_2016 = (date(2016, 1, 1), date(2016, 12, 31))

SPANS = [
    "1714 shootings",
    "third-most populous u.s.",
    "number of murders in chicago exceeded 760",
    "jump of nearly 60 percent",
    "more than new york and los angeles combined",
    "more than 4,300 shooting victims",
    "number of murders , shootings and shooting victims have all decreased slightly",
    "shootings and shooting victims have all decreased slightly",
    "shooting victims have all decreased slightly",
    "city of 2.7 million",
    "320 murders , down from 322",
    "1,703 shooting victims , down from 1,935",
]
CLAIMS = [
    ("shooting_incidents", "is", 1714, "count", "", THIS_YEAR),
    ("population", "extreme", 3, "rank", "up", None),
    ("murders", "more_than", 760, "count", "", IN_2016),
    ("murders", "change", 60, "percent", "up", IN_2016),
    ("murders", "compared_with", None, "", "up", IN_2016),
    ("shooting_victims", "more_than", 4300, "count", "", IN_2016),
    ("murders", "change", None, "", "down", THIS_YEAR),
    ("shooting_incidents", "change", None, "", "down", THIS_YEAR),
    ("shooting_victims", "change", None, "", "down", THIS_YEAR),
    ("population", "is", 2_700_000, "count", "", None),
    ("murders", "change", 320, "count", "down", THIS_YEAR),
    ("shooting_victims", "change", 1703, "count", "down", THIS_YEAR),
]


def told(claim: Claim) -> tuple[object, ...]:
    """The slots of its likeliest reading, as in the table above."""
    one = claim.readings[0]
    period = (one.period.first, one.period.last) if one.period else None
    number, unit = (one.quantity.low, one.quantity.unit) if one.quantity else (None, "")
    return (one.measure, one.relation, number, unit, one.direction, period)


@pytest.fixture(scope="module")
def claims(shared_data: Path) -> tuple[Claim, ...]:
    return claims_in(article(shared_data), WRITTEN_ON)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_claims_are_read_however_the_article_is_written(
    shared_data: Path, variant: str
) -> None:
    text = VARIANTS[variant](article(shared_data))
    found = claims_in(text, WRITTEN_ON)
    assert [told(claim) for claim in found] == CLAIMS
    assert {claim.readings[0].places for claim in found} == {("chicago",)}


def test_each_claim_is_where_it_stands_in_the_article(
    shared_data: Path, claims: tuple[Claim, ...]
) -> None:
    text = article(shared_data)
    assert [claim.text for claim in claims] == SPANS
    assert [text[claim.start : claim.end] for claim in claims] == SPANS
    assert text.count("320 murders , down from 322") == 1
    assert claims[10].start == text.index("320 murders")


def test_who_said_it_is_named(claims: tuple[Claim, ...]) -> None:
    said = {claim.text: claim.speaker for claim in claims if claim.speaker}
    assert said == {
        "1714 shootings": "trump",
        "more than 4,300 shooting victims": "police",
        "1,703 shooting victims , down from 1,935": "police figures",
    }


def test_what_is_compared_with_is_kept(claims: tuple[Claim, ...]) -> None:
    combined, murders, victims = (claims[at].readings[0] for at in (4, 10, 11))
    assert (combined.comparison_places, combined.combined) == (("new-york", "los-angeles"), True)
    for one, base in ((murders, 322), (victims, 1935)):
        assert one.comparison_quantity is not None
        assert one.comparison_quantity.low == base
        assert one.comparison_period is not None
        assert (one.comparison_period.first, one.comparison_period.last) == TO_DATE_2016


def test_hedges_are_kept_by_their_names(claims: tuple[Claim, ...]) -> None:
    assert [claim.hedge for claim in claims if claim.hedge] == [
        "nearly", "slightly", "slightly", "slightly",
    ]  # fmt: skip
