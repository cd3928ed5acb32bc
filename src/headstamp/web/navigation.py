"""The pages in the header, for the person who is signed in."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

PAGES: Final = (
    ("Home", "home", ""),
    ("Incidents", "casework:incidents", "casework.view"),
    ("Exhibits", "evidence:exhibits", "evidence.view"),
    ("Scans", "evidence:scans", "evidence.view"),
    ("Review queue", "comparisons:queue", "comparisons.view"),
    ("Cases", "casework:cases", "casework.view"),
    ("Imports", "evidence:imports", "casework.import_tables"),
    ("People", "accounts:people", "accounts.view_people"),
    ("Agencies", "accounts:agencies", "accounts.view_people"),
    ("Sharing", "casework:agreements", "casework.view_agreements"),
    ("Audit", "audit:events", "audit.view_events"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation``, ``demo`` and whether there is somebody to show it to."""
    user = getattr(request, "user", None)
    pages = []
    if user is not None and user.is_authenticated and not request.session.get("locked"):
        for label, name, permission in PAGES:
            if not permission or user.has_perm(permission):
                url = reverse(name)
                current = request.path == url or (url != "/" and request.path.startswith(url))
                pages.append({"label": label, "url": url, "current": current})
    return {"navigation": pages, "demo": settings.DEMO, "time_zone": settings.TIME_ZONE}
