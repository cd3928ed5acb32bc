"""Addresses of tables of results."""

from __future__ import annotations

from django.urls import path

from headstamp.web.traces.tables import views

urlpatterns = [
    path("", views.tables, name="tables"),
    path("add/", views.add_table, name="add_table"),
    path("conflicts/", views.conflicts, name="conflicts"),
    path("<uuid:pk>/", views.table, name="table"),
    path("<uuid:pk>/map/", views.map_table, name="map_table"),
    path("<uuid:pk>/import/", views.run_table, name="run_table"),
    path("<uuid:pk>/leave-out/", views.abandon_table, name="abandon_table"),
    path("<uuid:pk>/set-aside/", views.set_aside, name="set_aside"),
]
