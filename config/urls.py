"""Every address of the site."""

from django.urls import include, path
from django.views.generic import RedirectView

from config.health import healthz
from config.offline import offline, service_worker
from people.admin import site
from people.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
    path("accounts/", include("people.urls_accounts")),
    path("p/<slug:p>/people/", include("people.urls")),
    path("p/<slug:p>/log/", include("escalations.urls")),
    path("p/<slug:p>/calibration/", include("calibration.urls")),
    path("admin/", site.urls),
]

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
handler429 = "config.errors.too_often"
