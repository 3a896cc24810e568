"""Typing on without a network: the service worker, and the one page it keeps."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

STYLES = ("app", "tokens", "base", "header", "parts", "forms", "pages", "outbox")
MODULES = ("note", "offline", "outbox", "dialogs", "notices", "local-time", "card-fields", "cards")
SENDING = ("person", "store", "fields", "drafts", "submit", "sender")
SAYING = ("notes", "waiting", "panel", "signin", "signout")

KEPT = (
    "favicon.svg",
    "js/theme.js",
    "vendor/bootstrap-5.3.9/bootstrap.min.css",
    *(f"css/{name}.css" for name in STYLES),
    *(f"js/{name}.js" for name in MODULES),
    *(f"js/outbox/{name}.js" for name in (*SENDING, *SAYING)),
)
"""Static files of the offline page, modules that its modules import included."""


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the addresses of this release's files; a new release is a new worker."""
    files = json.dumps([static(name) for name in KEPT])
    path = settings.BASE_DIR / "static/js/service-worker.js"
    text = path.read_text(encoding="utf-8")
    name = hashlib.blake2b((files + text).encode(), digest_size=6).hexdigest()
    script = f'const FILES = {files};\nconst NAME = "tala-{name}";\n{text}'
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page for typing lines without a network; the same for everybody, with nothing in it."""
    return render(request, "offline.html", {"styles": [f"css/{name}.css" for name in STYLES]})
