"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import RedirectView

from config.health import healthz
from people.views.home import home

admin.site.login = login_required(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Tala"
admin.site.index_title = "Clients and programs"

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
    path("accounts/", include("people.urls_accounts")),
    path("accounts/", include("allauth.urls")),
    path("p/<slug:p>/people/", include("people.urls")),
    path("p/<slug:p>/log/", include("escalations.urls")),
    path("admin/", admin.site.urls),
]

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
