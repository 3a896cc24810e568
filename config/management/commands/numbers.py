"""`manage.py numbers` writes docs/numbers.md from the definitions of the numbers."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.chapters import Chapter, chapters

HEAD = """\
# Numbers

Every number of the reports, the board and the cards has one definition; this page is written from
them by `manage.py numbers`, and a test keeps it fresh. The same words are shown on hover, beside
charts, in print and in exports, and under “Definitions” at the foot of the reports. They are in
`reports/definitions/`.

A number that counts lines leads to exactly these lines: the log sheet with `count=` and its slug,
for instance `/p/<p>/log/?from=2026-11-01&to=2026-11-07&count=feedback-owed`.
"""


class Command(BaseCommand):
    """Write the page of numbers."""

    help = __doc__ or ""

    def handle(self, **options: object) -> None:
        """Write docs/numbers.md."""
        where().write_text(page(), encoding="utf-8")


def where() -> Path:
    """The page's place in the source."""
    return Path(settings.BASE_DIR) / "docs" / "numbers.md"


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *map(_chapter, chapters())])


def _chapter(chapter: Chapter) -> str:
    parts = [f"## {chapter.name}\n"]
    for one in chapter.numbers:
        slug = f" · `count={one.slug}`" if one.counts_lines else ""
        parts.append(f"**{one.name}**{slug}  \n{one.said}\n")
    return "\n".join(parts)
