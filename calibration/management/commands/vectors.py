"""`manage.py vectors`: make all vectors that are wanted now, as the worker does bit by bit."""

from django.core.management.base import BaseCommand, CommandError

from calibration.actions.learning import learn
from calibration.actions.vectors import make, spread
from calibration.grouping.ready import is_ready
from calibration.models import VectorWanted

ROUND = 60.0
"""Seconds between two words on how far it is."""


class Command(BaseCommand):
    """Go on until no line waits; may be stopped and run again, beside the worker too."""

    help = __doc__ or ""

    def handle(self, **options: object) -> None:
        """Make them and say how many. Raises CommandError without the encoder."""
        if not is_ready():
            raise CommandError("The encoder is not there: numpy, or its files, are missing.")
        while made := make(seconds=ROUND):
            left = VectorWanted.objects.count()
            self.stdout.write(f"Made {made:,} vectors; {left:,} lines wait.")
        spread()
        learn()
        self.stdout.write("No line waits for its vector.")
