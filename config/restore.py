"""`make restore FILE=…`: a backup into an empty database, compared before anybody uses it.

The embedded database is restored beside the present one and takes its place only when every
table is as the backup says; the former one stays, under another name.
"""

import fcntl
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config import manifest
from config.backup import DUMP, MANIFEST, PIECE, Target, database
from config.cluster import Cluster
from config.database import ROLE, DatabaseRefused, data_dir, from_url, is_embedded, make_data_dir
from config.processes import tell


def read(path: Path) -> manifest.Manifest:
    """Return the manifest of a backup that is whole, to the last byte, and that we can restore.

    Raises DatabaseRefused with a sentence otherwise.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if broken := archive.testzip():
                raise DatabaseRefused(f"{path} is damaged ({broken}): use another backup.")
            said = json.loads(archive.read(MANIFEST))
            archive.getinfo(DUMP)
    except FileNotFoundError:
        raise DatabaseRefused(f"There is no file {path}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise DatabaseRefused(f"{path} is damaged, or no backup of Tala.") from error
    if not isinstance(said, dict) or said.get("format") != manifest.FORMAT:
        raise DatabaseRefused(f"{path} was written by another version of `make backup`.")
    if unknown := manifest.unknown_migrations(said):
        raise DatabaseRefused(
            f"{path} was made by a newer Tala (it knows {unknown[-1]}): update this one first."
        )
    return said


def load(path: Path, target: Target) -> manifest.Manifest:
    """Restore into an empty database and compare; return the manifest.

    Raises DatabaseRefused when the backup or the database is not fit, or anything differs.
    """
    wanted = read(path)
    link = target.connect()
    with link, link.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
        if manifest.tables_of(cursor):
            raise DatabaseRefused(
                "This database is not empty, and a restore replaces nothing: "
                "make an empty one and name it in DATABASE_URL."
            )
    link.close()
    if wanted["postgres"] > server:
        raise DatabaseRefused(
            f"The backup is of PostgreSQL {wanted['postgres']}, this server is {server}."
        )
    _restore(path, target, target.program("pg_restore", server))
    link = target.connect()
    with link, link.cursor() as cursor:
        found = manifest.take(cursor)
        cursor.execute("ANALYZE")
    link.close()
    if wrong := manifest.differences(wanted, found):
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise DatabaseRefused(f"What was restored differs: {'; '.join(wrong[:3])}{more}.")
    return wanted


def _restore(path: Path, target: Target, program: Path) -> None:
    command = [str(program), "--no-owner", "--no-privileges", "--exit-on-error"]
    command += ["-d", target.dsn()]
    with (
        zipfile.ZipFile(path) as archive,
        archive.open(DUMP) as dump,
        subprocess.Popen(  # noqa: S603
            command, env=target.environ(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running,
    ):
        assert running.stdin  # noqa: S101
        assert running.stderr  # noqa: S101
        try:
            while piece := dump.read(PIECE):
                running.stdin.write(piece)
            running.stdin.close()
        except BrokenPipeError:
            running.stdin = None  # it gave up, and says why
        complaint = running.stderr.read().decode(errors="replace").strip()
    if running.returncode:
        raise DatabaseRefused(f"The restore failed: {(complaint or 'no reason given')[-500:]}")


def _as_owner(cluster: Cluster) -> Any:
    """Return a connection that may make and rename databases."""
    import psycopg2

    link = psycopg2.connect(host=str(cluster.socket), user="postgres", dbname="postgres")
    link.autocommit = True
    return link


def _beside(cluster: Cluster, name: str) -> Target:
    return Target({**from_url(cluster.url()), "NAME": name}, cluster)


def rehearse(target: Target, path: Path) -> None:
    """Restore into a database beside the embedded one, compare, and remove it again."""
    if target.cluster is None:
        raise DatabaseRefused("CHECK=1 is for the embedded database: restore it into an empty one.")
    name = f"{ROLE}_check_{os.getpid()}"
    link = _as_owner(target.cluster)
    with link.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} OWNER {ROLE}")
        try:
            load(path, _beside(target.cluster, name))
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            link.close()


def replace(cluster: Cluster, path: Path) -> tuple[manifest.Manifest, str]:
    """Restore beside the present database and swap; return what the former one is called now.

    "" when the former one was empty: it is dropped.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
    fresh, former = f"{ROLE}_new_{stamp}", f"{ROLE}_before_{stamp}"
    link = _as_owner(cluster)
    with link.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {fresh} OWNER {ROLE}")
        try:
            said = load(path, _beside(cluster, fresh))
        except BaseException:
            cursor.execute(f"DROP DATABASE {fresh} WITH (FORCE)")
            raise
        was_empty = not _has_tables(_beside(cluster, ROLE))
        if was_empty:
            cursor.execute(f"DROP DATABASE {ROLE}")
        else:
            cursor.execute(f"ALTER DATABASE {ROLE} RENAME TO {former}")
        cursor.execute(f"ALTER DATABASE {fresh} RENAME TO {ROLE}")
    link.close()
    (cluster.base / "first-start").unlink(missing_ok=True)  # no demo floor into a restored one
    return said, "" if was_empty else former


def _has_tables(target: Target) -> bool:
    link = target.connect()
    with link.cursor() as cursor:
        found = bool(manifest.tables_of(cursor))
    link.close()
    return found


def main() -> int:
    """Restore FILE; return the exit code. Refusals are one sentence."""
    try:
        path = _asked()
        said, former = _embedded(path) if is_embedded() else _elsewhere(path)
    except DatabaseRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The backup could not be restored: {error}.\n")
        return 1
    rows = sum(table["rows"] for table in said["tables"].values())
    tell(f"Restored and compared: {len(said['tables'])} tables, {rows:,} rows, as in the backup.")
    if former:
        tell(f"The former database is kept as {former}; docs/deploy.md says how to remove it.")
    return 0


def _asked() -> Path:
    if not (asked := os.environ.get("FILE")):
        raise DatabaseRefused("Say which backup: make restore FILE=….")
    return Path(asked).absolute()


def _embedded(path: Path) -> tuple[manifest.Manifest, str]:
    data = data_dir()
    cluster = Cluster(data)
    make_data_dir(data)
    with (data / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseRefused(
                "Tala is running from this folder: stop it with Ctrl-C where it runs, then restore."
            ) from None
        with cluster.needed():
            cluster.start()
            return replace(cluster, path)


def _elsewhere(path: Path) -> tuple[manifest.Manifest, str]:
    with database() as target:
        return load(path, target), ""


if __name__ == "__main__":
    sys.exit(main())
