"""Addresses."""

from __future__ import annotations

from django.urls import path

from headstamp.web.claims import views
from headstamp.web.claims.api import api

app_name = "claims"
urlpatterns = [
    path("", views.check, name="check"),
    path("api/", api, name="api"),
    path("keep/", views.keep, name="keep"),
    path("kept/<uuid:pk>/", views.kept, name="kept"),
    path("kept/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
