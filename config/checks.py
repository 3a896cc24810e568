"""`make check`: all that can be said about the source without running the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from config.database import PROJECT
from config.throwaway import throwaway_cluster

TEMPLATES = [str(path) for path in sorted((PROJECT / "templates").rglob("*.html"))]

DJADE = str(Path(sys.executable).with_name("djade"))

LOCK = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
LOCK += ["--only-binary", ":all:", "--no-emit-index-url", "--custom-compile-command", "make lock"]

LIKE_PRODUCTION = {
    "SECRET_KEY": "only to look at the settings, and long enough: 0123456789abcdefghijkl",
    "SITE_URL": "https://tala.example",
    "ALLOWED_HOSTS": "tala.example",
}


def checks() -> dict[str, list[str]]:
    """Return each check's name and command; `deploy` runs with settings as in production."""
    manage = [sys.executable, "manage.py"]
    module = [sys.executable, "-m"]
    return {
        "types": [*module, "mypy"],
        "lint": [*module, "ruff", "check", "."],
        "format": [*module, "ruff", "format", "--check", "."],
        "imports": [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ],
        "migrations made": [*manage, "makemigrations", "--check", "--dry-run"],
        "templates": [DJADE, "--check", "--target-version", "5.2", *TEMPLATES],
        "template layout": [*module, "djhtml", "--check", "--tabwidth", "2", *TEMPLATES],
        "templates compile": [*manage, "compiletemplates"],
        "deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def run_checks(url: str) -> list[str]:
    """Run all checks against the database of this address; return the names of the failed ones."""
    os.chdir(PROJECT)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        results = pool.map(lambda name: _run(name, checks()[name], url), checks())
        return [name for name, passed in results if not passed]


def _run(name: str, command: Sequence[str], url: str) -> tuple[str, bool]:
    environ = {**os.environ, "TALA_TESTING": "1", "TEST_DATABASE_URL": url}
    if name == "deploy":
        del environ["TALA_TESTING"]
        environ |= {**LIKE_PRODUCTION, "DATABASE_URL": url}
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603
        command, env=environ, capture_output=True, text=True, check=False
    )
    passed = done.returncode == 0
    took = f"{time.monotonic() - began:.1f} s"
    said = "" if passed else f"\n{done.stdout}{done.stderr}".rstrip()
    sys.stdout.write(f"{'ok    ' if passed else 'FAILED'} {name} ({took}){said}\n")
    sys.stdout.flush()
    return name, passed


def fix() -> list[list[str]]:
    """Return the commands that bring the source into the house's format."""
    module = [sys.executable, "-m"]
    return [
        [*module, "ruff", "check", "--fix", "--select", "I", "."],
        [*module, "ruff", "format", "."],
        [DJADE, "--target-version", "5.2", *TEMPLATES],
        [*module, "djhtml", "--tabwidth", "2", *TEMPLATES],
    ]


def lock() -> list[list[str]]:
    """Return the commands that write the locks anew."""
    names = ("requirements", "requirements-dev")
    tool = [sys.executable, "-m", *LOCK, "--quiet", "--upgrade"]
    return [[*tool, f"{name}.in", "-o", f"{name}.txt"] for name in names]


def main(arguments: Sequence[str]) -> int:
    """Check, or with `--fix` format, or with `--lock` resolve the libraries anew."""
    os.chdir(PROJECT)
    if arguments:
        for command in {"--fix": fix, "--lock": lock}[arguments[0]]():
            subprocess.run(command, check=False)  # noqa: S603
        return 0
    with ExitStack() as held:
        url = os.environ.get("TEST_DATABASE_URL") or held.enter_context(throwaway_cluster())
        return 1 if run_checks(url) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
