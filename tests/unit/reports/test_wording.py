"""The words of a lead."""

from __future__ import annotations

import math

import pytest

from headstamp.reports import wording


@pytest.mark.parametrize(
    ("ratio", "words"),
    # ENFSI Guideline for Evaluative Reporting in Forensic Science (2015), verbal scale
    [
        (1, "no more support"),
        (5, "weak support"),
        (50, "moderate support"),
        (500, "moderately strong support"),
        (5_000, "strong support"),
        (50_000, "very strong support"),
        (5_000_000, "extremely strong support"),
    ],
)
def test_words_follow_the_published_scale(ratio: float, words: str) -> None:
    assert wording.support_in_words(math.log10(ratio)).startswith(words)


def test_support_names_the_side_it_is_for() -> None:
    assert wording.support_in_words(2.5).endswith("for the same firearm")
    assert wording.support_in_words(-2.5).endswith("for different firearms")


def test_an_undefined_ratio_has_no_words() -> None:
    assert wording.support_in_words(math.nan) == ""
    assert wording.likelihood_ratio_sentence(math.nan) == ""


@pytest.mark.parametrize(
    ("log10_lr", "number"),
    [(math.log10(790), "790"), (math.log10(3.2), "3.2"), (math.log10(12_345), "12,000")],
)
def test_the_sentence_rounds_to_two_digits(log10_lr: float, number: str) -> None:
    assert f"about {number} times as probable" in wording.likelihood_ratio_sentence(log10_lr)


def test_a_ratio_below_one_speaks_for_two_firearms() -> None:
    sentence = wording.likelihood_ratio_sentence(-2.0)
    assert sentence.startswith("This agreement is about 100 times as probable if two different")


def test_a_value_at_the_bound_is_known_as_such() -> None:
    assert wording.at_bound(2.5, (-2.0, 2.5))
    assert not wording.at_bound(2.4, (-2.0, 2.5))


def test_no_permitted_sentence_calls_a_lead_a_match_or_a_hit() -> None:
    sentences = [
        text for name, text in vars(wording).items() if name.isupper() and isinstance(text, str)
    ]
    assert len(sentences) > 10
    for sentence in sentences:
        words = sentence.lower().replace(".", " ").replace(",", " ").split()
        assert not {"match", "matches", "hit", "hits", "identified", "proves"} & set(words)
