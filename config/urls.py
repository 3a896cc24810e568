"""Every address of the site."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.health import healthz
from config.offline import offline, service_worker
from escalations.views.reply import reply
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
    path("p/<slug:p>/", include("escalations.urls_feedback")),
    path("p/<slug:p>/forwarding/", include("escalations.urls_forwarding")),
    path("reply/<str:token>/", reply, name="reply"),
    re_path(r"^reply/(?P<token>.*)$", reply, name="reply_other"),
    path("p/<slug:p>/calibration/", include("calibration.urls")),
    path("p/<slug:p>/practices/", include("calibration.urls_practices")),
    path("p/<slug:p>/practices/", include("reports.urls_effect")),
    path("p/<slug:p>/", include("reports.urls_start")),
    path("p/<slug:p>/reports/", include("reports.urls")),
    path("p/<slug:p>/board/", include("reports.urls_board")),
    path("admin/", site.urls),
]

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
handler429 = "config.errors.too_often"
