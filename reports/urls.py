"""Addresses under /p/<p>/reports/."""

from django.urls import URLPattern, URLResolver, path

from reports.views import effect

urlpatterns: list[URLPattern | URLResolver] = [
    path("effect/", effect.effects_list, name="effects"),
]
