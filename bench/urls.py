"""Every address of the site, and what it is measured against."""

from django.urls import path

from bench import views
from bench.admin import site
from config.urls import handler403, handler404, handler429, handler500
from config.urls import urlpatterns as of_the_site

__all__ = ["handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    *of_the_site,
    path("bench/empty/", views.empty, name="bench_empty"),
    path("bench/floor/", views.floor, name="bench_floor"),
    path("bench/admin/", site.urls),
]
