"""`manage.py measure_grouping PATH.csv`: how well the grouping engine does on labelled texts."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from calibration.grouping.ready import is_ready


def _shots(text: str) -> list[int]:
    numbers = [int(part) for part in text.split(",")]
    if min(numbers) < 1:
        raise ValueError(text)
    return numbers


class Command(BaseCommand):
    """Read texts, measure, print; nothing is kept, and the database is not asked."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file (columns text, label, split; the last two may be missing) and the shots."""
        parser.add_argument("path", type=Path, help="CSV: text, label (oos: none fits), split")
        parser.add_argument(
            "--shots", type=_shots, default=[5, 10], help="examples per topic, such as 5,10"
        )

    def handle(self, *, path: Path, shots: list[int], **options: object) -> None:
        """Measure one file. Raises CommandError for one that cannot be read."""
        if not is_ready():
            raise CommandError("The encoder is not there: numpy, or its files, are missing.")
        from calibration.grouping import measuring

        try:
            texts = measuring.read(path)
        except (OSError, ValueError, csv.Error) as trouble:
            raise CommandError(f"{path.name} cannot be read: {trouble}") from None
        if not texts.texts:
            raise CommandError(f"{path.name} has no text.")
        rows = measuring.encoded(texts.texts, self._tell(len(texts.texts)))
        self.stdout.write(f"{path.name}: {len(texts.texts):,} texts")
        if len(texts.places("train")) and len(texts.places("test")):
            for count in shots:
                self._say(f"suggest, {count}-shot", measuring.suggestions(texts, rows, count))
            self._say("similar", {"precision@5": measuring.similar(texts, rows)})
        self._say("discover", measuring.discoveries(texts, rows))

    def _say(self, what: str, figures: dict[str, float]) -> None:
        said = [_SAID[name].format(figure) for name, figure in figures.items()]
        self.stdout.write(f"{what}: {', '.join(said) or 'no test text has a topic with examples'}")

    def _tell(self, count: int) -> Any:
        def tell(done: int) -> None:
            if done % 4096 == 0 or done == count:
                self.stderr.write(f"encoded {done:,} of {count:,}")

        return tell


_SAID = {
    "top1": "top-1 {:.1f} %",
    "top3": "top-3 {:.1f} %",
    "auroc": "out-of-scope AUROC {:.3f}",
    "precision@5": "precision@5 {:.1f} %",
    "pool": "{:,.0f} texts",
    "groups": "{:.0f} groups",
    "largest": "largest {:.1f} %",
    "covered": "covered {:.1f} %",
    "seconds": "{:.1f} s",
    "ari": "ARI {:.3f}",
    "nmi": "NMI {:.3f}",
}
