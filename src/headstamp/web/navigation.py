"""The pages in the header, for the person who is signed in."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from headstamp.web.accounts.gate import LOCKED, NOTICED

PAGES: Final = (
    ("Home", "home", ""),
    ("Incidents", "casework:incidents", "casework.view"),
    ("Exhibits", "evidence:exhibits", "evidence.view"),
    ("Scans", "evidence:scans", "evidence.view"),
    ("Review queue", "comparisons:queue", "comparisons.view"),
    ("Leads", "leads:queue", "leads.view"),
    ("Traces", "traces:queue", "traces.view"),
    ("Cases", "casework:cases", "casework.view"),
    ("Figures", "figures:work", "figures.view"),
    ("Check a text", "claims:check", ""),
    ("Imports", "evidence:imports", "casework.import_tables"),
    ("People", "accounts:people", "accounts.view_people"),
    ("Agencies", "accounts:agencies", "accounts.view_people"),
    ("Sharing", "casework:agreements", "casework.view_agreements"),
    ("Audit", "audit:events", "audit.view_events"),
)


def _is_past_the_gate(request: HttpRequest) -> bool:
    """Whether the pages lead anywhere but to the lock or the notice."""
    return bool(request.session.get(NOTICED)) and not request.session.get(LOCKED)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation``, ``demo`` and whether there is somebody to show it to."""
    user = getattr(request, "user", None)
    pages = []
    if user is not None and user.is_authenticated and _is_past_the_gate(request):
        for label, name, permission in PAGES:
            if not permission or user.has_perm(permission):
                url = reverse(name)
                within = url != "/" and request.path.startswith(url)
                current = "page" if request.path == url else "true" if within else ""
                pages.append({"label": label, "url": url, "current": current})
    return {"navigation": pages, "demo": settings.DEMO, "time_zone": settings.TIME_ZONE}
