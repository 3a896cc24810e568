"""`manage.py prepare`: everything between new code and a site that can be started."""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.database import is_embedded
from config.demo.floor import greeting, is_loaded, load


class Command(BaseCommand):
    """Migrate the database and gather the static files; what is done already is left alone."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--demo`, which only the very first `make run` gives."""
        parser.add_argument("--demo", action="store_true", help="load the demo floor as well")

    def handle(self, *, demo: bool, **options: object) -> None:
        """Do it; what a person should read afterwards goes to the standard output."""
        call_command("migrate", interactive=False, verbosity=0)
        gather_static()
        if demo:
            self.stderr.write("Loading the demo floor …")
            load()
        if is_embedded() and is_loaded():
            self.stdout.write(greeting())


def gather_static() -> bool:
    """Gather the static files unless none changed since; return whether it was done."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".gathered"
    state = _fingerprint()
    if stamp.is_file() and stamp.read_text() == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def _fingerprint() -> str:
    """Return a digest of every static file's name, size and time of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for line in sorted(_static_files()):
        digest.update(line.encode())
    return digest.hexdigest()


def _static_files() -> Iterable[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen = Path(storage.path(name)).stat()
            yield f"{name} {seen.st_size} {seen.st_mtime_ns}\n"
