"""Calibres as people write them: which are different ones."""

from __future__ import annotations

import pytest

from headstamp.web.evidence.calibres import differ
from headstamp.web.evidence.vocabulary import CALIBRES

SAME = [
    ("9 mm Luger", "9mm luger"),
    ("9 mm Luger", "9x19"),
    ("9 mm Luger", "9 x 19 mm"),
    ("9 mm Luger", "9 mm Parabellum"),
    ("9 mm Luger", "9mm"),
    (".45 Auto", "45 ACP"),
    (".45 Auto", "0.45 Automatic"),
    (".40 S&W", ".40 Smith & Wesson"),
    (".40 S&W", "40 S and W"),
    (".22 LR", "22 Long Rifle"),
    (".380 Auto", "9 mm Kurz"),
    ("7.62 x 39 mm", "7,62x39"),
    (".38 Special", ".38"),
]
DIFFERENT = [
    ("9 mm Luger", ".40 S&W"),
    ("9 mm Luger", "9 mm Makarov"),
    ("9 mm Luger", ".380 Auto"),
    (".22 LR", ".223 Remington"),
    (".357 Magnum", ".357 SIG"),
    (".38 Special", ".380 Auto"),
    ("7.62 x 39 mm", "7.62 x 51 mm"),
    ("12 gauge", "20 gauge"),
]
NOT_KNOWN = ["", "  ", "unknown", "?", "not read"]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_calibre_in_two_spellings_is_one(one, other):
    assert not differ(one, other)
    assert not differ(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_calibres_differ(one, other):
    assert differ(one, other)
    assert differ(other, one)


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_what_is_not_known_differs_from_nothing(text):
    assert not differ(text, "9 mm Luger")
    assert not differ("9 mm Luger", text)


def test_all_calibres_that_are_proposed_are_different_ones():
    pairs = [(one, other) for one in CALIBRES for other in CALIBRES if one != other]
    assert [pair for pair in pairs if not differ(*pair)] == []
