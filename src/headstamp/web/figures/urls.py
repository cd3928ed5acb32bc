"""Addresses: the work inside, and the pages for everybody."""

from __future__ import annotations

from django.urls import include, path, re_path, register_converter

from headstamp.web.figures import work_views
from headstamp.web.figures.lists import views as lists
from headstamp.web.figures.public import addresses, downloads, pages, views
from headstamp.web.figures.releases import views as releases
from headstamp.web.figures.reports import views as reports

register_converter(addresses.JurisdictionConverter, "jurisdiction")
register_converter(addresses.RuleConverter, "rule")
register_converter(addresses.DayConverter, "day")

SECTIONS = "(?P<name>trends|map|hot-spots|near-repeat|cities)"
FILES = r"(?P<name>figures\.json|figures\.zip|report\.pdf)"

of_release = [
    path("", pages.release, name="release"),
    path("areas/<slug:kind>/", pages.of_areas, name="areas"),
    path("method/", pages.method, name="method"),
    path("method/<rule:slug>/", pages.rule, name="rule"),
    path("restatements/", pages.restatements, name="restatements"),
    path("report/", pages.report, name="report"),
    path("data/", pages.data, name="data"),
    path("charts/<slug:name>.svg", downloads.chart, name="chart"),
    re_path(rf"^{SECTIONS}/$", pages.section, name="section"),
    re_path(rf"^{FILES}$", downloads.download, name="download"),
    path("<rule:slug>/<slug:period>/", pages.figure, name="figure"),
]

work = [
    path("", work_views.overview, name="work"),
    path("lists/", lists.vintages, name="lists"),
    path("lists/add/", lists.add, name="add_list"),
    path("lists/compare/", lists.compare, name="compare_lists"),
    path("lists/<uuid:pk>/", lists.vintage, name="list"),
    path("lists/<uuid:pk>/set-aside/", lists.rejected, name="set_aside"),
    path("lists/<uuid:pk>/withdraw/", lists.withdraw, name="withdraw_list"),
    path("prepare/", releases.prepare, name="prepare"),
    path("drafts/<uuid:pk>/", releases.draft, name="draft"),
    path("drafts/<uuid:pk>/progress/", releases.progress, name="draft_progress"),
    path("drafts/<uuid:pk>/detail/", releases.detail, name="draft_detail"),
    path("drafts/<uuid:pk>/areas/<slug:kind>/", releases.areas, name="draft_areas"),
    path("drafts/<uuid:pk>/<slug:edition>/<slug:name>.svg", releases.chart, name="draft_chart"),
    path("drafts/<uuid:pk>/report/", releases.report, name="draft_report"),
    path("drafts/<uuid:pk>/release/", releases.release, name="release_draft"),
    path("drafts/<uuid:pk>/refuse/", releases.refuse, name="refuse_draft"),
    path("drafts/<uuid:pk>/withdraw/", releases.withdraw, name="withdraw_release"),
    path("weekly/", reports.weekly, name="weekly"),
    path("weekly/ask/", reports.ask_weekly, name="ask_weekly"),
    path("weekly/<uuid:pk>/", reports.one_weekly, name="one_weekly"),
    path("weekly/<uuid:pk>/file/", reports.weekly_pdf, name="weekly_pdf"),
    path("weekly/<uuid:pk>/<slug:name>.svg", reports.weekly_chart, name="weekly_chart"),
    path("templates/", reports.templates, name="templates"),
    path("templates/<slug:kind>/", reports.template, name="template"),
    path("templates/<slug:kind>/file/", reports.template_file, name="template_file"),
]

app_name = "figures"
urlpatterns = [
    path("work/", include(work)),
    path("", views.index, name="index"),
    path("<jurisdiction:jurisdiction>/", views.newest, name="newest"),
    path("<jurisdiction:jurisdiction>/archive/", views.archive, name="archive"),
    path("<jurisdiction:jurisdiction>/<day:to>/", views.of_day, name="of_day"),
    path("<jurisdiction:jurisdiction>/<day:to>/<int:number>/", include(of_release)),
]
