"""Many spellings, one name."""

from __future__ import annotations

import pytest

from headstamp.formats.trace_tables.reference_tables import named, names
from headstamp.tracing.records import HANDGUNS, STATUSES


@pytest.mark.parametrize(
    ("table", "written", "name"),
    [
        ("makers", "SMITH AND WESSON", "Smith & Wesson"),
        ("makers", "S&W", "Smith & Wesson"),
        ("makers", "glock, inc.", "Glock"),
        ("makers", "Ruger Mfg. Co.", "Ruger"),
        ("makers", "Alder Arms", ""),
        ("calibres", "9MM", "9 mm Luger"),
        ("calibres", "9x19", "9 mm Luger"),
        ("calibres", ".40 S&W", ".40 S&W"),
        ("calibres", "40", ".40 S&W"),
        ("calibres", "7.62X39MM", "7.62x39 mm"),
        ("calibres", "12 GA.", "12 gauge"),
        ("calibres", "99", ""),
        ("types", "PR", "revolver"),
        ("types", "Handgun - Pistol", "pistol"),
        ("statuses", "Traced to purchaser", "completed_to_purchaser"),
        ("statuses", "", ""),
    ],
)
def test_a_spelling_finds_its_name_or_none(table, written, name) -> None:
    assert named(table, written) == name


@pytest.mark.parametrize("table", ["makers", "calibres", "types", "statuses"])
def test_every_name_finds_itself(table) -> None:
    assert {one: named(table, one) for one in names(table)} == {one: one for one in names(table)}


def test_the_tables_agree_with_the_vocabulary() -> None:
    assert set(names("statuses")) == set(STATUSES)
    assert set(HANDGUNS) <= set(names("types"))
