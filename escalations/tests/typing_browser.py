"""What browser tests of the outbox share: type a line, look into the browser's store."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from escalations.models import Escalation

LOG = "/p/skyline/log/"
READY = "html[data-outbox=ready]"
NO_NET = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|status of 50\d|fetch"


def type_line(page: Page, concern: str, *, enter: bool = True) -> None:
    expect(page.locator("#entry-agent")).to_be_focused()
    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type(concern)
    if enter:
        page.keyboard.press("Enter")


def kept(page: Page, store: str = "items") -> list[dict[str, Any]]:
    return page.evaluate(
        """store => new Promise(done => { const r = indexedDB.open("tala");
        r.onsuccess = () => { const all = r.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => { r.result.close(); done(all.result); }; }; })""",
        store,
    )


def logged() -> list[str]:
    return list(Escalation.objects.order_by("number").values_list("concern", flat=True))


def wait_for(found: Callable[[], object], *, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.05)
