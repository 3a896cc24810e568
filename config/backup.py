"""`make backup`: the whole database as it stood at one moment, with what it takes to check it.

The file is a zip of two members: PostgreSQL's own dump (`pg_restore` reads it) and the manifest.
Both see one snapshot, so people go on logging meanwhile.
"""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config import binaries, manifest
from config.cluster import Cluster
from config.database import DatabaseRefused, data_dir, from_url, is_embedded
from config.processes import tell
from config.timeouts import CONNECT, LOCK_MS

DUMP = "database.dump"
MANIFEST = "manifest.json"
PIECE = 1 << 20


@dataclass(frozen=True)
class Target:
    """One database: how to reach it, and the programs that fit it."""

    where: dict[str, Any]
    cluster: Cluster | None = None

    def connect(self) -> Any:
        """Return a connection without limits; DatabaseRefused when the database is away."""
        import psycopg2

        try:
            return psycopg2.connect(self.dsn(), password=self.where["PASSWORD"] or None)
        except psycopg2.Error as error:
            reason = (str(error).strip().splitlines() or ["no reason given"])[0]
            raise DatabaseRefused(f"The database does not answer: {reason}") from None

    def dsn(self) -> str:
        """Return the address in libpq's words, without the password."""
        from psycopg2.extensions import make_dsn

        said = {
            "dbname": self.where["NAME"],
            "user": self.where["USER"],
            "host": self.where["HOST"],
            "port": self.where["PORT"],
            "connect_timeout": CONNECT,
            **self.where.get("OPTIONS", {}),
        }
        return str(make_dsn(**{name: value for name, value in said.items() if value}))

    def environ(self) -> dict[str, str]:
        """Return the environment for PostgreSQL's programs: the password is not an argument."""
        kept = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        return {**kept, "PGPASSWORD": self.where["PASSWORD"] or ""}

    def program(self, name: str, server: int) -> Path:
        """Return the path of `pg_dump` or `pg_restore`, at least as new as the server."""
        for folder in binaries.candidates():
            if (folder / name).exists() and binaries.major(folder) >= server:
                return folder / name
        raise DatabaseRefused(
            f"The server is PostgreSQL {server} and there is no {name} as new as that here: "
            f"install PostgreSQL {server}'s client programs."
        )


@contextmanager
def database() -> Iterator[Target]:
    """The database of DATABASE_URL, else the embedded one, started when it rests."""
    with ExitStack() as held:
        if not is_embedded():
            yield Target(from_url(os.environ["DATABASE_URL"]))
            return
        cluster = Cluster(data_dir())
        if not cluster.exists:
            raise DatabaseRefused("There is no database here yet: `make run` makes it.")
        held.enter_context(cluster.needed())
        cluster.start()
        yield Target(from_url(cluster.url()), cluster)


def back_up(target: Target, path: Path) -> manifest.Manifest:
    """Write the backup to `path`, whole or not at all; return its manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.part")
    link = target.connect()
    try:
        link.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with link.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')")
            snapshot, version = cursor.fetchone()
            program = target.program("pg_dump", int(version) // 10_000)
            fresh.touch(mode=0o600)
            with fresh.open("wb") as file:
                with zipfile.ZipFile(file, "w") as archive:
                    with archive.open(DUMP, "w", force_zip64=True) as dump:
                        _dump(target, program, snapshot, dump)
                    said = manifest.take(cursor)  # the same snapshot as the dump's
                    archive.writestr(MANIFEST, json.dumps(said, indent=1))
                file.flush()
                os.fsync(file.fileno())
        fresh.rename(path)
    finally:
        link.close()
        fresh.unlink(missing_ok=True)
    return said


def _dump(target: Target, program: Path, snapshot: str, out: Any) -> None:
    command = [str(program), "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command += [f"--lock-wait-timeout={LOCK_MS}", "-d", target.dsn()]
    with subprocess.Popen(  # noqa: S603
        command, env=target.environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout  # noqa: S101
        assert running.stderr  # noqa: S101
        while piece := running.stdout.read(PIECE):
            out.write(piece)
        complaint = running.stderr.read().decode(errors="replace").strip()
    if running.returncode:
        raise DatabaseRefused(f"The dump failed: {(complaint or 'no reason given')[-500:]}")


def new_path() -> Path:
    """Return FILE, else a name with the time (UTC) in the run's folder of backups.

    Raises DatabaseRefused when there is such a file.
    """
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    asked = os.environ.get("FILE")
    path = Path(asked).absolute() if asked else data_dir() / "backups" / f"tala-{now}.zip"
    if path.exists():
        raise DatabaseRefused(f"{path} exists already: a backup replaces nothing.")
    return path


def main() -> int:
    """Make the backup and read it again; return the exit code. Refusals are one sentence."""
    from config import restore

    try:
        path = new_path()
        with database() as target:
            said = back_up(target, path)
            restore.read(path)
            if os.environ.get("CHECK"):
                restore.rehearse(target, path)
    except DatabaseRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The backup could not be written: {error}.\n")
        return 1
    lines = said["tables"].get("public.escalations_escalation", {}).get("rows", 0)
    size = path.stat().st_size / 1e6
    tell(f"{path}: {lines:,} lines, {len(said['tables'])} tables, {size:,.1f} MB.")
    tell("It counts once it has been restored: make restore, on another machine, compares.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
