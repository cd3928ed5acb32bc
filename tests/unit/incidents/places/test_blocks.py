"""Addresses at the level of a block."""

from __future__ import annotations

import pytest

from headstamp.incidents.places.blocks import block_of, size_class


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("2256 N. Oak Avenue, Port Verity, ZZ", "2200 block of N. Oak Avenue"),
        ("080XX S STONE AVE", "8000 block of S STONE AVE"),
        ("001XX N OAK ST", "100 block of N OAK ST"),
        ("000XX N OAK ST", "first block of N OAK ST"),
        ("45 W Elm St", "first block of W Elm St"),
        ("6300 BLOCK OAK AVE", "6300 block of OAK AVE"),
        ("6300 block of Oak Ave", "6300 block of Oak Ave"),
        ("12345 S Oak St", "12300 block of S Oak St"),
        ("Oak and Elm", "Oak and Elm"),
        ("2256", ""),
        ("2256-B Oak Ave", ""),
        ("", ""),
    ],
)
def test_an_address_loses_its_house_number(address, block):
    assert block_of(address) == block


@pytest.mark.parametrize(
    ("count", "name"),
    [(1, "1 to 4"), (4, "1 to 4"), (5, "5 to 9"), (10, "10 to 19"), (20, "20 or more")],
)
def test_a_number_has_a_class(count, name):
    assert size_class(count) == name
