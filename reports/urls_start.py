"""Addresses of the first page, under /p/<p>/."""

from django.urls import path

from reports.views import start

urlpatterns = [
    path("", start.start, name="start"),
    path("start/learning/", start.start_learning, name="start_learning"),
    path("start/read/<int:n>/", start.start_read, name="start_read"),
]
