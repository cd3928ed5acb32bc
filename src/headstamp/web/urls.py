"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from headstamp.web.home import home, search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("", include("headstamp.web.accounts.urls")),
    path("", include("headstamp.web.casework.urls")),
    path("", include("headstamp.web.evidence.urls")),
    path("", include("headstamp.web.comparisons.urls")),
    path("figures/", include("headstamp.web.figures.urls")),
    path("check/", include("headstamp.web.claims.urls")),
    path("leads/", include("headstamp.web.leads.urls")),
    path("traces/", include("headstamp.web.traces.urls")),
    path("audit/", include("headstamp.web.audit.urls")),
]
handler403 = "headstamp.web.answers.faults.forbidden"
handler404 = "headstamp.web.figures.public.answers.not_found"
handler500 = "headstamp.web.answers.faults.server_error"
