"""Addresses under /p/<p>/reports/."""

from django.urls import URLPattern, URLResolver, include, path

from reports.views import definitions, effect, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reports.reports, name="reports"),
    path("definitions/", definitions.definitions, name="report_definitions"),
    path("effect/", effect.effects_list, name="effects"),
    path("volumes/", include("reports.urls_volumes")),
    path("", include("reports.urls_files")),
    path("<slug:kind>/", reports.report, name="report"),
]
