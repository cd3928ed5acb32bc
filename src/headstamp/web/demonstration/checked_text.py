"""A text about the city in the manner of a newspaper, checked against what was released of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse

from headstamp.claims.finding import IN_WORDS
from headstamp.simulation.city_people import CITY_POLICE
from headstamp.web.claims.actions import keep
from headstamp.web.demonstration.people import People
from headstamp.web.figures.models import Release
from headstamp.web.figures.releases.kept import document_of
from headstamp.web.figures.releases.pieces import FIGURES, PUBLIC
from headstamp.web.roles import Role

MADE_UP: Final = "Everybody in this text, like the city, is made up."
TEXT: Final = """\
Port Verity counts its dead

Port Verity has had {murders} murders so far this year, compared with {murders_before} in the same \
period last year, according to police figures. “We are not where we want to be,” Chief Ines Abara \
told the council on Monday.

“{victims} shootings in Port Verity this year!” council member Otis Quill wrote that evening. \
“Murders in our city have tripled since last year.”

About {rounded} people have been shot in Port Verity this year, {killed} of them fatally. The \
department hired 40 officers in 2024, recovered 212 guns last month and lost its annual game to \
the fire brigade, 9-4.

{made_up}
"""


@dataclass(frozen=True, slots=True)
class CheckedText:
    """Where the result is kept, and each claim with its finding in words."""

    address: str
    claims: tuple[tuple[str, str], ...]


def add_checked_text(people: People) -> CheckedText:
    """Keep what such a text is found to say.

    One number in it is of people where it says shootings, and one is far off: a reader sees how
    each finding looks.
    """
    release = Release.objects.standing().newest_first()[0]
    text = TEXT.format(made_up=MADE_UP, **_numbers(document_of(release.draft, PUBLIC, FIGURES)))
    by = people.one(CITY_POLICE, Role.ANALYST)
    written_on = release.last_day + timedelta(days=1)
    kept = keep(text=text, written_on=written_on, place=release.jurisdiction, by=by)
    claims = tuple((one["text"], IN_WORDS[one["finding"]]) for one in kept.claims)
    return CheckedText(reverse("claims:kept", args=[kept.pk]), claims)


def _numbers(document: dict[str, Any]) -> dict[str, int]:
    rows = {
        one["measure"]: one
        for one in document["figures"]
        if one["period"] == "year_to_date" and one["against"] == "last_year"
    }
    victims = rows["shooting_victims"]["count"]
    return {
        "murders": rows["murders"]["count"],
        "murders_before": rows["murders"]["comparison_count"],
        "victims": victims,
        "rounded": round(victims, -1),
        "killed": rows["fatal_shooting_victims"]["count"],
    }
