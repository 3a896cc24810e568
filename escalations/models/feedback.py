"""What an agent is told about a line, what the agent says to it, and the texts kept at hand."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from escalations.models.escalation import Escalation
from escalations.querysets_feedback import FeedbackNoteQuerySet, QuickTextQuerySet
from people.models import Program, User

LONGEST_NOTE = 2000
"""Characters of what an agent is told, and of the answer: some 300 words."""


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class FeedbackNote(models.Model):
    """What the agent of a line is told; one that was taken back is kept, and a new round begins.

    A line whose feedback is given or acknowledged has exactly one that was not taken back.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    round = models.PositiveSmallIntegerField(default=1)
    key = models.UUIDField(help_text="Made by the form; one note per user and key.")
    text = models.TextField(blank=True, default="")
    in_person = models.BooleanField(default=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notes_given")
    given_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField("in the agent’s own words", blank=True, default="")
    helped = models.BooleanField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FeedbackNoteQuerySet.as_manager()

    class Meta:
        ordering = ["escalation", "round"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "round"], name="note_round_once"),
            models.UniqueConstraint(fields=["given_by", "key"], name="note_key_once"),
            models.UniqueConstraint(
                fields=["escalation"],
                name="note_one_standing",
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="note_says_something", condition=~Q(text="", in_person=False)
            ),
            models.CheckConstraint(
                name="note_acknowledged_pair",
                condition=Q(acknowledged_at=None, acknowledged_by=None, words="", helped=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="note_withdrawn_pair",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"feedback on line {self.escalation_id}, round {self.round}"

    @property
    def helped_said(self) -> str:
        """What the agent says of it, in a word."""
        if self.helped is None:
            return ""
        return "It helped" if self.helped else "It did not help"


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class QuickText(models.Model):
    """A sentence kept at hand for giving feedback; one that was removed can be brought back."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="quick_texts")
    key = models.UUIDField(help_text="Made by the form; one text per user and key.")
    text = models.CharField(max_length=300)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = QuickTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="quick_text_key_once"),
            models.CheckConstraint(name="quick_text_said", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
