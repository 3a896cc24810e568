"""Addresses under /p/<p>/practices/ of what a best practice changed."""

from django.urls import URLPattern, URLResolver, path

from reports.views import effect

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:n>/effect/", effect.practice_effect, name="practice_effect"),
    path("<int:n>/effect/export.csv", effect.practice_effect_csv, name="practice_effect_csv"),
    path("<int:n>/effect/export.xlsx", effect.practice_effect_xlsx, name="practice_effect_xlsx"),
]
