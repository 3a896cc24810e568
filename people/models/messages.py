"""What goes out by mail, what people are told on screen, and how each of them wants it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from people.models.program import Program
from people.models.user import User
from people.querysets_messages import MessageQuerySet, NoticeQuerySet


def new_message_id() -> str:
    """A Message-ID nobody else has; made with the row, so that a repeated sending keeps it."""
    return f"<{uuid4().hex}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


@pghistory.track(
    pghistory.UpdateEvent(
        "changed", row=pghistory.Old, condition=pghistory.AnyChange("state", "last_error")
    ),
    fields=["id", "state", "attempts", "last_error", "sent_at"],
    model_name="MessageEvent",
)
class Message(models.Model):
    """One mail to one address: written with the change it tells of, sent by the worker."""

    class State(models.TextChoices):
        QUEUED = "queued", "On its way"
        SENT = "sent", "Sent"
        FAILED = "failed", "Not delivered"
        CANCELLED = "cancelled", "Taken back"

    kind = models.CharField(max_length=40)
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="messages", null=True, blank=True
    )
    to_email = models.EmailField()
    to_name = models.CharField(max_length=120, blank=True)
    from_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    sealed = models.CharField(
        max_length=200, blank=True, help_text="The secret of its link, unreadable without the key."
    )
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    in_reply_to = models.CharField(max_length=200, blank=True)
    references = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(
        default=0, help_text="Workers that took it and were not heard of again."
    )
    due_at = models.DateTimeField(default=timezone.now)
    first_tried_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=64, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    pruned_at = models.DateTimeField(
        null=True, blank=True, help_text="When its text was removed; the row stays."
    )
    about = models.CharField(max_length=60, blank=True, help_text="For example letter:12.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="message_to_one_address",
                condition=models.Q(to_email__regex=r"^[^\s,;:<>\"()\\]+@[^\s,;:<>\"()\\@]+$"),
            ),
            models.CheckConstraint(
                name="message_lines_are_lines",
                condition=~models.Q(to_name__regex=r"[\r\n]")
                & ~models.Q(from_name__regex=r"[\r\n]")
                & ~models.Q(subject__regex=r"[\r\n]"),
            ),
            models.CheckConstraint(
                name="message_sent_pair",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="message_pruned_is_over",
                condition=models.Q(pruned_at=None)
                | (~models.Q(state="queued") & models.Q(text="", html="", sealed="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="message_due", condition=models.Q(state="queued")
            ),
            models.Index(
                fields=["program", "state", "-created_at"],
                name="message_open",
                condition=models.Q(state__in=["queued", "failed"]),
            ),
            models.Index(
                fields=["program", "-sent_at", "-id"],
                name="message_sent",
                condition=models.Q(state="sent"),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="message_to_prune",
                condition=models.Q(pruned_at=None) & ~models.Q(state="queued"),
            ),
            models.Index(fields=["about"], name="message_by_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_email}"


class Notice(models.Model):
    """One sentence for one person, with the page it is about; read or not."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300)
    link = models.CharField(max_length=300, help_text="A path of this site.")
    once = models.CharField(
        max_length=100, blank=True, help_text="The same kind is not told twice under one name."
    )
    on_screen = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program", "kind", "once"],
                name="notice_told_once",
                condition=~models.Q(once=""),
            ),
            models.CheckConstraint(
                name="notice_link_is_ours", condition=models.Q(link__regex=r"^/([^/\\]|$)")
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "program"],
                name="notice_unread",
                condition=models.Q(read_at__isnull=True, on_screen=True),
                include=["kind"],
            ),
            models.Index(fields=["user", "-created_at", "-id"], name="notice_by_user"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_unread(self) -> bool:
        """Whether it stands on the screen and was not read yet."""
        return self.on_screen and self.read_at is None


class NotificationChoice(models.Model):
    """How one person wants one kind of news of one program; without a row, as KINDS says."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    screen = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "program", "kind"], name="notification_choice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user}"
