"""Addresses."""

from __future__ import annotations

from django.urls import path

from headstamp.web.evidence import custody_views as custody
from headstamp.web.evidence import exhibit_views as exhibits
from headstamp.web.evidence import scan_views as scans
from headstamp.web.evidence.imports import views as imports

app_name = "evidence"
urlpatterns = [
    path("exhibits/", exhibits.exhibits, name="exhibits"),
    path("exhibits/<uuid:pk>/", exhibits.exhibit, name="exhibit"),
    path("exhibits/<uuid:pk>/change/", exhibits.change_exhibit, name="change_exhibit"),
    path("exhibits/<uuid:pk>/withdraw/", exhibits.withdraw_exhibit, name="withdraw_exhibit"),
    path("exhibits/<uuid:pk>/firearm/", custody.firearm, name="firearm"),
    path("exhibits/<uuid:pk>/offer/", custody.offer, name="offer"),
    path("exhibits/<uuid:pk>/move/", custody.move, name="move"),
    path("exhibits/<uuid:pk>/take-in/", custody.take_in, name="take_in"),
    path("exhibits/<uuid:pk>/take-over/", custody.take_over, name="take_over"),
    path("exhibits/<uuid:pk>/scans/", scans.add_scans, name="add_scans"),
    path("incidents/<uuid:pk>/exhibits/new/", exhibits.add_exhibit, name="add_exhibit"),
    path("incidents/<uuid:pk>/labels/", exhibits.labels, name="labels"),
    path("hand-overs/<uuid:pk>/", custody.hand_over, name="hand_over"),
    path("hand-overs/<uuid:pk>/settle/", custody.settle, name="settle"),
    path("firearms/", custody.firearms, name="firearms"),
    path("scans/", scans.scans, name="scans"),
    path("scans/<uuid:pk>/", scans.scan, name="scan"),
    path("scans/<uuid:pk>/progress/", scans.progress, name="progress"),
    path("scans/<uuid:pk>/surface/", scans.surface, name="surface"),
    path("scans/<uuid:pk>/heights/", scans.heights, name="heights"),
    path("scans/<uuid:pk>/picture/", scans.picture, name="picture"),
    path("scans/<uuid:pk>/mask/", scans.mask, name="mask"),
    path("scans/<uuid:pk>/mask/picture/", scans.mask_picture, name="mask_picture"),
    path("scans/<uuid:pk>/try-again/", scans.try_again, name="try_again"),
    path("scans/<uuid:pk>/withdraw/", scans.withdraw_scan, name="withdraw_scan"),
    path("scans/<uuid:pk>/file/", scans.download, name="download"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.add_import, name="add_import"),
    path("imports/<uuid:pk>/", imports.one_import, name="import"),
    path("imports/<uuid:pk>/map/", imports.map_import, name="map_import"),
    path("imports/<uuid:pk>/run/", imports.run_import, name="run_import"),
    path("imports/<uuid:pk>/abandon/", imports.abandon_import, name="abandon_import"),
    path("imports/<uuid:pk>/rows-to-mend/", imports.import_errors, name="import_errors"),
]
