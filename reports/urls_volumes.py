"""Addresses of call volumes, under /p/<p>/reports/volumes/."""

from django.urls import path

from reports.views import volume_hour, volumes

urlpatterns = [
    path("", volumes.volumes, name="volumes"),
    path("record/", volumes.volumes_record, name="volumes_record"),
    path("export.csv", volumes.volumes_csv, name="volumes_csv"),
    path("<int:pk>/undo/", volumes.volumes_undo, name="volumes_undo"),
    path("hour/<str:stamp>/", volume_hour.volume_hour, name="volume_hour"),
]
