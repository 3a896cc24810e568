"""The page for want of a network: what is kept for it, and that one can type on."""

import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from config.offline import KEPT
from escalations.models import Escalation
from escalations.tests.typing_browser import LOG, NO_NET, READY
from people.tests.factories import AgentFactory

STATIC = settings.BASE_DIR / "static"


class Line:
    """A line to the server that can be cut and mended: a plain forwarder of bytes."""

    def __init__(self, server: str) -> None:
        self.server = (str(urlsplit(server).hostname), int(urlsplit(server).port or 80))
        self.open: list[socket.socket] = []
        self.door: socket.socket | None = None
        self.port = 0
        self.mend()

    def mend(self) -> None:
        self.door = socket.create_server(("127.0.0.1", self.port))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._answer, args=(self.door,), daemon=True).start()

    def cut(self) -> None:
        assert self.door
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        for one in self.open:
            one.close()
        self.open.clear()

    def _answer(self, door: socket.socket) -> None:
        while True:
            try:
                here, _ = door.accept()
                there = socket.create_connection(self.server)
            except OSError:
                return
            self.open += [here, there]
            for pair in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, to: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def line(base_url: str) -> Iterator[Line]:
    line = Line(base_url)
    yield line
    line.cut()


@pytest.mark.django_db(transaction=True)
def test_a_reload_without_a_network_lets_the_person_go_on_typing(
    sam, new_context, line, axe, allowed_noise
):
    allowed_noise.append(NO_NET + "|ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET")
    AgentFactory(program=sam.program, employee_id="123456", name="Tina")
    client = Client()
    client.force_login(sam.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    place = f"http://127.0.0.1:{line.port}"
    context = new_context(service_workers="allow", base_url=place)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": place}])
    page = context.new_page()
    page.goto(LOG)
    page.wait_for_selector(READY)
    # Not wait_for_function: when it must wait it evaluates in the page, which the policy forbids.
    for _ in range(200):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            break
        page.wait_for_timeout(50)
    page.fill("#entry-concern", "half typed on the sheet")
    page.wait_for_timeout(400)
    line.cut()
    page.reload()
    expect(page.get_by_role("heading", name="No connection to the server")).to_be_visible()
    expect(page.locator("#typing")).to_contain_text("typed by Sam")
    expect(page.locator("#entry-concern")).to_have_value("half typed on the sheet")
    axe(page)
    page.fill("#entry-agent", "Tina / 123456")
    page.locator("#entry-agent").press("Enter")
    expect(page.locator("#outbox")).to_have_text("1 waiting")
    expect(page.locator("#waiting")).to_contain_text("half typed on the sheet")
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".line")).to_contain_text(["half typed on the sheet"])
    assert Escalation.objects.count() == 1
    kept = page.evaluate(
        "caches.keys().then(n => caches.open(n[0])).then(c => c.keys())"
        ".then(all => all.map(one => new URL(one.url).pathname))"
    )
    assert {path for path in kept if not path.startswith("/static/")} == {"/offline/"}


def test_all_that_its_modules_import_is_kept():
    for name in KEPT:
        assert (STATIC / name).is_file(), name
        if name.endswith(".js"):
            for wanted in re.findall(
                r'(?:from|^import) "(\.[^"]+)"', (STATIC / name).read_text(), re.MULTILINE
            ):
                path = (STATIC / name).parent / wanted
                assert str(path.resolve().relative_to(STATIC)) in KEPT, f"{name}: {wanted}"


@pytest.mark.django_db
def test_worker_and_page_hold_nothing_of_anybody(sam, browse):
    worker, page = browse(sam).get("/sw.js"), browse(sam).get("/offline/")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "offline" in worker.text
    assert "no-cache" in worker["Cache-Control"]
    assert page.text == browse(None).get("/offline/").text
    assert "Sam" not in page.text
