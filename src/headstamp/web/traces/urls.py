"""Addresses."""

from __future__ import annotations

from django.urls import include, path

from headstamp.web.traces import views, work_views

app_name = "traces"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("export/", work_views.export, name="export"),
    path("completeness/", views.completeness, name="completeness"),
    path("serials/", views.serial_numbers, name="serials"),
    path("results/", include("headstamp.web.traces.tables.urls")),
    path("analysis/", include("headstamp.web.traces.analysis.urls")),
    path("gun/<uuid:pk>/", views.gun, name="gun"),
    path("of-exhibit/<uuid:pk>/", views.add_request, name="add_request"),
    path("requests/<uuid:pk>/", views.trace_request, name="request"),
    path("requests/<uuid:pk>/change/", views.change_request, name="change_request"),
    path("requests/<uuid:pk>/possessor/", work_views.name_possessor, name="name_possessor"),
    path("requests/<uuid:pk>/submit/", work_views.submit, name="submit"),
    path("requests/<uuid:pk>/news/", work_views.hear, name="hear"),
    path("requests/<uuid:pk>/cancel/", work_views.cancel, name="cancel"),
]
