"""One line of the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from escalations.models.status import FEEDBACK_TRANSITIONS, TRANSITIONS, TURN, Feedback, Status
from escalations.querysets import EscalationQuerySet
from people.models import Agent, Program, User

Severity = ((1, "1 worst"), (2, "2"), (3, "3"), (4, "4 mild"))


class SearchText(models.Func):
    """Lower-case, without accents, what a search looks through; see migration 0001."""

    function = "tala_search_text"
    output_field = models.TextField()


def _by(*first: str, name: str) -> models.Index:
    """Newest first after some filter; it holds the other filters too, so that they are counted
    and sifted without a look at the lines.
    """
    sifted = ("agent", "status", "feedback", "logged_by", "topic")
    beside = [name for name in sifted if name not in first]
    order = ["program", *first, "-occurred_at", "-id"]
    return models.Index(fields=order, include=beside, name=name)


NO_SEVERITY = 5
NO_PROMISE = datetime(9999, 12, 31, tzinfo=UTC)
WAITING_ORDER: tuple[Any, ...] = (
    models.functions.Coalesce("severity", NO_SEVERITY),
    models.functions.Coalesce("callback_at", models.Value(NO_PROMISE)),
    "occurred_at",
    "id",
)
"""Unresolved lines as they wait: the worst first, then by promised call-back, then the oldest."""


def _waiting(*first: str, name: str, include: tuple[str, ...]) -> models.Index:
    """Unresolved lines in their order, after some filter."""
    unresolved = models.Q(status="unresolved")
    order = ("program", *first, *WAITING_ORDER)
    return models.Index(*order, name=name, condition=unresolved, include=include)


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
    exclude=["search_text", "content_digest", "typed_at", "topic"],  # topics: TopicMove
    obj_field=pghistory.ObjForeignKey(related_name="past"),
)
class Escalation(models.Model):
    """A call an SME took over from an agent."""

    if TYPE_CHECKING:
        past: Any  # the manager of what it was, kept by triggers

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="escalations", db_index=False
    )
    number = models.PositiveIntegerField(help_text="The program's own running number.")
    key = models.UUIDField(help_text="Made by the form; one line per user and key.")
    content_digest = models.CharField(max_length=64, blank=True, default="")
    logged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="escalations", db_index=False
    )
    occurred_at = models.DateTimeField("time of escalation", help_text="To the minute.")
    received_at = models.DateTimeField("received", default=timezone.now)
    typed_at = models.DateTimeField(
        "typed", null=True, blank=True, help_text="When Enter was pressed; none for imports."
    )

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="escalations")
    concern = models.TextField()
    resolution = models.TextField(blank=True, default="")
    status = models.CharField(max_length=10, choices=Status, default=Status.RESOLVED)
    feedback = models.CharField(max_length=12, choices=Feedback, default=Feedback.NONE)
    topic = models.ForeignKey(
        "escalations.Topic",
        on_delete=models.PROTECT,
        related_name="escalations",
        null=True,
        blank=True,
        db_index=False,
    )

    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="owned",
        null=True,
        blank=True,
        db_index=False,
        help_text="Who sees to it while it is unresolved.",
    )

    severity = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        choices=Severity,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
    )
    offered = models.TextField(blank=True, default="")
    refused_because = models.TextField(blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    customer_ref = models.CharField("customer reference", max_length=80, blank=True, default="")
    callback_at = models.DateTimeField("promised call-back", null=True, blank=True)
    called_back_at = models.DateTimeField(
        "called back", null=True, blank=True, help_text="When the promise was kept."
    )

    void_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    imported_by = models.ForeignKey(
        "escalations.Import",
        on_delete=models.PROTECT,
        related_name="lines",
        null=True,
        blank=True,
        db_index=False,
    )
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    search_text = models.GeneratedField(
        expression=SearchText("concern", "resolution", "customer_ref"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="escalation_number_once"),
            models.UniqueConstraint(fields=["logged_by", "key"], name="escalation_key_once"),
            models.UniqueConstraint(
                fields=["program", "fingerprint"],
                name="escalation_fingerprint_once",
                condition=~models.Q(fingerprint=""),
            ),
            models.CheckConstraint(
                name="escalation_status_known", condition=models.Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="escalation_feedback_known", condition=models.Q(feedback__in=Feedback.values)
            ),
            models.CheckConstraint(
                name="escalation_severity_1_to_4",
                condition=models.Q(severity__isnull=True) | models.Q(severity__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="escalation_void_has_reason",
                condition=models.Q(status=Status.VOID) ^ models.Q(void_reason=""),
            ),
            models.CheckConstraint(name="escalation_concern_said", condition=~models.Q(concern="")),
            models.CheckConstraint(
                name="escalation_called_back_as_promised",
                condition=models.Q(called_back_at=None) | models.Q(callback_at__isnull=False),
            ),
        ]
        indexes = [
            _by(name="escalation_sheet"),
            _by("agent", name="escalation_by_agent"),
            _by("status", name="escalation_by_status"),
            _by("feedback", name="escalation_by_feedback"),
            _by("logged_by", name="escalation_by_sme"),
            _by("topic", name="escalation_by_topic"),
            _waiting(name="escalation_waiting", include=("topic", "owner")),
            _waiting("topic", name="escalation_waiting_topic", include=("owner", "severity")),
            _waiting("owner", name="escalation_waiting_owner", include=("topic",)),
            models.Index(
                fields=["program", "logged_by", "occurred_at", "id"],
                name="escalation_owed",
                condition=models.Q(feedback="owed") & ~models.Q(status="void"),
                include=["agent"],
            ),
            models.Index(
                fields=["program", "callback_at", "id"],
                name="escalation_promised",
                condition=models.Q(callback_at__isnull=False, called_back_at=None)
                & ~models.Q(status="void"),
                include=["logged_by"],
            ),
            models.Index(
                fields=["imported_by"],
                name="escalation_imported",
                condition=models.Q(imported_by__isnull=False),
            ),
            models.Index(
                fields=["program", "customer_ref", "occurred_at", "id"],
                name="escalation_by_customer",
                condition=~models.Q(customer_ref=""),
                include=["status"],
            ),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="escalation_search"),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of {self.program_id}"

    @property
    def requires_feedback(self) -> bool:
        """Whether the sheet's last column says Y."""
        return self.feedback != Feedback.NONE

    @property
    def whose_turn(self) -> str:
        """Who acts next, in words."""
        return TURN[self.status]

    @property
    def came_later(self) -> bool:
        """Whether it was typed more than a minute before it came: it waited in a browser."""
        return bool(self.typed_at and self.received_at - self.typed_at > timedelta(minutes=1))

    @property
    def is_called_back(self) -> bool:
        """Whether a promised call-back was made."""
        return self.called_back_at is not None

    def can_become(self, status: str) -> bool:
        """Whether the table of moves allows `status` next (staying is always allowed)."""
        return status == self.status or status in TRANSITIONS[self.status]

    def feedback_can_become(self, feedback: str) -> bool:
        """Whether feedback may move to `feedback` (staying is always allowed)."""
        return feedback == self.feedback or feedback in FEEDBACK_TRANSITIONS[self.feedback]


class Numbering(models.Model):
    """The last running number given out in a program."""

    program = models.OneToOneField(
        Program, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.last} lines numbered"
