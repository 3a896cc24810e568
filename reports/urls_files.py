"""Addresses under /p/<p>/reports/ of what is kept, printed and taken away."""

from django.urls import path

from reports.views import files, packs, saved

urlpatterns = [
    path("views/", saved.report_views, name="report_views"),
    path("views/<int:pk>/", saved.report_view, name="report_view"),
    path("pack/", packs.report_packs, name="report_packs"),
    path("pack/<slug:which>/", packs.report_pack, name="report_pack"),
    path("pack/<slug:which>/export.xlsx", packs.report_pack_xlsx, name="report_pack_xlsx"),
    path("<slug:kind>/export.xlsx", files.report_xlsx, name="report_xlsx"),
    path("<slug:kind>/export.csv", files.report_csv, name="report_csv"),
]
