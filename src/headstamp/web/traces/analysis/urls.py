"""Addresses of what follows from many traces."""

from __future__ import annotations

from django.urls import path

from headstamp.web.traces.analysis import flows, views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("report/", views.report, name="report"),
    path("signs/", views.signs, name="signs"),
    path("networks/", views.networks, name="networks"),
    path("flows/", flows.flows, name="flows"),
    path("flows/<slug:name>.svg", flows.flow_chart, name="flow_chart"),
    path("dealers/", views.dealers, name="dealers"),
    path("results/<uuid:pk>/", views.result, name="result"),
]
