"""The pages that are measured, and how each is asked for: other records, filters and pages."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

Target = dict[str, Any]
"""What one person opens; see ``city_targets``."""

WORDS: Final = ("Alder", "Maple", "robbery", "murder", "W Cedar", "12XX", "discharge")
MISSES: Final = ("zzyzx", "Nowhere Lane", "QX99-000000", "unheard of")
MAKERS: Final = ("KESTREL", "northgate", "bluff", "kerb")
MODELS: Final = ("Corvane", "Pocket", "9 mm", "Snub", ".45")
AREAS: Final = ("Foundry", "Marlow Point", "Reedland", "Old Quay")
READERS: Final = ("analyst", "technician", "monitor")
MANAGERS: Final = ("monitor", "administrator")
EVERYBODY: Final = (*READERS, "investigator", "administrator")
LEADERS: Final = ("analyst", "investigator", "monitor")


@dataclass(frozen=True)
class Page:
    """One kind of page.

    ``path`` draws an address of it; ``roles`` have it.
    """

    name: str
    path: Callable[[Target, random.Random], str]
    roles: tuple[str, ...] = READERS


def listed(base: str, **choices: Any) -> Callable[[Target, random.Random], str]:
    """An address with one value drawn of each group of choices."""

    def path(target: Target, chance: random.Random) -> str:
        values = {name: _value(found, target, chance) for name, found in choices.items()}
        return f"{base}?{urlencode(values)}" if values else base

    return path


def _value(found: Any, target: Target, chance: random.Random) -> Any:
    if callable(found):
        return found(target, chance)
    return chance.choice(list(found))


def record(base: str, kind: str, end: str = "") -> Callable[[Target, random.Random], str]:
    """The address of one of the records a person reaches."""
    return lambda target, chance: f"{base}{chance.choice(target[kind])}/{end}"


def beginning(kind: str, least: int, most: int) -> Callable[[Target, random.Random], str]:
    """The first characters of a number."""

    def value(target: Target, chance: random.Random) -> str:
        text = str(chance.choice(target[kind]))
        return text[: chance.randint(least, most)]

    return value


def whole(kind: str) -> Callable[[Target, random.Random], str]:
    """A number as a person types it: in small letters."""
    return lambda target, chance: str(chance.choice(target[kind])).lower()


def day(_: Target, chance: random.Random) -> str:
    """A day of the decade."""
    return f"{chance.randint(2016, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def person_name(_: Target, chance: random.Random) -> str:
    """Part of a name."""
    return chance.choice(["ada", "Hugo", "beck", "Tess", "willow"])


DEEP: Final = range(20, 200)

PAGES: Final = (
    Page("health, nobody signed in", listed("/health/"), ()),
    Page("health", listed("/health/"), EVERYBODY),
    Page("home", listed("/"), EVERYBODY),
    Page("search: a number", listed("/search/", q=whole("numbers"))),
    Page("search: an exhibit's number", listed("/search/", q=whole("exhibit_numbers"))),
    Page("search: a serial number", listed("/search/", q=whole("serials"))),
    Page("search: a word", listed("/search/", q=WORDS)),
    Page("search: nothing found", listed("/search/", q=MISSES)),
    Page("incidents", listed("/incidents/")),
    Page("incidents: deep page", listed("/incidents/", page=DEEP)),
    Page("incidents: begins with", listed("/incidents/", q=beginning("numbers", 4, 8))),
    Page("incidents: a number", listed("/incidents/", q=whole("numbers"))),
    Page("incidents: a word", listed("/incidents/", q=WORDS)),
    Page("incidents: a word, deep page", listed("/incidents/", q=WORDS, page=range(3, 30))),
    Page("incidents: nothing found", listed("/incidents/", q=MISSES)),
    Page(
        "incidents: area and status", listed("/incidents/", area=AREAS, status=["open", "closed"])
    ),
    Page("incidents: from a day", listed("/incidents/", occurred_from=day)),
    Page("incidents: until a day", listed("/incidents/", occurred_until=day)),
    Page("incident", record("/incidents/", "incidents")),
    Page("incident: labels", record("/incidents/", "incidents", "labels/")),
    Page("scene", record("/scenes/", "scenes")),
    Page("exhibits", listed("/exhibits/")),
    Page("exhibits: deep page", listed("/exhibits/", page=DEEP)),
    Page("exhibits: a number", listed("/exhibits/", q=whole("exhibit_numbers"))),
    Page("exhibits: begins with", listed("/exhibits/", q=beginning("exhibit_numbers", 4, 11))),
    Page("exhibits: a word", listed("/exhibits/", q=MAKERS)),
    Page("exhibits: nothing found", listed("/exhibits/", q=MISSES)),
    Page("exhibits: a kind", listed("/exhibits/", kind=["cartridge_case", "firearm", "test_fire"])),
    Page("exhibits: a kind there is none of", listed("/exhibits/", kind=["other"])),
    Page("exhibits: a calibre", listed("/exhibits/", calibre=["9 mm", ".22", "gauge"])),
    Page("exhibits: scanned", listed("/exhibits/", scanned=["yes", "no"])),
    Page("exhibits: in my custody", listed("/exhibits/", held_by_me=["on"])),
    Page("exhibit", record("/exhibits/", "exhibits")),
    Page("hand-over", record("/hand-overs/", "hand_overs"), ("technician",)),
    Page("firearms", listed("/firearms/")),
    Page("firearms: a serial number", listed("/firearms/", q=whole("serials"))),
    Page("firearms: a word", listed("/firearms/", q=MODELS)),
    Page("firearms: nothing found", listed("/firearms/", q=MISSES)),
    Page("scans", listed("/scans/")),
    Page("scans: deep page", listed("/scans/", page=range(5, 60))),
    Page("scans: an exhibit's number", listed("/scans/", q=whole("exhibit_numbers"))),
    Page("scans: begins with", listed("/scans/", q=beginning("exhibit_numbers", 4, 8))),
    Page("scans: nothing found", listed("/scans/", q=MISSES)),
    Page("scans: a state", listed("/scans/", state=["failed", "unsuitable", "searched"])),
    Page("scan", record("/scans/", "scans")),
    Page("scan with candidates", record("/scans/", "real_scans")),
    Page("surface, facts", record("/scans/", "real_scans", "surface/")),
    Page("surface, heights", record("/scans/", "real_scans", "heights/")),
    Page("scan, picture", record("/scans/", "real_scans", "picture/")),
    Page("scan, mask", record("/scans/", "real_scans", "mask/picture/")),
    Page("scan, automatic mask", record("/scans/", "real_scans", "mask/picture/?automatic")),
    Page("mask editor", record("/scans/", "real_scans", "mask/"), ("technician",)),
    Page("queue", listed("/queue/")),
    Page("queue: all", listed("/queue/", state=["all"])),
    Page("queue: deep page", listed("/queue/", state=["all"], page=range(3, 12))),
    Page("queue: a state", listed("/queue/", state=["hit_confirmed", "withdrawn", "correlated"])),
    Page("queue: a number", listed("/queue/", state=["all"], q=whole("link_numbers"))),
    Page(
        "queue: begins with",
        listed("/queue/", state=["all"], q=beginning("link_numbers", 4, 8)),
    ),
    Page("queue: nothing found", listed("/queue/", state=["all"], q=MISSES)),
    Page("link", record("/links/", "links")),
    Page("comparison", record("/comparisons/", "comparisons")),
    Page("comparison, cells", record("/comparisons/", "comparisons", "data/")),
    Page("leads", listed("/leads/"), LEADERS),
    Page("leads: all", listed("/leads/", state=["all"]), LEADERS),
    Page("leads: deep page", listed("/leads/", state=["all"], page=range(3, 60)), LEADERS),
    Page("leads: a state", listed("/leads/", state=["new", "closed_arrest"]), LEADERS),
    Page("leads: mine", listed("/leads/", who=["mine"], state=["", "all"]), LEADERS),
    Page("leads: my agency's", listed("/leads/", who=["agency"], state=["", "all"]), LEADERS),
    Page("leads: by notice", listed("/leads/", clock=["overdue", "today"]), LEADERS),
    Page("leads: a priority", listed("/leads/", state=["all"], priority=["0", "1"]), LEADERS),
    Page("leads: a number", listed("/leads/", state=["all"], q=whole("lead_numbers")), LEADERS),
    Page(
        "leads: an exhibit's number",
        listed("/leads/", state=["all"], q=whole("link_numbers")),
        LEADERS,
    ),
    Page(
        "leads: begins with",
        listed("/leads/", state=["all"], q=beginning("link_numbers", 4, 8)),
        LEADERS,
    ),
    Page("leads: nothing found", listed("/leads/", state=["all"], q=MISSES), LEADERS),
    Page("lead", record("/leads/", "leads"), LEADERS),
    Page("lead sheet", record("/leads/", "leads", "sheet/"), LEADERS),
    Page("notifications", listed("/leads/notifications/"), LEADERS),
    Page("measures of leads", listed("/leads/measures/"), ("analyst", "monitor")),
    Page("cases", listed("/cases/")),
    Page("case", record("/cases/", "cases")),
    Page("change an incident", record("/incidents/", "own_incidents", "change/"), ("analyst",)),
    Page("new exhibit", record("/incidents/", "own_incidents", "exhibits/new/"), ("technician",)),
    Page("change an exhibit", record("/exhibits/", "own_exhibits", "change/"), ("technician",)),
    Page("imports", listed("/imports/"), ("analyst",)),
    Page("people", listed("/people/"), MANAGERS),
    Page("people: a name", listed("/people/", q=person_name), MANAGERS),
    Page("person", record("/people/", "accounts"), ("administrator",)),
    Page("agencies", listed("/agencies/"), MANAGERS),
    Page("agency", record("/agencies/", "agencies"), ("administrator",)),
    Page("sharing", listed("/sharing/"), ("monitor",)),
    Page("audit", listed("/audit/"), ("monitor",)),
    Page("audit: deep page", listed("/audit/", page=DEEP), ("monitor",)),
    Page("audit: an action", listed("/audit/", action=["evidence.scan", "accounts"]), ("monitor",)),
    Page("audit: no such action", listed("/audit/", action=["figures"]), ("monitor",)),
    Page("audit: a person", listed("/audit/", person=person_name), ("monitor",)),
    Page("audit: nobody", listed("/audit/", person=["zzyzx"]), ("monitor",)),
    Page("audit: a record", listed("/audit/", record=whole("incidents")), ("monitor",)),
    Page("audit: refused", listed("/audit/", outcome=["refused", "failed"]), ("monitor",)),
    Page("audit: since", listed("/audit/", since=day), ("monitor",)),
    Page("audit: until", listed("/audit/", until=day), ("monitor",)),
    Page(
        "audit: an action until a day",
        listed("/audit/", action=["comparisons"], until=day),
        ("monitor",),
    ),
    Page("audit event", record("/audit/", "events"), ("monitor",)),
)
