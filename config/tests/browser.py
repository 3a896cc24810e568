"""Fixtures of browser tests: every page is watched, and any error on it fails the test.

`page` and `new_context` are pytest-playwright's, guarded; `browse_as(user)` opens a signed-in
page in a browser of that person's own; `axe(page)` asserts that nothing there shuts people out.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

SWITCHES = ("gpu", "quic", "background-networking", "component-update", "sync")

ANSWERED = re.compile(r"Failed to load resource: .* status of (409|422|428|429)\b")
"""What Chromium writes for a refusal that the page shows in words: no error of ours."""

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End the sessions that a server's last threads may still hold: the database is to go."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"  # the vacuum is the database's own
        )


@pytest.fixture(scope="session")
def no_session_open() -> None:
    """Close this thread's database connection: within Playwright's loop it has another."""
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(no_session_open: None, playwright: Playwright) -> Iterator[Playwright]:
    """Leave no session behind that nobody sees any more, neither before the loop nor after it."""
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use the machine's Chromium, quiet about the outside world."""
    from config.chromium import find_or_install

    switches = [f"--disable-{name}" for name in SWITCHES]
    return {
        **browser_type_launch_args,
        "executable_path": find_or_install(),
        "args": ["--no-first-run", "--no-sandbox", *switches],
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Let a page go to "/p/skyline/log/" of the site under test."""
    return str(live_server.url)


@pytest.fixture
def allowed_noise() -> list[str]:
    """Patterns of console lines that this test expects; a test appends its own."""
    return []


@pytest.fixture
def new_context(
    browser: Browser,
    browser_context_args: dict[str, object],
    allowed_noise: list[str],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers of one's own; at the end, fail if any page in them had an error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not ANSWERED.match(message.text):
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    def opened(**options: object) -> BrowserContext:
        # A service worker would take requests out of the tests' hands; its own test allows it.
        chosen = {"service_workers": "block", **browser_context_args, **options}
        context = browser.new_context(**chosen)  # type: ignore[arg-type]
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", heard)
        context.on("weberror", lambda error: errors.append(f"uncaught: {error.error}"))
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        if getattr(request.node, "failed_call", False):
            _picture(context, re.sub(r"[^\w.-]+", "-", request.node.name))
        context.close()
    unexpected = [e for e in errors if not any(re.search(known, e) for known in allowed_noise)]
    assert not unexpected, "errors in the browser:\n" + "\n".join(unexpected)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure, so that the browser's last picture is kept."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed_call = True  # type: ignore[attr-defined]
    return report


def _picture(context: BrowserContext, name: str) -> None:
    folder = Path("test-results")
    for number, page in enumerate(context.pages):
        page.screenshot(path=folder / f"{name}-{number}.png")


@pytest.fixture
def browse_as(new_context: Callable[..., BrowserContext], base_url: str) -> Callable[..., Page]:
    """Return a function that opens a signed-in page for a user (or membership), at a path."""

    def browse(person: object, path: str | None = None, **options: object) -> Page:
        user = getattr(person, "user", person)
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        context = new_context(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": cookie, "url": base_url}])
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    return browse


def printed_pages(page: Page) -> int:
    """How many sheets of paper a page is printed on."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that asserts that axe finds no violation on a page."""
    from axe_playwright_python.sync_playwright import Axe

    def look(page: Page) -> None:
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return look
