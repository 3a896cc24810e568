"""The embedded PostgreSQL: made, started, recovered after any crash, and stopped again."""

import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from subprocess import CompletedProcess

import psutil

from config import binaries
from config.database import ROLE, DatabaseRefused, make_data_dir, place, socket_dir

OUTSIDE = Path("/var/lib/tala")
"""Where a cluster lives when PostgreSQL's account cannot enter root's own folder."""

PATIENCE = 120
"""Seconds that PostgreSQL may take to start, recovery included."""

ORPHANS = 10.0
"""Seconds that the children of a killed PostgreSQL get to notice and go."""


@dataclass(frozen=True)
class Cluster:
    """One embedded cluster, kept for the run whose folder is `data`."""

    data: Path
    durable: bool = True
    outside: Path = OUTSIDE

    @cached_property
    def base(self) -> Path:
        """The folder that holds the cluster: `data`, or one that PostgreSQL's account can enter."""
        make_data_dir(self.data)
        base = place(self.data)
        if base == self.data and not self._fits(base):
            base = self._outside()
        if not base.exists():
            make_data_dir(base)
        return base

    @cached_property
    def account(self) -> binaries.Account | None:
        """Who runs PostgreSQL; None means we do."""
        return binaries.account_for(place(self.data) / "postgres")

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs."""
        return binaries.find(self.base, self.account)

    @property
    def files(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.base / "postgres"

    @property
    def socket(self) -> Path:
        """The folder of the Unix socket."""
        return socket_dir(self.base)

    @property
    def exists(self) -> bool:
        """Whether the cluster was made before."""
        return (place(self.data) / "postgres" / "PG_VERSION").exists()

    @property
    def _name(self) -> str:
        """What PostgreSQL calls itself in the process list; how orphans are recognised."""
        return f"tala-{hashlib.sha256(os.fsencode(self.base)).hexdigest()[:12]}"

    def _fits(self, base: Path) -> bool:
        if binaries.can_enter(base, self.account):
            return True
        if (base / "postgres").exists():
            raise DatabaseRefused(
                f"The account {self.account.name if self.account else ''} can no longer enter "
                f"{base}: open the folders above it to it again, as they were when it was made."
            )
        return False

    def _outside(self) -> Path:
        """Choose a new folder outside, and remember it: a new clone never meets old data."""
        try:
            self.outside.mkdir(mode=0o755, parents=True, exist_ok=True)
            base = self.outside / secrets.token_hex(8)
            base.mkdir()
        except OSError as error:
            raise DatabaseRefused(
                f"PostgreSQL's account cannot enter {self.data}, and {self.outside} cannot be "
                "written: move the project out of this closed folder, or set DATABASE_URL."
            ) from error
        base.chmod(0o711)
        if not binaries.can_enter(base, self.account):
            raise DatabaseRefused(f"PostgreSQL's account can enter neither {self.data} nor {base}.")
        (base / "made-for").write_text(f"{self.data}\n")
        (self.data / "place").write_text(f"{base}\n")
        return base

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time make, start or stop the cluster."""
        with (self.base / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def needed(self) -> Iterator[None]:
        """Use the cluster; whoever is the last to leave stops it."""
        with (self.base / "users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield
            finally:
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def start(self) -> bool:
        """Start PostgreSQL unless it runs; return whether it was us who started it.

        Raises DatabaseRefused with a sentence when it cannot be.
        """
        with self.locked():
            if self.pid() and self._answers():
                return False
            self._refuse_other_major()
            self._stop()
            self._clear_stale()
            if not self.exists:
                self._make()
            self._prepare()
            done = self._control("start", "-t", str(PATIENCE), "-l", str(self.files / "server.log"))
            if done.returncode:
                raise DatabaseRefused(f"PostgreSQL did not start: {self._complaint(done.stdout)}")
            self._make_database()
            return True

    def stop(self) -> None:
        """Stop PostgreSQL if it runs, whoever started it."""
        with self.locked():
            self._stop()

    def pid(self) -> int | None:
        """Return the process id of this cluster's running PostgreSQL, None if there is none."""
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.files / "postmaster.pid").read_text().splitlines()[0])
            # Not its working directory: root in a container may not read that.
            with suppress(psutil.Error):
                process = psutil.Process(pid)
                alive = process.status() != psutil.STATUS_ZOMBIE
                return pid if alive and str(self.files) in process.cmdline() else None
        return None

    def url(self) -> str:
        """Return the address in the form of a DATABASE_URL."""
        return f"postgres://{ROLE}@/{ROLE}?host={self.socket}"

    def _control(self, verb: str, *more: str) -> CompletedProcess[str]:
        command = [self.programs / "pg_ctl", verb, "-w", "-s", "-D", self.files, *more]
        return binaries.run(command, self.account, timeout=PATIENCE + 60)

    def _stop(self) -> None:
        for mode in ("fast", "immediate"):
            if self.pid():
                self._control("stop", "-m", mode, "-t", "30")
        if pid := self.pid():
            with suppress(psutil.Error):
                psutil.Process(pid).kill()

    def _refuse_other_major(self) -> None:
        if self.exists:
            theirs = (self.files / "PG_VERSION").read_text().strip()
            ours = binaries.major(self.programs)
            if theirs != str(ours):
                raise DatabaseRefused(
                    f"The database in {self.files} was made by PostgreSQL {theirs}, this is "
                    f"PostgreSQL {ours}: move it with pg_dump (docs/deploy.md), or move "
                    f"{self.files} away to start afresh."
                )

    def _clear_stale(self) -> None:
        """Wait for what a killed PostgreSQL left behind, end it if need be, and drop its files.

        Its children notice and go by themselves; while one lives, PostgreSQL refuses to start.
        """
        deadline = time.monotonic() + ORPHANS
        while orphans := self._orphans():
            if time.monotonic() > deadline:
                for orphan in orphans:
                    with suppress(psutil.Error):
                        orphan.kill()
            time.sleep(0.1)
        (self.files / "postmaster.pid").unlink(missing_ok=True)
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.socket / name).unlink(missing_ok=True)

    def _orphans(self) -> list[psutil.Process]:
        mark = f"postgres: {self._name}"
        return [
            process
            for process in psutil.process_iter(["cmdline", "status"])
            if (process.info["cmdline"] or [""])[0].startswith(mark)
            and process.info["status"] != psutil.STATUS_ZOMBIE
        ]

    def _make(self) -> None:
        """Make the cluster beside its place and move it there whole, so it is never half made."""
        fresh = self.base / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._give(fresh)
        options = ["-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-A", "trust"]
        options += ["--auth-host=reject", *([] if self.durable else ["--no-sync"])]
        command = [self.programs / "initdb", "-D", fresh, *options]
        done = binaries.run(command, self.account)
        if done.returncode:
            raise DatabaseRefused(f"PostgreSQL's files could not be made: {_last(done.stdout)}")
        with (fresh / "postgresql.conf").open("a") as main:
            main.write("include_if_exists = 'tala.conf'\n")
        (self.base / "first-start").touch()  # until the run that follows has come up once
        if self.files.exists():
            self.files.rename(self.base / f"postgres.broken-{secrets.token_hex(4)}")
        fresh.rename(self.files)

    def _prepare(self) -> None:
        """Write our own settings, and make the folder of the socket: both may have moved."""
        settings = {
            "cluster_name": self._name,
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            # What people type stays out of the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if not self.durable:
            settings |= dict.fromkeys(["fsync", "synchronous_commit", "full_page_writes"], "off")
            settings["max_connections"] = "300"  # tests of crowds, several at once
        own = self.files / "tala.conf"
        own.write_text("".join(f"{key} = {_quoted(value)}\n" for key, value in settings.items()))
        self._give(own)
        if (log := self.files / "server.log").exists() and log.stat().st_size > 10_000_000:
            log.unlink()
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self._give(self.socket)
        self.socket.chmod(0o700)

    def _give(self, path: Path) -> None:
        """Hand what we made to PostgreSQL's account; refuse what somebody else put there."""
        owner = path.lstat().st_uid
        wanted = self.account.uid if self.account else os.geteuid()
        if owner not in {os.geteuid(), wanted} or path.is_symlink():
            raise DatabaseRefused(f"{path} belongs to somebody else: remove it and start again.")
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _answers(self) -> bool:
        ready = [self.programs / "pg_isready", "-q", "-h", self.socket, "-t", "10"]
        return binaries.run(ready, self.account).returncode == 0

    def _make_database(self) -> None:
        import psycopg2

        link = psycopg2.connect(host=str(self.socket), user="postgres", dbname="postgres")
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        link.close()

    def _complaint(self, said: str) -> str:
        log = self.files / "server.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        fatal = [line for line in lines[-50:] if "FATAL" in line or "PANIC" in line]
        return f"{_last((fatal or lines or [said])[-1])} ({log})"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing"
