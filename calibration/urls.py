"""Addresses under /p/<p>/calibration/."""

from django.urls import URLPattern, URLResolver, path

from calibration.views import known

urlpatterns: list[URLPattern | URLResolver] = [
    path("known/", known.known, name="known"),
]
