"""What a synthetic city consists of; see ``city.plan_city``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency.

    ``kind`` is ``police``, ``sheriff``, ``federal``, ``prosecutor`` or ``oversight``;
    ``has_agreement`` says whether it shares records with the city's police.
    """

    code: str
    name: str
    kind: str
    has_agreement: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """An invented person and the one role they have; the address ends in ``.example``."""

    name: str
    email: str
    role: str
    agency: str


@dataclass(frozen=True, slots=True)
class Area:
    """A district: corners counter-clockwise in the city's local frame, metres (x east, y north).

    ``agency`` is the code of the agency that patrols it.
    """

    name: str
    agency: str
    polygon: tuple[tuple[float, float], ...]
    population: int


@dataclass(frozen=True, slots=True)
class Incident:
    """One event.

    Parameters
    ----------
    number : str
        ``PV26-000123``: agency, year of the report, running number with gaps.
    occurred_at, reported_at : datetime
        Aware, UTC.
    area : str
    address : str
        Of the block: ``12XX W Alder St``.
    x_m, y_m : float
        Middle of the block in the city's local frame, metres.
    offence_code, offence_title : str
        NIBRS.
    status : str
        ``open``, ``cleared``, ``suspended`` or ``closed``.
    homicides, nonfatal, shot_at : int
        Victims killed, wounded, and shot at but not hit.
    agency : str
        Code.
    """

    number: str
    occurred_at: datetime
    reported_at: datetime
    area: str
    address: str
    x_m: float
    y_m: float
    offence_code: str
    offence_title: str
    status: str
    homicides: int
    nonfatal: int
    shot_at: int
    agency: str


@dataclass(frozen=True, slots=True)
class Firearm:
    """A gun and its truth; both makers and serial numbers are invented.

    Parameters
    ----------
    id : str
    maker, model, calibre, type : str
        ``type`` is ``pistol``, ``revolver``, ``rifle`` or ``shotgun``.
    serial : str
        As stamped at the factory, whatever can still be read of it.
    serial_status : str
        ``intact`` or ``obliterated``.
    batch : str
        Guns of one batch share tool marks; empty for a gun that shares its marks with no other.
    used_in : tuple of str
        Incident numbers, oldest first.
    recovered_in : str or None
        Incident number; never before its last use.
    """

    id: str
    maker: str
    model: str
    calibre: str
    type: str
    serial: str
    serial_status: str
    batch: str
    used_in: tuple[str, ...]
    recovered_in: str | None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One thing that was collected.

    Parameters
    ----------
    number, incident : str
        ``PV26-000123-01`` and ``PV26-000123``.
    kind : str
        ``cartridge_case``, ``bullet``, ``magazine``, ``firearm`` or ``test_fire``.
    headstamp_maker : str
        Empty where there is no headstamp.
    calibre : str
    collected_at : datetime
        Aware, UTC.
    collector : str
        Email address of a member of staff.
    x_m, y_m : float or None
        On the sketch of the scene, metres; None for what was made in the laboratory.
    firearm : str or None
        Truth: the id of the firearm; None for a gun of which the city holds nothing else.
    scanned : bool
    gun_index : int or None
        Of a scanned exhibit: the firearm's place in ``City.firearms``.
    firing_index : int or None
        Of a scanned exhibit: its place among them.
    """

    number: str
    incident: str
    kind: str
    headstamp_maker: str
    calibre: str
    collected_at: datetime
    collector: str
    x_m: float | None
    y_m: float | None
    firearm: str | None
    scanned: bool
    gun_index: int | None
    firing_index: int | None


@dataclass(frozen=True, slots=True)
class City:
    """A city with its truth. Incidents are in the order they occurred, exhibits in theirs."""

    seed: int
    name: str
    state: str
    time_zone: str
    agencies: tuple[Agency, ...]
    staff: tuple[Staff, ...]
    areas: tuple[Area, ...]
    incidents: tuple[Incident, ...]
    firearms: tuple[Firearm, ...]
    exhibits: tuple[Exhibit, ...]
