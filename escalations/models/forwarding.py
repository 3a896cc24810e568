"""Letters to the client: their items, the link they are answered by, and every answer."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models
from django.utils import timezone

from escalations.models.escalation import Escalation
from escalations.querysets_forwarding import ClientContactQuerySet, ForwardingQuerySet
from people.models import Message, Program, User


@pghistory.track(
    pghistory.InsertEvent("added"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class ClientContact(models.Model):
    """Somebody at the client's who answers letters; has no login."""

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="client_contacts", db_index=False
    )
    key = models.UUIDField(help_text="Made by the form; one contact per user and key.")
    name = models.CharField(max_length=120)
    duty = models.CharField("what for", max_length=120, blank=True, default="")
    email = models.EmailField("e-mail")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ClientContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["added_by", "key"], name="client_contact_key_once"),
            models.UniqueConstraint(
                "program",
                models.functions.Lower("email"),
                name="client_contact_address_once",
                condition=models.Q(removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.InsertEvent("written"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class Forwarding(models.Model):
    """One letter to one of the client's people, with one or more unresolved lines."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "With the client"
        ANSWERED = "answered", "Answered"
        RECALLED = "recalled", "Recalled"
        DISCARDED = "discarded", "Discarded"

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="forwardings", db_index=False
    )
    number = models.PositiveIntegerField(help_text="The program's own running number of letters.")
    key = models.UUIDField(help_text="Made by the form; one letter per user and key.")
    contact = models.ForeignKey(
        ClientContact, on_delete=models.PROTECT, related_name="forwardings", null=True, blank=True
    )
    subject = models.CharField(max_length=150)
    opening = models.TextField(blank=True, default="")
    closing = models.TextField(blank=True, default="")
    with_names = models.BooleanField("name agents", default=False)
    with_references = models.BooleanField("give customer references", default=False)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="forwardings")
    written_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="Until when the client promised an answer."
    )
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="When its last open item was answered."
    )
    recalled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="", help_text="Of the recall.")
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="forwarding_number_once"),
            models.UniqueConstraint(fields=["written_by", "key"], name="forwarding_key_once"),
            models.CheckConstraint(
                name="forwarding_sent_whole",
                condition=models.Q(
                    state__in=["draft", "discarded"],
                    sent_at=None,
                    sent_by=None,
                    due_at=None,
                    message=None,
                )
                | models.Q(
                    state__in=["sent", "answered", "recalled"],
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    due_at__isnull=False,
                    message__isnull=False,
                    contact__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="forwarding_recalled_pair",
                condition=models.Q(state="recalled", recalled_at__isnull=False)
                | (~models.Q(state="recalled") & models.Q(recalled_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="forwarding_waiting", condition=models.Q(state="sent")
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.number}"

    @property
    def matter(self) -> str:
        """What its mails are about."""
        return f"letter:{self.pk}"

    @property
    def is_out(self) -> bool:
        """Whether the client can answer it: sent, perhaps answered, not recalled."""
        return self.state in (self.State.SENT, self.State.ANSWERED)

    def days_waiting(self, now: datetime) -> int:
        """Whole days since it was sent, until `now` (aware) or what ended the waiting."""
        ended = self.answered_at or self.recalled_at or now
        return max((ended - self.sent_at).days, 0) if self.sent_at else 0

    def is_overdue(self, now: datetime) -> bool:
        """Whether its promise is past at `now` (aware) and something is still unanswered."""
        return self.state == self.State.SENT and self.due_at is not None and now > self.due_at


class ForwardedItem(models.Model):
    """One line in a letter: the question asked and the facts as they were written to the client."""

    forwarding = models.ForeignKey(
        Forwarding, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    escalation = models.ForeignKey(
        Escalation, on_delete=models.PROTECT, related_name="forwarded_items"
    )
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(help_text="The how-manieth letter about this line.")
    question = models.TextField(blank=True, default="")
    concern = models.TextField()
    offered = models.TextField(blank=True, default="")
    refused_because = models.TextField(blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    is_open = models.BooleanField(default=False, help_text="With the client: sent, no answer yet.")

    class Meta:
        ordering = ["forwarding", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["forwarding", "escalation"], name="forwarded_item_once_a_letter"
            ),
            models.UniqueConstraint(
                fields=["forwarding", "position"],
                name="forwarded_item_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["escalation"],
                name="forwarded_item_open_once",
                condition=models.Q(is_open=True),
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.position} of letter {self.forwarding_id}"


class ClientAnswer(models.Model):
    """What the client said to one item; the newest counts, the earlier ones are kept."""

    class Verdict(models.TextChoices):
        DO_THIS = "do_this", "Do this"
        NOT_POSSIBLE = "not_possible", "Not possible, final"
        NEED_MORE = "need_more", "Need more"

    item = models.ForeignKey(
        ForwardedItem, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    key = models.UUIDField(help_text="Made by the form; one answer per item and key.")
    verdict = models.CharField(max_length=12, choices=Verdict)
    text = models.TextField(blank=True, default="")
    said_by = models.CharField("name", max_length=120)
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="The manager who wrote down what the client said elsewhere.",
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="client_answer_key_once"),
            models.CheckConstraint(
                name="client_answer_verdict_known",
                condition=models.Q(verdict__in=["do_this", "not_possible", "need_more"]),
            ),
            models.CheckConstraint(
                name="client_answer_do_what",
                condition=models.Q(verdict="not_possible") | ~models.Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} by {self.said_by}"


class ReplyLink(models.Model):
    """The way into one letter for one recipient: 256 random bits, kept as a hash."""

    forwarding = models.ForeignKey(Forwarding, on_delete=models.PROTECT, related_name="links")
    contact = models.ForeignKey(ClientContact, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, default="reply", editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="reply_link_for_replies", condition=models.Q(purpose="reply")
            ),
        ]

    def __str__(self) -> str:
        return f"link to {self.forwarding_id}"


class Reminder(models.Model):
    """A reminder of a letter that was sent, each kind once for each promise."""

    class Kind(models.TextChoices):
        HALF = "half", "Half of the promised time is over"
        NEAR = "near", "Nine tenths of the promised time are over"
        OVERDUE = "overdue", "The promised time is over"

    forwarding = models.ForeignKey(
        Forwarding, on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    kind = models.CharField(max_length=7, choices=Kind)
    due_at = models.DateTimeField(help_text="The promise it reminds of.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forwarding", "kind", "due_at"], name="reminder_once_a_promise"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.forwarding_id}"
