"""Nothing typed is lost: offline, killed, half typed, from two tabs, with a server in trouble."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from escalations.models import Escalation
from escalations.tests.typing_browser import LOG, NO_NET, READY, kept, logged, type_line, wait_for
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


@pytest.fixture
def own_browser(playwright, browser_type_launch_args, tmp_path, base_url):
    """Open a browser with a profile that outlives it; `kill` ends it as a power cut would."""
    opened = []

    def start(person):
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", base_url=base_url, **browser_type_launch_args
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        client = Client()
        client.force_login(person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        later = time.time() + 3600
        cookie = {"name": name, "value": value, "url": base_url, "expires": later}
        context.add_cookies([cookie])
        return context

    def kill():
        mine = str(tmp_path / "profile").encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mine in (folder / "cmdline").read_bytes():
                    os.kill(int(folder.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                continue
        (tmp_path / "profile" / "SingletonLock").unlink(missing_ok=True)

    yield start, kill
    kill()


def test_five_lines_and_a_half_typed_sixth_survive_offline_a_reload_and_a_killed_browser(
    sam, tina, own_browser
):
    start, kill = own_browser
    context = start(sam)
    page = context.pages[0]
    page.goto(LOG)
    page.wait_for_selector(READY)
    context.set_offline(True)
    for number in range(1, 6):
        type_line(page, f"concern {number}")
    expect(page.locator("#waiting tr")).to_have_count(5)
    expect(page.locator("#outbox")).to_have_text("5 waiting")
    type_line(page, "half a conc", enter=False)
    wait_for(lambda: ["concern", "half a conc"] in kept(page, "drafts")[0]["said"])
    typed = {dict(item["said"])["concern"]: item["typed"] for item in kept(page)}
    assert logged() == []
    page.evaluate("location.reload()")
    page.wait_for_timeout(500)
    kill()

    context = start(sam)
    page = context.pages[0]
    page.goto(LOG)
    expect(page.locator(".line")).to_have_count(5)
    expect(page.locator("#waiting tr")).to_have_count(0)
    expect(page.locator("#entry-concern")).to_have_value("half a conc")
    expect(page.locator("#entry-agent")).to_have_value("Tina / 123456")
    assert logged() == [f"concern {number}" for number in range(1, 6)]
    for line in Escalation.objects.all():
        drift = abs(line.typed_at.timestamp() * 1000 - typed[line.concern])
        assert drift < 3_000, "the time of typing is kept, by the server's clock"
        assert line.typed_at < line.received_at
    page.locator("#entry-concern").press("End")
    page.keyboard.type("ern")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(6)
    assert logged()[-1] == "half a concern"
    wait_for(lambda: kept(page) == kept(page, "drafts") == [])


def test_two_tabs_send_each_line_once_and_in_order(sam, tina, browse_as, allowed_noise):
    allowed_noise.append(NO_NET)
    first = browse_as(sam, LOG)
    first.wait_for_selector(READY)
    second = first.context.new_page()
    second.goto(LOG)
    second.wait_for_selector(READY)
    first.context.set_offline(True)
    for number in (1, 3):
        first.bring_to_front()
        type_line(first, f"concern {number}")
        second.bring_to_front()
        type_line(second, f"concern {number + 1}")
    wait_for(lambda: len(kept(first)) == 4)
    first.context.set_offline(False)
    for page in (first, second):
        expect(page.locator("#waiting tr")).to_have_count(0)
        expect(page.locator(".line")).to_have_count(4)
    assert logged() == [f"concern {number}" for number in range(1, 5)]


@pytest.mark.parametrize("trouble", [502, 500, "no answer"])
def test_a_line_waits_while_the_server_restarts_and_its_answer_is_lost(
    sam, tina, browse_as, allowed_noise, trouble
):
    allowed_noise.append(NO_NET)
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    tried = []

    def fail(route):
        if route.request.method != "POST":
            return route.fallback()
        tried.append(route)
        if trouble == "no answer":  # the line is saved, but nobody hears of it
            route.fetch()
            return route.abort()
        return route.fulfill(status=trouble, body="<html>restarting</html>")

    page.route("**/log/", fail)
    type_line(page, "device unlock")
    wait_for(lambda: page.wait_for_timeout(20) or tried)
    expect(page.locator("#waiting tr")).to_contain_text("device unlock")
    expect(page.locator("#outbox")).to_have_text("1 waiting")
    page.unroute("**/log/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".line")).to_have_count(1)
    expect(page.locator("#outbox button")).to_be_hidden()
    assert logged() == ["device unlock"]


def test_a_page_of_somebody_elses_is_no_answer(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    page.route(
        "**/log/",
        lambda route: (
            route.fulfill(status=200, body="<html>Welcome to the hotel</html>")
            if route.request.method == "POST"
            else route.fallback()
        ),
    )
    type_line(page, "device unlock")
    expect(page.locator("#waiting tr")).to_contain_text("Waiting")
    page.unroute("**/log/")
    page.get_by_role("button", name="1 waiting").click()
    page.get_by_role("button", name="Try now").click()
    expect(page.locator(".line")).to_have_count(1)


def test_what_the_server_asks_comes_back_or_waits_while_the_next_line_is_typed(
    sam, tina, browse_as, axe
):
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    expect(page.locator("#entry-agent")).to_be_focused()
    page.keyboard.type("Tanya / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("device unlock")
    page.keyboard.press("Enter")
    page.keyboard.type("Tina / 123456")  # at once: the entry row is in use when the answer comes
    expect(page.locator("#waiting .needs")).to_contain_text("123456 is Tina on the roster")
    expect(page.locator("#outbox")).to_have_text("1 needs you")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.type("late fee")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    page.get_by_role("button", name="1 needs you").click()
    expect(page.get_by_role("dialog")).to_contain_text("Tanya / 123456 · device unlock")
    axe(page)
    page.get_by_role("dialog").get_by_role("button", name="Put back").click()
    expect(page.get_by_role("button", name="Tina is right")).to_be_visible()
    page.get_by_role("button", name="Tina is right").click()
    expect(page.locator(".line")).to_have_count(2)
    assert logged() == ["late fee", "device unlock"]


def test_who_types_on_without_having_seen_the_question_does_not_answer_it(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    page.keyboard.type("Tanya / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("device unlock")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tina is right")).to_be_focused()
    page.keyboard.type("Tina / 123456")  # has a blank, which presses a button
    expect(page.locator("#entry-agent")).to_have_value("Tina / 123456")
    expect(page.locator("#waiting .needs")).to_contain_text("123456 is Tina on the roster")
    page.keyboard.press("Tab")
    page.keyboard.type("late fee")
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(1)
    page.locator("#waiting").get_by_role("button", name="Put back").click()
    expect(page.locator("#entry-concern")).to_have_value("device unlock")
    page.get_by_role("button", name="Tina is right").press("Enter")
    expect(page.locator(".line")).to_have_count(2)
    assert logged() == ["late fee", "device unlock"]


def test_the_typed_time_counts_when_the_device_clock_is_wrong(sam, tina, browse_as, allowed_noise):
    allowed_noise.append(NO_NET)
    page = browse_as(sam)
    page.clock.install(time=time.time() - 9 * 24 * 3600)
    page.goto(LOG)
    page.wait_for_selector(READY)
    page.context.set_offline(True)
    type_line(page, "device unlock")
    wait_for(lambda: len(kept(page)) == 1)
    page.clock.run_for(40 * 60 * 1000)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_for(lambda: page.wait_for_timeout(20) or logged())
    line = Escalation.objects.get()
    assert abs(line.received_at - line.typed_at - timedelta(minutes=40)) < timedelta(minutes=1)
    page.goto(f"{LOG}{line.number}/")
    expect(page.locator(".facts")).to_contain_text("Typed")


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(sam, tina, browse_as):
    page = browse_as(sam)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(LOG)
    expect(page.locator("#notice")).to_contain_text("This browser keeps nothing")
    type_line(page, "device unlock")
    expect(page.locator(".line")).to_have_count(1)
    assert logged() == ["device unlock"]
