"""pytest's plumbing: the database of a run, and the fixtures of browser tests.

Loaded by pytest.ini before all else, because the settings read the database's address.
"""

import os

import pytest

os.environ["TALA_TESTING"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"
for _name in ("DATABASE_URL", "SECRET_KEY", "SITE_URL", "DEBUG", "ALLOWED_HOSTS", "TALA_DATA"):
    os.environ.pop(_name, None)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start a throw-away PostgreSQL for this run, unless TEST_DATABASE_URL names one."""
    if os.environ.get("TEST_DATABASE_URL"):  # given, or handed down to a worker of xdist
        return
    from config.throwaway import throwaway_cluster

    running = throwaway_cluster()
    os.environ["TEST_DATABASE_URL"] = running.__enter__()
    early_config.add_cleanup(lambda: running.__exit__(None, None, None))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Register our fixtures this late: they then take precedence over pytest-playwright's."""
    from config.tests import emptying

    emptying.use()
    config.pluginmanager.import_plugin("config.tests.browser")
