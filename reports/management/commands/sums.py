"""`manage.py sums check` and `sums rebuild`: sums of settled days against the lines (ADR 0161)."""

from argparse import ArgumentParser
from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from reports.actions.settling import rebuild
from reports.drift import drift

SHOWN = 20


class Command(BaseCommand):
    """Say which sums are wrong, or make all of them again while everybody works."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb."""
        parser.add_argument("verb", choices=["check", "rebuild"])

    def handle(self, *, verb: str, **options: object) -> None:
        """Do it and say so. Raises CommandError when `check` finds a wrong sum."""
        if verb == "rebuild":
            self.stdout.write(f"Summed up: {rebuild()} days and months.")
            return
        wrong = [
            f"{one.program.slug} {one.day} {one.dimension} {one.key} {one.slug}:"
            f" {one.lines} lines, kept {one.kept}"
            for one in islice(drift(), SHOWN)
        ]
        if wrong:
            said = "\n".join(wrong)
            raise CommandError(f"Sums are wrong; `sums rebuild` makes them again.\n{said}")
        self.stdout.write("Every sum is what the lines say.")
