"""Addresses under /p/<p>/practices/."""

from django.urls import URLPattern, URLResolver, path

from calibration.views import practice, practice_write, practices

urlpatterns: list[URLPattern | URLResolver] = [
    path("", practices.practices, name="practices"),
    path("new/", practice_write.practice_new, name="practice_new"),
    path("guide/", practices.practices_guide, name="practices_guide"),
    path("export.json", practices.practices_export, name="practices_export"),
    path("import/", practices.practices_import, name="practices_import"),
    path(
        "from-letter/<int:n>/<int:position>/",
        practice_write.practice_from_letter,
        name="practice_from_letter",
    ),
    path("<int:n>/", practice.practice, name="practice"),
    path("<int:n>/edit/", practice_write.practice_edit, name="practice_edit"),
    path("<int:n>/publish/", practice.practice_publish, name="practice_publish"),
    path("<int:n>/retire/", practice.practice_retire, name="practice_retire"),
    path("<int:n>/acknowledge/", practice.practice_acknowledge, name="practice_acknowledge"),
]
