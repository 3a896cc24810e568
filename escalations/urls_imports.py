"""Addresses of imports and exports, under /p/<p>/log/."""

from django.urls import path

from escalations.views import exports, imports

urlpatterns = [
    path("export.csv", exports.export_csv, name="export_csv"),
    path("export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.import_page, name="import"),
    path("import/<int:pk>/decide/", imports.import_decide, name="import_decide"),
    path("import/<int:pk>/columns/", imports.import_remap, name="import_remap"),
    path("import/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("import/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("import/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("import/<int:pk>/resume/", imports.import_resume, name="import_resume"),
    path("import/<int:pk>/rejected.csv", imports.import_rejected, name="import_rejected"),
]
