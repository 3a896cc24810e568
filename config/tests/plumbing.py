"""pytest's plumbing: the database of a run, Chromium, and browser pages that fail on any error.

Loaded by pytest.ini before all else, because the settings read the database's address.
"""

import os

import pytest

os.environ["TALA_TESTING"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread
for _name in ("DATABASE_URL", "SECRET_KEY", "SITE_URL", "DEBUG", "ALLOWED_HOSTS", "TALA_DATA"):
    os.environ.pop(_name, None)

pytest_plugins = ["config.tests.browser"]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start a throw-away PostgreSQL for this run, unless TEST_DATABASE_URL names one."""
    if os.environ.get("TEST_DATABASE_URL"):  # given, or handed down to a worker of xdist
        return
    from config.throwaway import throwaway_cluster  # noqa: PLC0415

    running = throwaway_cluster()
    os.environ["TEST_DATABASE_URL"] = running.__enter__()
    early_config.add_cleanup(lambda: running.__exit__(None, None, None))
