"""Invented names: nothing here is a real place, person, agency or maker."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CITY: Final = "Port Verity"
STATE: Final = "Lakeland"
TIME_ZONE: Final = "America/Chicago"

GIVEN: Final = _words(
    "Ada Amara Anton Beatriz Bruno Callum Carmen Chidi Dalia Dmitri Elena Emeka Farah Felix Grace "
    "Hana Hugo Imani Ivan Jamal Jia Jonas Keiko Kofi Lena Luis Maeve Marisol Mateo Mina Nadia Noor "
    "Olga Omar Priya Quentin Rafael Rosa Samir Selma Tariq Tess Uma Viktor Wanda Xavier Yara Zane"
)

FAMILY_BEGINNINGS: Final = _words(
    "Alder Amber Brack Bramble Cinder Copper Dapple Ember Fallow Gant Harrow Inkle Juniper Kettle "
    "Larch Mallow Nettle Osier Pewter Quill Russet Sable Tallow Umber Vellum Willow Yarrow Zephyr"
)
FAMILY_ENDINGS: Final = _words("beck bourne croft dale fell ford gate hurst low mere ridge wick")
"""Plausible, and plainly put together: Brackmere, Tallowgate."""

STREETS: Final = _words(
    "Alder Almond Apricot Aspen Bay Beacon Birch Bramble Buoy Cedar Cherry Cinnamon Clover Copper "
    "Cypress Dogwood Elder Fathom Fennel Fern Gull Hawthorn Hazel Heron Ivy Juniper Keel Lantern "
    "Larch Laurel Linden Maple Mast Mulberry Myrtle Nettle Osprey Pear Plover Quince Rowan Sable "
    "Spruce Tern Willow"
)
"""From south to north; each is a Street and, one block on, a Place."""

HEADSTAMPS: Final = (
    ("KESTREL", 0.34),
    ("NORTHGATE", 0.22),
    ("TRI-RIVER", 0.16),
    ("BLUFF", 0.12),
    ("O-V-L", 0.09),
    ("SALTMARSH", 0.07),
)
"""Makers of cartridges, with their shares."""

LABORATORY_STOCK: Final = "KESTREL"
"""What test fires are made with."""
