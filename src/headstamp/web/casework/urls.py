"""Addresses."""

from __future__ import annotations

from django.urls import path

from headstamp.web.casework import case_views as cases
from headstamp.web.casework import incident_views as incidents
from headstamp.web.casework import scene_views as scenes

app_name = "casework"
urlpatterns = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/export/", incidents.export, name="export_incidents"),
    path("incidents/new/", incidents.add_incident, name="add_incident"),
    path("incidents/<uuid:pk>/", incidents.incident, name="incident"),
    path("incidents/<uuid:pk>/change/", incidents.change_incident, name="change_incident"),
    path("incidents/<uuid:pk>/withdraw/", incidents.withdraw_incident, name="withdraw_incident"),
    path("incidents/<uuid:pk>/scenes/new/", scenes.open_scene, name="open_scene"),
    path("scenes/<uuid:pk>/", scenes.scene, name="scene"),
    path("scenes/<uuid:pk>/change/", scenes.change_scene, name="change_scene"),
    path("scenes/<uuid:pk>/photographs/", scenes.add_photographs, name="add_photographs"),
    path("scenes/<uuid:pk>/withdraw/", scenes.withdraw_scene, name="withdraw_scene"),
    path("photographs/<uuid:pk>/", scenes.photograph, name="photograph"),
    path("photographs/<uuid:pk>/withdraw/", scenes.withdraw_photograph, name="withdraw_photograph"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.add_case, name="add_case"),
    path("cases/<uuid:pk>/", cases.case, name="case"),
    path("cases/<uuid:pk>/change/", cases.change_case, name="change_case"),
    path("cases/<uuid:pk>/members/", cases.change_members, name="change_members"),
    path("cases/<uuid:pk>/incidents/", cases.change_incidents, name="change_incidents"),
    path("sharing/", cases.agreements, name="agreements"),
    path("sharing/new/", cases.add_agreement, name="add_agreement"),
    path("sharing/<uuid:pk>/end/", cases.end_agreement, name="end_agreement"),
]
