"""Calibration sessions: how far each has come, its cases, and who was asked."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from calibration.querysets_sessions import ParticipantQuerySet, SessionQuerySet
from escalations.models import Escalation, Topic
from people.models import Program, User


class SessionState(models.TextChoices):
    """How far a session has come; its word is what people read."""

    PREPARED = "prepared", "Prepared"
    OPEN = "open", "Open"
    REVEALED = "revealed", "Revealed"
    CONCLUDED = "concluded", "Concluded"
    CANCELLED = "cancelled", "Cancelled"


SESSION_TURN: dict[str, str] = {
    SessionState.PREPARED: "The captain’s turn: open it",
    SessionState.OPEN: "The participants’ turn: each answers alone",
    SessionState.REVEALED: "The captain’s turn: rule on every case",
    SessionState.CONCLUDED: "Nobody’s turn: concluded",
    SessionState.CANCELLED: "Nobody’s turn: called off",
}

SESSION_TRANSITIONS: dict[str, frozenset[str]] = {
    SessionState.PREPARED: frozenset({SessionState.OPEN, SessionState.CANCELLED}),
    SessionState.OPEN: frozenset({SessionState.REVEALED, SessionState.CANCELLED}),
    SessionState.REVEALED: frozenset({SessionState.CONCLUDED, SessionState.CANCELLED}),
    SessionState.CONCLUDED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}
"""What was revealed is never blind again: the answers to a second question are a second round."""

FIRST_SESSION: frozenset[str] = frozenset({SessionState.PREPARED})

FEWEST_CASES, MOST_CASES = 3, 10


@pghistory.track(
    pghistory.InsertEvent("prepared"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class Session(models.Model):
    """A topic's cases, answered by each SME alone, then side by side, then ruled on."""

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="sessions", db_index=False
    )
    number = models.PositiveIntegerField(help_text="The program's own running number of sessions.")
    key = models.UUIDField(help_text="Made by the form; one session per user and key.")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="sessions")
    state = models.CharField(max_length=9, choices=SessionState, default=SessionState.PREPARED)
    deadline = models.DateTimeField(help_text="Until when answers are asked for.")
    dispositions = ArrayField(
        models.CharField(max_length=60), help_text="The program's list as it was at the opening."
    )
    round = models.PositiveSmallIntegerField(default=1)
    first_round = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="second_rounds", null=True, blank=True
    )
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="", help_text="Of calling off.")
    version = models.PositiveIntegerField(default=1)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="session_number_once"),
            models.UniqueConstraint(fields=["prepared_by", "key"], name="session_key_once"),
            models.UniqueConstraint(
                fields=["first_round"],
                name="session_second_round_once",
                condition=~models.Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="session_round_pair",
                condition=models.Q(round=1, first_round=None)
                | models.Q(round=2, first_round__isnull=False),
            ),
            models.CheckConstraint(
                name="session_opened_pair",
                condition=models.Q(state="cancelled")
                | models.Q(state="prepared", opened_at=None)
                | models.Q(state__in=["open", "revealed", "concluded"], opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_revealed_pair",
                condition=models.Q(state="cancelled")
                | models.Q(state__in=["prepared", "open"], revealed_at=None)
                | models.Q(state__in=["revealed", "concluded"], revealed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="session_concluded_pair",
                condition=models.Q(state="concluded", concluded_at__isnull=False)
                | (~models.Q(state="concluded") & models.Q(concluded_at=None)),
            ),
            models.CheckConstraint(
                name="session_cancelled_pair",
                condition=(models.Q(state="cancelled", cancelled_at__isnull=False))
                & ~models.Q(reason="")
                | (~models.Q(state="cancelled") & models.Q(cancelled_at=None, reason="")),
            ),
        ]

    def __str__(self) -> str:
        again = ", second round" if self.round == 2 else ""
        return f"session {self.number} on {self.topic}{again}"

    def can_become(self, state: str) -> bool:
        """Whether the table of moves lets it."""
        return state in SESSION_TRANSITIONS[self.state]

    @property
    def is_revealed(self) -> bool:
        """Whether everybody may see everybody's answers."""
        return self.revealed_at is not None

    def is_late(self, now: datetime) -> bool:
        """Whether it still waits for answers after its deadline, at `now` (aware)."""
        return self.state == SessionState.OPEN and now > self.deadline


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Case(models.Model):
    """A real escalation as it is shown in a session: its words, nobody's name."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    escalation = models.ForeignKey(
        Escalation,
        on_delete=models.SET_NULL,
        related_name="cases",
        null=True,
        help_text="None once its line is gone with an import that was undone.",
    )
    order = models.PositiveSmallIntegerField()
    concern = models.TextField()
    offered = models.TextField(blank=True, default="")
    refused_because = models.TextField(blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    resolution = models.TextField(
        blank=True, default="", help_text="What was done then; not shown before the reveal."
    )

    class Meta:
        ordering = ["session", "order"]
        constraints = [
            models.UniqueConstraint(fields=["session", "escalation"], name="case_line_once"),
            models.UniqueConstraint(
                fields=["session", "order"],
                name="case_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="case_says_something", condition=~models.Q(concern="")),
        ]

    def __str__(self) -> str:
        return f"case {self.order} of session {self.session_id}"


@pghistory.track(
    pghistory.InsertEvent("asked"),
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("not asked"),
)
class Participant(models.Model):
    """Somebody who is asked in a session, and whether they were there when it was talked over."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sessions_asked_in")
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True, help_text="Unknown until it is noted.")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="participant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in session {self.session_id}"
