"""`make test`: the checks, then every test in parallel, against a PostgreSQL of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from config.checks import run_checks
from config.chromium import ChromiumMissing, find_or_install
from config.database import PROJECT, DatabaseRefused
from config.throwaway import throwaway_cluster


def main(arguments: Sequence[str]) -> int:
    """Run all; return non-zero if anything failed. Further arguments go to pytest."""
    os.chdir(PROJECT)
    try:
        os.environ["CHROMIUM"] = find_or_install()
        with ExitStack() as held:
            url = os.environ.get("TEST_DATABASE_URL") or held.enter_context(throwaway_cluster())
            os.environ["TEST_DATABASE_URL"] = url
            failed = run_checks(url)
            code = _pytest(arguments)
    except (ChromiumMissing, DatabaseRefused) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    if failed:
        sys.stderr.write(f"These checks failed, see above: {', '.join(failed)}.\n")
    return code or bool(failed)


def _pytest(arguments: Sequence[str]) -> int:
    workers = str(max(os.cpu_count() or 2, 2))
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal"]
    command += ["--cov", "--cov-report=term", "--durations=10", "-q", *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
