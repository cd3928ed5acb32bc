"""What a report of traces must say: the disclaimer the law asks for, and who may read it."""

from __future__ import annotations

from typing import Final

DISCLAIMER: Final = (
    "Firearm traces are designed to assist law enforcement authorities in conducting "
    "investigations by tracking the sale and possession of specific firearms. Law enforcement "
    "agencies may request firearms traces for any reason, and those reasons are not necessarily "
    "reported to the Federal Government. Not all firearms used in crime are traced and not all "
    "firearms traced are used in crime.",
    "Firearms selected for tracing are not chosen for purposes of determining which types, makes, "
    "or models of firearms are used for illicit purposes. The firearms selected do not constitute "
    "a random sample and should not be considered representative of the larger universe of all "
    "firearms used by criminals, or any subset of that universe. Firearms are normally traced to "
    "the first retail seller, and sources reported for firearms traced do not necessarily "
    "represent the sources or methods by which firearms in general are acquired for use in crime.",
)
"""The sentences that Public Law 112-55 (125 Stat. 609) asks for wherever traces are published."""

NO_WRONG: Final = "A trace is no sign that the dealer or the first purchaser did anything wrong."

MARKING: Final = "Law enforcement sensitive: firearms trace data"

RESTRICTION: Final = (
    "For law enforcement agencies and prosecutors alone, in connection with and for use in a bona "
    "fide criminal investigation or prosecution (Public Law 112-55, 125 Stat. 609). Do not release "
    "it to the public. It is not for use in civil proceedings."
)

PUBLIC: Final = (
    "Aggregates alone: no purchaser, possessor, serial number or dealer is named. Numbers from 1 "
    "to 4 are left out, with as many others as it takes to keep them unknown; a dash stands for "
    "each."
)

LEFT_OUT: Final = "\N{EN DASH}"
