"""`manage.py statuses` writes docs/statuses.md from the tables of legal moves."""

from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import TextChoices

from calibration.models import FIRST_SESSION, SESSION_TRANSITIONS, SESSION_TURN, SessionState
from calibration.models.ladder import FIRST as FIRST_PRACTICE
from calibration.models.ladder import TRANSITIONS as PRACTICE_TRANSITIONS
from calibration.models.ladder import State as PracticeState
from escalations.models import Feedback, Status
from escalations.models.status import (
    FEEDBACK_TRANSITIONS,
    FIRST,
    FIRST_FEEDBACK,
    TRANSITIONS,
    TURN,
)

HEAD = """\
# Statuses

Written by `manage.py statuses` from the tables of moves in `escalations/models/status.py`,
`calibration/models/sessions.py` and `calibration/models/ladder.py`; a test keeps it fresh.

## A line
"""

Moves = Mapping[str, Collection[str]]


class Command(BaseCommand):
    """Write the page of statuses and their moves."""

    help = __doc__ or ""

    def handle(self, **options: object) -> None:
        """Write docs/statuses.md."""
        where().write_text(page(), encoding="utf-8")


def where() -> Path:
    """The page's place in the source."""
    return Path(settings.BASE_DIR) / "docs" / "statuses.md"


def page() -> str:
    """The whole page, in Markdown with Mermaid diagrams."""
    return "\n".join(
        (
            HEAD,
            _diagram(TRANSITIONS, Status, FIRST),
            _turns(TRANSITIONS, Status, TURN),
            "\n## Feedback to the agent\n",
            _diagram(FEEDBACK_TRANSITIONS, Feedback, FIRST_FEEDBACK),
            "## A calibration session\n",
            _diagram(SESSION_TRANSITIONS, SessionState, FIRST_SESSION),
            _turns(SESSION_TRANSITIONS, SessionState, SESSION_TURN),
            "\n## A best practice\n",
            _diagram(PRACTICE_TRANSITIONS, PracticeState, FIRST_PRACTICE),
        )
    )


def _turns(moves: Moves, order: type[TextChoices], turn: Mapping[str, str]) -> str:
    """Whose turn each status is, as a table."""
    rows = [f"| `{one}` | {turn[one]} | {_words(moves[one], order)} |" for one in order.values]
    return "\n".join(("| Status | Whose turn | May become |\n|---|---|---|", *rows))


def _words(moves: Collection[str], order: type[TextChoices]) -> str:
    return ", ".join(f"`{word}`" for word in order.values if word in moves) or "nothing"


def _diagram(moves: Moves, order: type[TextChoices], first: Collection[str]) -> str:
    """The moves as a Mermaid state diagram, in the order of the statuses."""
    lines = [f"    [*] --> {word}" for word in order.values if word in first]
    lines += [
        f"    {start} --> {end}"
        for start in order.values
        for end in order.values
        if end in moves[start]
    ]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```\n"))
