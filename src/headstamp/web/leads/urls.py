"""Addresses."""

from __future__ import annotations

from django.urls import path

from headstamp.web.leads import measure_views, sheet_views, views, work_views

app_name = "leads"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read_notifications, name="read_notifications"),
    path("measures/", measure_views.measures, name="measures"),
    path("measures/export/", measure_views.export, name="export_measures"),
    path("from-link/<uuid:pk>/", work_views.make, name="make"),
    path("<uuid:pk>/", views.lead, name="lead"),
    path("<uuid:pk>/sheet/", sheet_views.sheet, name="sheet"),
    path("<uuid:pk>/sheet/file/", sheet_views.sheet_file, name="sheet_file"),
    path("<uuid:pk>/triage/", work_views.triage, name="triage"),
    path("<uuid:pk>/name/", work_views.name, name="name"),
    path("<uuid:pk>/assign/", work_views.assign, name="assign"),
    path("<uuid:pk>/acknowledge/", work_views.acknowledge, name="acknowledge"),
    path("<uuid:pk>/follow-up/", work_views.note, name="note"),
    path("<uuid:pk>/decide/", work_views.decide, name="decide"),
    path("<uuid:pk>/close/", work_views.close, name="close"),
    path("<uuid:pk>/rate/", work_views.rate, name="rate"),
    path("<uuid:pk>/reopen/", work_views.reopen, name="reopen"),
]
