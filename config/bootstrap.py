"""Makes `.venv` and installs the locked libraries when the lock changed; standard library alone.

Called by make as `python3 config/bootstrap.py [--dev] arguments…`: once all is there, `.venv`'s
Python takes this process over with the arguments.
"""

import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"


def main(arguments):
    """Make the environment ready, then become `.venv`'s Python with the arguments."""
    dev = arguments[:1] == ["--dev"]
    try:
        with (PROJECT / "requirements.txt").open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # two makes at once: the second waits for the first
            make_venv()
            install("requirements-dev.txt" if dev else "requirements.txt")
    except PermissionError as error:
        sys.exit(f"{error.filename} is closed to this account: run make as the one that made it.")
    os.execv(PYTHON, [str(PYTHON), *arguments[dev:]])


def make_venv():
    """Make `.venv` unless it is there and whole."""
    if os.access(PYTHON, os.X_OK) and can_pip():
        return
    if VENV.exists() and not os.access(VENV / "bin", os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "closed", str(VENV))
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        number = "{}.{}".format(*sys.version_info)
        sys.exit(
            f"Python {number} is here without its module {' and '.join(missing)}: install it "
            f"(on Debian and Ubuntu: apt-get install python{number}-venv) and run make again."
        )
    say("Making .venv …")
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"The folder {VENV} could not be made; the lines above say why.")


def can_pip():
    """Tell whether `.venv` came out whole: its making may have been interrupted."""
    asked = [str(PYTHON), "-c", "import pip"]
    return stamp() or subprocess.run(asked, capture_output=True, check=False).returncode == 0


def install(name):
    """Install the lock unless its text, and the smaller lock in it, are installed here."""
    wanted = {name: digest(name), "requirements.txt": digest("requirements.txt")}
    known = stamp()
    if all(known.get(lock) == text for lock, text in wanted.items()):
        return
    say(f"Installing {name} …")
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--no-input", "--only-binary", ":all:", "--require-hashes", "-r", name]
    if subprocess.run(command, cwd=PROJECT, check=False).returncode:
        sys.exit(f"{name} could not be installed; pip's lines above say why.")
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps({**known, **wanted}, indent=1))
    fresh.rename(STAMP)


def digest(name):
    """Return the digest of a lock's text."""
    return hashlib.sha256((PROJECT / name).read_bytes()).hexdigest()


def stamp():
    """Return what was installed: the digest of each lock."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def say(text):
    """Tell the person what takes a while."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
