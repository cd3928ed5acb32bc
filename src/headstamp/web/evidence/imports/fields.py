"""Which fields a table of incidents or exhibits can have, and under which names they come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from headstamp.web.casework.models import Incident
from headstamp.web.evidence.models import Exhibit

Kind = Literal["text", "count", "number", "time", "clock", "choice"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row can say.

    Parameters
    ----------
    name : str
        Of the record's field.
    label : str
    kind : str
    names : tuple of str
        What agencies call the column, normalised.
    required : bool
    choices : dict
        Stored value of each word a choice can be written as, normalised.
    longest : int
        Characters of a text; degrees of a number.
    is_code : bool
        Whether a text is a number or code, of which spreadsheets make "202115056366.0".
    """

    name: str
    label: str
    kind: Kind = "text"
    names: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 200
    is_code: bool = False


def normalised(text: str) -> str:
    """Small letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _choices(pairs: Iterable[tuple[str, str]], **others: str) -> tuple[tuple[str, str], ...]:
    words = [(normalised(word), value) for value, label in pairs for word in (value, label)]
    return (*words, *((normalised(word), value) for word, value in others.items()))


INCIDENT_NUMBER: Final = (
    *("incidentnumber", "casenumber", "rdno", "incidentid", "reportnumber", "complaintnumber"),
    *("incidentno", "caseno", "dccnumber", "incidentkey", "cadnumber", "number", "rd", "dckey"),
)

KILLED: Final = ("killed", "homicides", "fatal", "isfatal", "deaths", "statisticalmurderflag")
COUNTS: Final = ("homicides", "nonfatal", "shot_at")

INCIDENTS: Final = (
    Field(
        "number",
        "Incident number",
        "text",
        INCIDENT_NUMBER,
        required=True,
        longest=40,
        is_code=True,
    ),
    Field(
        "occurred_at",
        "Occurred",
        "time",
        (
            "occurred",
            "occurredat",
            "date",
            "datetime",
            "occurdate",
            "incidentdate",
            "dateoccurred",
            "injurydate",
        ),
        required=True,
    ),
    Field(
        "occurred_clock",
        "Time of day, if it has a column of its own",
        "clock",
        ("occurtime", "timeoccurred", "incidenttime", "time", "timeofday"),
    ),
    Field("reported_at", "Reported", "time", ("reported", "reportedat", "reportdate")),
    Field("address", "Place", "text", ("address", "block", "location", "place", "street")),
    Field(
        "area",
        "Area",
        "text",
        (
            *("area", "district", "beat", "precinct", "neighborhood", "boro", "communityarea"),
            *("zone", "dist"),
        ),
        longest=80,
        is_code=True,
    ),
    Field(
        "offence_code",
        "Offence code",
        "text",
        ("iucr", "code", "offensecode"),
        longest=20,
        is_code=True,
    ),
    Field(
        "offence_title",
        "Offence",
        "text",
        ("offence", "offense", "primarytype", "primarydescription", "crimetype", "incidentprimary"),
        longest=120,
    ),
    Field("homicides", "Killed", "count", KILLED),
    Field("nonfatal", "Wounded", "count", ("wounded", "nonfatal", "injured")),
    Field("shot_at", "Shot at, not hit", "count", ("shotat", "shotatnothit")),
    Field("latitude", "Latitude", "number", ("latitude", "lat", "y"), longest=90),
    Field(
        "longitude",
        "Longitude",
        "number",
        ("longitude", "lon", "long", "lng", "x"),
        longest=180,
    ),
    Field(
        "status",
        "Status",
        "choice",
        ("status", "disposition", "casestatus"),
        choices=_choices(
            Incident.Status.choices, active="open", arrest="cleared", inactive="suspended"
        ),
    ),
)

EXHIBITS: Final = (
    Field(
        "incident",
        "Incident number",
        "text",
        INCIDENT_NUMBER,
        required=True,
        longest=40,
        is_code=True,
    ),
    Field(
        "number",
        "Exhibit number",
        "text",
        ("exhibit", "exhibitnumber", "evidencenumber", "itemnumber", "inventorynumber", "item"),
        required=True,
        longest=50,
        is_code=True,
    ),
    Field(
        "kind",
        "Kind",
        "choice",
        ("kind", "type", "itemtype", "evidencetype", "category"),
        required=True,
        choices=_choices(
            Exhibit.Kind.choices,
            casing="cartridge_case",
            shellcasing="cartridge_case",
            cartridgecasing="cartridge_case",
            casings="cartridge_case",
            projectile="bullet",
            gun="firearm",
            handgun="firearm",
            pistol="firearm",
        ),
    ),
    Field(
        "collected_at",
        "Collected",
        "time",
        ("collected", "collectedat", "datecollected", "recovered", "recoverydate"),
        required=True,
    ),
    Field("description", "Description", "text", ("description", "remarks", "notes"), longest=300),
    Field("headstamp_maker", "Headstamp", "text", ("headstamp", "brand", "maker"), longest=60),
    Field("calibre", "Calibre", "text", ("calibre", "caliber", "cal"), longest=40),
)

FIELDS: Final = {"incidents": INCIDENTS, "exhibits": EXHIBITS}


def suggested(columns: Iterable[str], kind: str) -> dict[str, str]:
    """The column that most likely holds each field; a column serves one field."""
    left = {normalised(column): column for column in columns}
    found: dict[str, str] = {}
    for field in FIELDS[kind]:
        for name in (field.name.replace("_", ""), *field.names):
            if name in left:
                found[field.name] = left.pop(name)
                break
    return found
