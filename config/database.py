"""Which database this process talks to: `DATABASE_URL`, the tests' own, or the embedded one.

Nothing here imports Django, so settings, the launcher and the supervisor can all ask.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config import timeouts

PROJECT = Path(__file__).resolve().parent.parent

ROLE = "tala"
"""The account and the database of the embedded cluster; it is no superuser."""

PLANNING = ("-c jit=off", "-c plan_cache_mode=force_generic_plan")
"""A page's query takes longer to compile (ADR 0092), or to plan anew (ADR 0126), than to answer."""

LONGEST_SOCKET = 107
"""Linux takes no longer path for a Unix socket, in bytes."""


class DatabaseRefused(Exception):
    """The database cannot be used; the text is one sentence for the person who started us."""


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of everything a run keeps: `.data` of the project, or `$TALA_DATA`."""
    return Path(environ.get("TALA_DATA") or PROJECT / ".data").absolute()


def is_testing(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether pytest runs us (config/tests/plumbing.py says so)."""
    return bool(environ.get("TALA_TESTING"))


def is_embedded(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether this process uses the embedded PostgreSQL of `make run`."""
    return not is_testing(environ) and not environ.get("DATABASE_URL")


def settings_dict(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]`.

    Raises DatabaseRefused for a DATABASE_URL that is not a PostgreSQL one.
    """
    if is_testing(environ):
        where = from_url(environ.get("TEST_DATABASE_URL", ""), name="TEST_DATABASE_URL")
    elif environ.get("DATABASE_URL"):
        where = from_url(environ["DATABASE_URL"])
    else:
        where = _embedded(data_dir(environ))
    asked = where.pop("OPTIONS", {})
    limits = [f"-c {name}={value}" for name, value in _limits(environ).items()]
    options = {
        "connect_timeout": timeouts.CONNECT,
        "application_name": "tala",
        **timeouts.KEEPALIVE,
        **asked,
        "options": " ".join([*PLANNING, *limits, asked.get("options", "")]).strip(),
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **where,
        "OPTIONS": options,
        # A browser test's server answers each request in a thread of its own.
        "CONN_MAX_AGE": 0 if is_testing(environ) else timeouts.CONNECTION_AGE,
        "CONN_HEALTH_CHECKS": True,
    }


def _limits(environ: Mapping[str, str]) -> dict[str, str]:
    """Return PostgreSQL's own limits in milliseconds; commands may lift the first (manage.py)."""
    return {
        "statement_timeout": environ.get("STATEMENT_TIMEOUT_MS") or str(timeouts.STATEMENT_MS),
        "lock_timeout": environ.get("LOCK_TIMEOUT_MS") or str(timeouts.LOCK_MS),
        "idle_in_transaction_session_timeout": str(timeouts.IDLE_IN_TRANSACTION_MS),
    }


def from_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Read `postgres://user:password@host:port/database?option=value` into Django's words.

    A socket is written `postgres:///database?host=/its/folder`, percent-encoded in the host's
    place, or `postgres:////its/folder/database`. Raises DatabaseRefused, never showing the
    password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DatabaseRefused(f"{name} cannot be read as an address.") from error
    if parts.scheme not in {"postgres", "postgresql", "pgsql"}:
        raise DatabaseRefused(f"{name} must start with postgres:// (PostgreSQL 15 or newer).")
    options = dict(parse_qsl(parts.query))
    folder, _, database = unquote(parts.path).removeprefix("/").rpartition("/")
    host = options.pop("host", "") or unquote(_host(parts.netloc)) or folder
    if not database:
        raise DatabaseRefused(f"{name} names no database after its last slash.")
    return {
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
    }


def _host(netloc: str) -> str:
    """Return the host with its case kept: urlsplit lowers it, which breaks a socket's path."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _embedded(data: Path) -> dict[str, Any]:
    return {
        "NAME": ROLE,
        "USER": ROLE,
        "PASSWORD": "",
        "HOST": str(socket_dir(place(data))),
        "PORT": "",
    }


def place(data: Path) -> Path:
    """Return the folder the cluster lives in: `data`, or the one that `data/place` names.

    The second is so when root's own folder cannot be entered by the account that runs
    PostgreSQL (see config/cluster.py).
    """
    pointer = data / "place"
    return Path(pointer.read_text().strip()) if pointer.is_file() else data


def socket_dir(base: Path) -> Path:
    """Return the 0700 folder of the socket: beside the cluster, or short when that is too long."""
    beside = base / "socket"
    if len(os.fsencode(beside / ".s.PGSQL.5432.lock")) < LONGEST_SOCKET:
        return beside
    return Path("/tmp") / f"tala-{hashlib.sha256(os.fsencode(base)).hexdigest()[:16]}"  # noqa: S108


def keep_secret_key(data: Path) -> None:
    """Make SECRET_KEY once for the embedded run, readable by us alone; the settings read it."""
    path = data / "secret_key"
    if path.exists():
        return
    make_data_dir(data)
    fresh = data / f"secret_key.{os.getpid()}"
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
    fresh.rename(path)


def make_data_dir(path: Path) -> None:
    """Make the folder of a run, closed to others; root's may be passed through by PostgreSQL."""
    if not path.exists():
        path.mkdir(parents=True, mode=0o700)
        path.chmod(0o711 if os.geteuid() == 0 else 0o700)
