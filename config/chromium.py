"""Where the browser of the tests is; it is installed where that can be done."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

MISSING = (
    "The browser tests need Chromium: install it (on Debian: apt-get install chromium), "
    "or set CHROMIUM to where it is."
)

APT = (
    "apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core"
)


class ChromiumMissing(Exception):
    """There is no browser to test in."""


def find() -> str | None:
    """Return the path of a Chromium: `$CHROMIUM`, one on the PATH, or Playwright's own."""
    if asked := os.environ.get("CHROMIUM"):
        return shutil.which(asked)
    if known := next(filter(None, map(shutil.which, NAMES)), None):
        return known
    cache = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"))), None)


def find_or_install() -> str:
    """Return the path of a Chromium, installing one if need be and possible.

    Raises ChromiumMissing with a sentence that says what to do.
    """
    if path := find():
        return path
    if not os.environ.get("CHROMIUM") and os.geteuid() == 0 and shutil.which("apt-get"):
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["/bin/sh", "-c", APT], env=environ, check=False)  # noqa: S603
        if path := find():
            return path
    raise ChromiumMissing(MISSING)
