"""`manage.py demo load` and `demo remove`: the made-up floor for trying things out."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from config.database import is_embedded
from config.demo.floor import greeting, load
from config.demo.removal import remove
from people.refusals import ActionRefused


class Command(BaseCommand):
    """Load or remove the demo floor; beside a DATABASE_URL only when told so in so many words."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb, and the words without which no other database is touched."""
        parser.add_argument("verb", choices=["load", "remove"])
        parser.add_argument(
            "--beside-database-url",
            action="store_true",
            help="make the demo floor, with its known passwords, in the database of DATABASE_URL",
        )

    def handle(
        self, *, verb: str, beside_database_url: bool, verbosity: int, **options: object
    ) -> None:
        """Do it and say in a few lines what was done. Raises CommandError, one sentence."""
        if verb == "load" and not (is_embedded() or beside_database_url):
            raise CommandError(
                "The demo floor has known passwords, so it is only made beside the embedded "
                "database; --beside-database-url makes it in yours all the same."
            )
        try:
            self.stdout.write(_load() if verb == "load" else _remove())
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verb == "load" and verbosity:
            self.stdout.write(greeting())


def _load() -> str:
    lines = load()
    if not lines:
        return "The demo floor is there already; nothing was changed."
    return f"The demo floor is ready: {lines} lines."


def _remove() -> str:
    gone = remove()
    kept = gone.pop("kept people", 0)
    said = ", ".join(f"{count} {name}" for name, count in sorted(gone.items()) if count)
    if kept:
        said += f". Kept, but unable to sign in, as they wrote in other programs: {kept} people"
    return f"Removed the demo floor: {said}."
