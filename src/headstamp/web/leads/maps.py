"""The incidents of a lead on a small drawing, for a page."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from headstamp.reports.incident_map import Line, Place, incident_map
from headstamp.web.casework.models import Incident
from headstamp.web.comparisons.states import LinkState
from headstamp.web.leads.models import LeadBasis
from headstamp.web.leads.states import FALLEN


def picture_of(bases: Iterable[LeadBasis]) -> str:
    """The drawing as an address that holds it; empty if no place is known."""
    drawn = drawing_of(bases)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}" if drawn else ""


def drawing_of(bases: Iterable[LeadBasis]) -> str:
    """Incidents that the person may see, and lines between those that are linked."""
    places: dict[str, Place] = {}
    lines = []
    for one in bases:
        sides = (
            (one.link.exhibit_a.incident, one.a_incident_seen),
            (one.link.exhibit_b.incident, one.b_incident_seen),
        )
        found = [place for incident, seen in sides if seen and (place := _place(incident))]
        places |= {place.label: place for place in found}
        if len({place.label for place in found}) == 2 and one.link.state not in FALLEN:
            is_hit = one.link.state == LinkState.HIT_CONFIRMED
            lines.append(Line(found[0].label, found[1].label, is_hit))
    return incident_map(tuple(places.values()), tuple(lines))


def _place(incident: Incident) -> Place | None:
    if incident.latitude is None or incident.longitude is None:
        return None
    return Place(incident.number, incident.latitude, incident.longitude)
