"""Load the city whose pages are measured into a new workspace, and check its chains.

Usage: python -m benchmarks.city_load WORKSPACE [SHARE]
The database is the one ``DATABASE_URL`` names, else SQLite; a share below 1 loads a smaller city.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.city_evidence import Sizes


def main() -> int:
    """Load; prints how long it took."""
    folder = Path(sys.argv[1])
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    sizes = scaled(share)
    from headstamp.web.setup import migrate, use
    from headstamp.web.workspace import Workspace

    Workspace.create(folder)
    use(folder)
    migrate()
    begun = time.perf_counter()
    written, targets = load(sizes, folder)
    loaded = time.perf_counter() - begun
    checks = check(written)
    (folder / "targets.json").write_text(json.dumps(targets, indent=1), encoding="utf-8")
    print(json.dumps({"seconds": round(loaded, 1), "rows": written["rows"], **checks}))
    return 0


def scaled(share: float) -> Sizes:
    """The city, or a smaller one."""
    whole = Sizes()
    names = ("incidents", "exhibits", "scans", "comparisons", "links", "leads", "events")
    return replace(whole, **{name: int(getattr(whole, name) * share) for name in names})


def load(sizes: Sizes, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Everything, in one transaction; what was written, and what is to be requested."""
    from django.db import transaction

    from benchmarks.city_evidence import load_evidence
    from benchmarks.city_leads import load_leads
    from benchmarks.city_links import load_laboratory
    from benchmarks.city_offers import load_offers
    from benchmarks.city_people import load_agreements, load_cases, load_people
    from benchmarks.city_record import Happenings, load_record
    from benchmarks.city_targets import targets_of

    chance = random.Random(11)
    times: dict[str, float] = {}

    def timed(name: str, work: Any) -> Any:
        begun = time.perf_counter()
        found = work()
        times[name] = round(time.perf_counter() - begun, 1)
        print(f"  {name}: {times[name]} s", file=sys.stderr, flush=True)
        return found

    with transaction.atomic():
        people = timed("people", lambda: load_people(chance))
        evidence = timed("evidence", lambda: load_evidence(chance, people, sizes))
        offers = timed("offers", lambda: load_offers(chance, people, evidence))
        cases = timed("cases", lambda: load_cases(chance, people, evidence.incidents))
        timed("agreements", lambda: load_agreements(people, cases))
        found = timed("links", lambda: load_laboratory(chance, people, evidence, sizes, folder))
        leads = timed("leads", lambda: load_leads(chance, people, found.links, sizes.leads))
        happenings = Happenings(evidence, offers, found, leads)
        events = timed("record", lambda: load_record(chance, people, happenings, sizes))
    settle()
    targets = timed("targets", lambda: targets_of(chance, people, found.real))
    rows = {
        "people": len(people.everybody),
        "incidents": len(evidence.incidents),
        "exhibits": len(evidence.exhibits),
        "custody": len(evidence.moves),
        "hand-overs": len(offers),
        "firearms": len(evidence.firearms),
        "scans": len(found.scans),
        "comparisons": len(found.comparisons),
        "links": len(found.links),
        "leads": len(leads.leads),
        "cases": len(cases),
        "events": events,
    }
    return {"rows": rows, "times": times}, targets


def settle() -> None:
    """What PostgreSQL does by itself in the course of a day; SQLite does nothing of the kind."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def check(written: dict[str, Any]) -> dict[str, Any]:
    """Recompute every chain that was loaded: the record, custody, the steps of links."""
    from headstamp.web.audit.queries import verify

    begun = time.perf_counter()
    found = verify()
    assert found.whole, found.sentences
    assert found.events == written["rows"]["events"]
    return {"chains_checked_s": round(time.perf_counter() - begun, 1)}


if __name__ == "__main__":
    sys.exit(main())
