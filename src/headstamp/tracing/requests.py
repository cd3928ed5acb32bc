"""What a request for a trace asks, and what in it is missing, contradicts itself or is doubtful."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from headstamp.tracing.makers import Maker
from headstamp.tracing.serials import Serial, normalised, read_serial
from headstamp.tracing.states import code_of

Kind = Literal["missing", "contradiction", "doubt"]

ABROAD: Final = ("CAN", "MEX")
EARLIEST: Final = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class RequestedTrace:
    """What a request asks, as ATF F 3312.1 does; empty where nothing is said.

    Parameters
    ----------
    serial : str
        As it was read, or what is said in its place: ``OBLITERATED``, ``NONE``.
    recovered : date or None
    possessor, possessor_complete : bool
        Whether somebody is named, and with a whole name and date of birth. The names themselves
        are no part of this; nor is anybody's sex, race or ethnicity.
    """

    number: str = ""
    priority: str = "routine"
    justification: str = ""
    crime_code: str = ""
    project_code: str = ""
    ori: str = ""
    agency: str = ""
    officer: str = ""
    officer_badge: str = ""
    officer_phone: str = ""
    case_number: str = ""
    type: str = ""
    calibre: str = ""
    serial: str = ""
    maker: str = ""
    model: str = ""
    country: str = ""
    importer: str = ""
    barrel_length: str = ""
    finish: str = ""
    markings: str = ""
    recovered: date | None = None
    recovery_street: str = ""
    recovery_city: str = ""
    recovery_county: str = ""
    recovery_state: str = ""
    remarks: str = ""
    possessor: bool = False
    possessor_complete: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a request to mend, or to look at again.

    Parameters
    ----------
    field : str
    kind : str
        What is ``missing`` and a ``contradiction`` keep a request from being sent; a ``doubt``
        may be right.
    says : str
        What is wrong, and what to do.
    """

    field: str
    kind: Kind
    says: str


ASKED: Final[dict[str, str]] = {
    "crime_code": "Give the crime code: four digits, as the offence code of the case.",
    "ori": "Give the ORI of your agency.",
    "officer": "Name the officer who asks.",
    "type": "Say which type of firearm it is.",
    "calibre": "Give the calibre.",
    "maker": "Give the maker.",
    "recovery_city": "Say in which city it was recovered.",
    "recovery_state": "Say in which state it was recovered.",
}
"""What no request can do without, and what to do where it is missing."""

FIRES_410: Final = ("revolver", "derringer")
RIFLED: Final = ("pistol", "revolver", "derringer", "rifle")


def check_request(
    asks: RequestedTrace, today: date, maker_of: Callable[[str], Maker | None]
) -> tuple[Fault, ...]:
    """What is missing, contradictory or doubtful in a request.

    Parameters
    ----------
    asks : RequestedTrace
    today : date
    maker_of : callable
        What is known of the maker that somebody wrote down; None where nothing is.

    Returns
    -------
    tuple of Fault
        What keeps it from being sent first.
    """
    known = maker_of(asks.maker)
    serial = read_serial(asks.serial)
    found = [
        *_missing(asks, serial),
        *_form(asks),
        *_recovery(asks, today),
        *_serial(asks, serial, known),
        *_origin(asks, known),
        *_gun(asks),
        *_possessor(asks),
    ]
    return tuple(sorted(found, key=lambda one: one.kind == "doubt"))


def _missing(asks: RequestedTrace, serial: Serial) -> Iterator[Fault]:
    for field, says in ASKED.items():
        if not getattr(asks, field).strip():
            yield Fault(field, "missing", says)
    if asks.recovered is None:
        yield Fault("recovered", "missing", "Give the day on which it was recovered.")
    if serial.status == "unknown" and not serial.fault:
        yield Fault(
            "serial", "missing", "Give the serial number, or say that it is obliterated or none."
        )
    if asks.priority == "urgent" and not asks.justification.strip():
        yield Fault("justification", "missing", "Say why the trace is urgent.")


