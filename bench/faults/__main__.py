"""`python -m bench.faults`: every fault in full, one after the other, and their table in the docs.

`python -m bench.faults --table` only writes the table anew from bench/results/.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.faults.report import RESULTS
from config.database import PROJECT

FAULTS = (
    "dropped_answers",
    "killed_workers",
    "killed_connections",
    "database_restarts",
    "disk_full",
    "deadlocks",
    "clock_steps",
    "deploy_reload",
    "migration",
    "backup_under_load",
    "mail",
    "mail_killed",
    "reveal",
)

PAGE = PROJECT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: python -m bench.faults --table -->", "<!-- end of figures -->"

HEAD = """\
| Fault | Measured | Acknowledged | Lost | Doubled | Longest until acknowledged |
|---|---|---|---|---|---|
"""

NONE = "–"
"""Where a fault has no such figure."""

SAID = {
    "dropped_answers": "{dropped} answers dropped, {passed} passed",
    "killed_workers": "{killed} × `kill -9`",
    "killed_connections": "{kills} × all connections; {pages_read_at_once_after} pages read at "
    "once after",
    "database_restarts": "page after database: {page_after_database_s} s",
    "guarded": "guarded: {saved_while_full} saved, pages {pages_read_while_full}",
    "unguarded": "to the last byte: {saved_while_full} saved, pages {pages_read_while_full}",
    "deadlocked": "{deadlocks} deadlocks, {of_those_the_adversary_lost} lost by the other side",
    "serializable": "every transaction serializable",
    "clock_steps": "steps of {steps_s} s, pages {pages}",
    "socket_held": "restarts of {restart_s} s, answers {answers}",
    "handed_over": "handed over in {handover_s} s, answers {answers}",
    "migration": "done in {migration_s} s, longest write {longest_write_s} s",
    "mail": "mails over seven ways to fail; slowest pages: invite {slowest_invite_s} s, "
    "send a letter {slowest_send_s} s, send it again {slowest_again_s} s",
    "mail_killed": "{killed} × `kill -9` of the worker while it sends",
    "reveal": "{rounds} reveals beside 8 answers each: {refused:,} refused, "
    "{changed_after} changed after",
    "backup_under_load": "{acknowledged_before_backup} lines before it, "
    "{of_those_missing_in_the_restored} missing after the restore ({backup_s} s, {restore_s} s)",
}


def rows(name: str, figures: dict[str, Any]) -> list[str]:
    """The table's rows of one fault: one for each of its parts."""
    parts = {part: held for part, held in figures.items() if part in SAID}
    if not parts:
        parts = {name: figures}
    return [
        f"| `{name}` | {SAID[part].format(**held)} | {held['acknowledged']:,} | {held['lost']} "
        f"| {held.get('doubled', NONE)} | {_seconds(held)} |"
        for part, held in parts.items()
    ]


def _seconds(held: dict[str, Any]) -> str:
    taken = held.get("longest_until_acknowledged_s")
    return NONE if taken is None else f"{taken} s"


def table(results: Path = RESULTS) -> str:
    """The table of all results there are, with the machine they were measured on."""
    lines, machines = [], set()
    for name in FAULTS:
        path = results / f"faults-{name.replace('_', '-')}.json"
        if path.exists():
            figures = json.loads(path.read_text())
            lines += rows(name, figures)
            machine = figures["machine"]
            machines.add(f"{machine['cores']} cores, {machine['memory_gib']} GiB")
    return f"{HEAD}{chr(10).join(lines)}\n\nMeasured on {', '.join(sorted(machines))}.\n"


def main() -> int:
    """Run them all, unless only the table is wanted; return how many broke their promise."""
    broken = 0
    if "--table" not in sys.argv:
        for name in FAULTS:
            command = [sys.executable, "-m", f"bench.faults.{name}"]
            broken += subprocess.run(command, cwd=PROJECT, check=False).returncode != 0
    before, _, rest = PAGE.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{table()}\n{END}{after}")
    return broken


if __name__ == "__main__":
    sys.exit(main())
