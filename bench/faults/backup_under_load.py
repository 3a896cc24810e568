"""`make backup` while people log, `make restore` into an empty database: is every line there?"""

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.load import Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand, run


def make_empty(site: Stand, name: str) -> str:
    """Make an empty database beside the site's; return its address."""
    link = connect(site.database_url, user="postgres")
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} OWNER tala")
    link.close()
    return site.database_url.replace("@/tala", f"@/{name}")


def hurt(site: Stand, *, people: int, seconds: float) -> Figures:
    """Back up in the midst of a load of so many seconds, restore, and look for the lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "backup.zip")
        with Load(site, 10**6, people) as load:
            time.sleep(seconds / 2)
            known, began = set(load.tally.acknowledged), time.monotonic()
            run([sys.executable, "-m", "config.backup"], {**site.environ, "FILE": path})
            backup_s = time.monotonic() - began
            time.sleep(seconds / 2)
            load.stopped.set()
        url = make_empty(site, f"restored_{os.getpid()}_{time.monotonic_ns()}")
        began = time.monotonic()
        environ = {**site.environ, "DATABASE_URL": url, "FILE": path}
        run([sys.executable, "-m", "config.restore"], environ)
        restore_s = time.monotonic() - began
        size = Path(path).stat().st_size
    restored = count(url, known)
    counted = count(site.database_url, load.tally.acknowledged)
    whole = nothing_lost(counted, counted["acknowledged"], load.tally.given_up)
    return {
        "acknowledged_before_backup": len(known),
        "of_those_missing_in_the_restored": restored["lost"],
        "lines_restored": restored["in_the_log"],
        "backup_s": round(backup_s, 2),
        "restore_s": round(restore_s, 2),
        "bytes": size,
        **counted,
        **load.tally.figures(),
        "kept": whole and restored["lost"] == restored["doubled"] == 0 and bool(known),
    }


if __name__ == "__main__":
    sys.exit(script("backup_under_load", hurt, stands={}, seconds=20.0))
