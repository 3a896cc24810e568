"""Addresses of imports and exports, under /p/<p>/log/."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def soon(request: HttpRequest, p: str, pk: int = 0) -> HttpResponse:
    """Stand in until the page is there."""
    return HttpResponse("Soon.", content_type="text/plain")


urlpatterns = [
    path("export.csv", soon, name="export_csv"),
    path("export.xlsx", soon, name="export_xlsx"),
    path("import/", soon, name="imports"),
    path("import/<int:pk>/", soon, name="import"),
    path("import/<int:pk>/decide/", soon, name="import_decide"),
    path("import/<int:pk>/columns/", soon, name="import_remap"),
    path("import/<int:pk>/confirm/", soon, name="import_confirm"),
    path("import/<int:pk>/undo/", soon, name="import_undo"),
    path("import/<int:pk>/discard/", soon, name="import_discard"),
    path("import/<int:pk>/resume/", soon, name="import_resume"),
    path("import/<int:pk>/rejected.csv", soon, name="import_rejected"),
]