def _form(asks: RequestedTrace) -> Iterator[Fault]:
    if asks.ori and not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{7}", asks.ori):
        yield Fault(
            "ori", "contradiction", "Correct the ORI: nine capitals and digits, two letters first."
        )
    if asks.crime_code and not re.fullmatch(r"[0-9]{4}", asks.crime_code):
        yield Fault("crime_code", "contradiction", "Correct the crime code: it has four digits.")
    if asks.recovery_state and code_of(asks.recovery_state) in ("", *ABROAD):
        yield Fault(
            "recovery_state", "contradiction", f"{asks.recovery_state} is no state; write IL."
        )


def _recovery(asks: RequestedTrace, today: date) -> Iterator[Fault]:
    if asks.recovered is None:
        return
    if asks.recovered > today:
        yield Fault("recovered", "contradiction", "Correct the day of recovery: it lies ahead.")
    if asks.recovered < EARLIEST:
        yield Fault("recovered", "contradiction", "Correct the day of recovery: it is before 1900.")


def _serial(asks: RequestedTrace, serial: Serial, known: Maker | None) -> Iterator[Fault]:
    if serial.fault:
        yield Fault("serial", "contradiction", f"The serial number {serial.fault}; read it again.")
    if serial.status == "obliterated" and not asks.markings.strip():
        yield Fault(
            "markings", "doubt", "The serial number is obliterated: describe every other mark."
        )
    if serial.status == "partial":
        yield Fault("serial", "doubt", "The serial number is partial; such traces often fail.")
    number = serial.normalised
    for field in ("model", "calibre"):
        if number and number == normalised(getattr(asks, field)):
            yield Fault(
                "serial", "doubt", f"The serial number is the same as the {field}; read it again."
            )
    if serial.status == "intact" and known and not known.fits(number):
        yield Fault(
            "serial",
            "doubt",
            f"The serial number does not look like one of {known.name}'s; read it again.",
        )


def _origin(asks: RequestedTrace, known: Maker | None) -> Iterator[Fault]:
    country = "" if is_usa(asks.country) else asks.country.strip()
    if not asks.importer.strip() and (country or (known and known.is_foreign)):
        certain = bool(country) or not (known and known.also_made_in_usa)
        if not (is_usa(asks.country) and known and known.also_made_in_usa):
            yield Fault(
                "importer",
                "missing" if certain else "doubt",
                "It is foreign made: give the importer, which is stamped on frame, slide or barrel."
                if certain
                else f"{known.name if known else 'This maker'} also makes firearms abroad: "
                "give the importer if one is stamped on it, or the country.",
            )
    if asks.importer and normalised(asks.importer) == normalised(asks.maker):
        yield Fault("importer", "doubt", "Importer and maker are the same; look at the stamps.")
    if known and known.country and asks.country and not _agrees(asks.country, known):
        yield Fault(
            "country",
            "doubt",
            f"{known.name} is of {known.country}, not of {asks.country}; look at the stamps.",
        )


def is_usa(country: str) -> bool:
    """Whether a country that somebody wrote down is the United States."""
    return normalised(country) in {"USA", "US", "UNITEDSTATES", "UNITEDSTATESOFAMERICA"}


def _agrees(country: str, known: Maker) -> bool:
    if is_usa(country):
        return known.also_made_in_usa or not known.is_foreign
    return normalised(country) == normalised(known.country)


def _gun(asks: RequestedTrace) -> Iterator[Fault]:
    bore = bool(re.fullmatch(r"\.?410( ?bore)?", asks.calibre.strip(), re.IGNORECASE))
    gauge = bore or bool(
        re.search(r"(?<![a-z])ga(?:uge|\.)?(?![a-z])", asks.calibre, re.IGNORECASE)
    )
    if gauge and asks.type in RIFLED and not (bore and asks.type in FIRES_410):
        yield Fault(
            "calibre", "doubt", f"A {asks.type} in {asks.calibre}: look at type and calibre again."
        )
    if asks.type == "shotgun" and asks.calibre and not gauge:
        yield Fault("calibre", "doubt", f"A shotgun in {asks.calibre}: give its gauge.")


def _possessor(asks: RequestedTrace) -> Iterator[Fault]:
    if asks.possessor and not asks.possessor_complete:
        yield Fault("possessor", "doubt", "The possessor lacks a given name or the date of birth.")
