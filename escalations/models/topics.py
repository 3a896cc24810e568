"""Topics, and every step by which lines were grouped: what was done can be taken back."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from escalations.models.escalation import Escalation
from escalations.querysets_topics import TopicQuerySet, TopicStepQuerySet
from people.models import Program, User

NAME = 80
"""Characters of a topic's name, at most."""

UNGROUPED = "none"
"""What stands for no topic where a topic's slug would; no slug of one."""


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Topic(models.Model):
    """The issue a concern belongs to; a line has none or one.

    One that was merged into another, or whose making was taken back, is kept but no longer live.
    """

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="topics", db_index=False
    )
    name = models.CharField(max_length=NAME)
    slug = models.SlugField(max_length=NAME, help_text="Stays the same when the name changes.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="swallowed", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="topic_slug_once"),
            models.UniqueConstraint(
                "program",
                Lower("name"),
                name="topic_name_once",
                condition=models.Q(merged_into=None, withdrawn_at=None),
            ),
            models.CheckConstraint(name="topic_named", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="topic_not_into_itself", condition=~models.Q(merged_into=models.F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether lines can belong to it."""
        return self.merged_into_id is None and self.withdrawn_at is None


class TopicStep(models.Model):
    """One step of grouping: the lines it moved are its `moves`; undone ones no longer count."""

    class Kind(models.TextChoices):
        CREATE = "create", "New topic"
        GROUP = "group", "Grouped"
        MERGE = "merge", "Merged"
        SPLIT = "split", "Split"
        RENAME = "rename", "Renamed"

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="topic_steps")
    kind = models.CharField(max_length=6, choices=Kind)
    key = models.UUIDField(help_text="Made by the form; one step per user and key.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="topic_steps")
    at = models.DateTimeField(default=timezone.now)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="steps",
        null=True,
        blank=True,
        help_text="Where the lines went; the renamed one. None: out of all topics.",
    )
    other = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="steps_from",
        null=True,
        blank=True,
        help_text="The topic that was merged away or split.",
    )
    name_before = models.CharField(max_length=NAME, blank=True, default="")
    name_after = models.CharField(max_length=NAME, blank=True, default="")
    lines = models.PositiveIntegerField(default=0, help_text="How many lines it moved.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = TopicStepQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="topic_step_key_once"),
            models.CheckConstraint(
                name="topic_step_undone_pair",
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(
                name="topic_step_kind_known",
                condition=models.Q(kind__in=["create", "group", "merge", "split", "rename"]),
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}: {self.kind}"


class TopicMove(models.Model):
    """One line's part in a step: the topic it had and the one it got, none being no topic."""

    step = models.ForeignKey(TopicStep, on_delete=models.PROTECT, related_name="moves")
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="topic_moves", db_index=False
    )
    from_topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    to_topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "step"], name="topic_move_once"),
        ]

    def __str__(self) -> str:
        return f"line {self.escalation_id}: {self.from_topic_id} → {self.to_topic_id}"
