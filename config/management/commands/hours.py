"""`manage.py hours check` and `hours rebuild`: the hour counters against the lines (ADR 0092)."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from escalations.hours import drift, rebuild
from people.models import Program

SHOWN = 20


class Command(BaseCommand):
    """Say which counters are wrong, or put them right while everybody works."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb."""
        parser.add_argument("verb", choices=["check", "rebuild"])

    def handle(self, *, verb: str, **options: object) -> None:
        """Do it and say so. Raises CommandError when `check` finds a wrong counter."""
        if verb == "rebuild":
            self.stdout.write(f"Put right: {rebuild()} hours.")
        elif wrong := drift():
            names = dict(Program.objects.values_list("pk", "slug"))
            said = [
                f"{names[one.program_id]} {one.hour:%Y-%m-%d %H:%M}Z: {one.lines} lines, "
                f"counted {one.kept}"
                for one in wrong[:SHOWN]
            ]
            raise CommandError(
                f"{len(wrong)} hours are counted wrong; `hours rebuild` puts them right.\n"
                + "\n".join(said)
            )
        else:
            self.stdout.write("Every hour is counted right.")
