"""Addresses."""

from __future__ import annotations

from django.urls import path

from headstamp.web.comparisons import views

app_name = "comparisons"
urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("links/<uuid:pk>/", views.link, name="link"),
    path("links/<uuid:pk>/review/", views.review, name="review"),
    path("links/<uuid:pk>/verify/", views.verify, name="verify"),
    path("links/<uuid:pk>/send/", views.disseminate, name="disseminate"),
    path(
        "links/<uuid:pk>/request-examination/",
        views.request_examination,
        name="request_examination",
    ),
    path("links/<uuid:pk>/examine/", views.examine, name="examine"),
    path(
        "links/<uuid:pk>/verify-examination/", views.verify_examination, name="verify_examination"
    ),
    path("links/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("comparisons/<uuid:pk>/", views.comparison, name="comparison"),
    path("comparisons/<uuid:pk>/data/", views.comparison_data, name="comparison_data"),
    path("comparisons/<uuid:pk>/open-link/", views.open_link, name="open_link"),
]
