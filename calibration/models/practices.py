"""Best practices: what is in force, what it replaced, who has read it and how it was of use."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from calibration.models.ladder import Authority, Kind, Outcome, State
from calibration.querysets_practices import PracticeQuerySet as _Practices
from calibration.querysets_practices import PracticeReadQuerySet, PracticeUseQuerySet
from escalations.models import Escalation, ForwardedItem, Topic
from escalations.models.touched import touching_their_lines
from people.models import Program, User

TITLE = 120
"""Characters of a title."""

GUIDES = ("handling", "handover")
"""The lists of the guide."""

PARTS = ("when", "do", "say", "dont", "who_may")


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class BestPractice(models.Model):
    """One card: an answer to a topic or a technique, and where it comes from.

    What is in force is never reworded: a new draft supersedes it. One that ships with Tala was
    written by nobody. A retired one that never was in force is a draft that was discarded.
    """

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="practices", db_index=False
    )
    number = models.PositiveIntegerField(help_text="The program's own running number.")
    key = models.UUIDField(help_text="Made by the form; one practice per user and key.")
    kind = models.CharField(max_length=9, choices=Kind)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="practices", null=True, blank=True
    )
    title = models.CharField(max_length=TITLE)
    when = models.TextField("when it applies", blank=True, default="")
    do = models.TextField("what to do", blank=True, default="")
    say = models.TextField("what to say", blank=True, default="")
    dont = models.TextField("what not to do", blank=True, default="")
    who_may = models.TextField("who may do it", blank=True, default="")
    guide = models.CharField(
        max_length=8, blank=True, default="", help_text="“handling” or “handover”: of the guide."
    )
    guide_place = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=10, choices=Authority)
    source = models.CharField("where it comes from", max_length=200, blank=True, default="")
    session = models.PositiveIntegerField(
        null=True, blank=True, help_text="The number of the session it came from."
    )
    item = models.ForeignKey(
        ForwardedItem,
        on_delete=models.PROTECT,
        related_name="practices",
        null=True,
        blank=True,
        help_text="The item of a letter whose answer it is.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="successors", null=True, blank=True
    )
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="practices", null=True, blank=True
    )
    written_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=300, blank=True, default="", help_text="Why it replaced a higher authority."
    )
    effective_from = models.DateTimeField(null=True, blank=True)
    effective_until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    end_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    objects = _Practices.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="practice_number_once"),
            models.UniqueConstraint(fields=["written_by", "key"], name="practice_key_once"),
            models.UniqueConstraint(
                fields=["topic"],
                name="practice_one_answer_in_force",
                condition=Q(kind="answer", state="in_force"),
            ),
            models.UniqueConstraint(
                fields=["program", "guide", "guide_place"],
                name="practice_one_in_force_per_guide_place",
                condition=Q(state="in_force") & ~Q(guide=""),
            ),
            models.CheckConstraint(name="practice_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="practice_answers_a_topic",
                condition=Q(kind="answer", topic__isnull=False) | Q(kind="technique", topic=None),
            ),
            models.CheckConstraint(
                name="practice_known_words",
                condition=Q(
                    authority__in=Authority.values,
                    state__in=State.values,
                    guide__in=["", *GUIDES],
                ),
            ),
            models.CheckConstraint(
                name="practice_in_force_since",
                condition=Q(
                    state="draft",
                    published_at=None,
                    effective_from=None,
                    effective_until=None,
                )
                | Q(
                    state="in_force",
                    published_at__isnull=False,
                    effective_from__isnull=False,
                    effective_until=None,
                )
                | Q(
                    state="superseded",
                    effective_from__isnull=False,
                    effective_until__isnull=False,
                )
                | Q(state="retired"),
            ),
            models.CheckConstraint(
                name="practice_not_after_itself", condition=~Q(supersedes=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["program", "state", "kind"], name="practice_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def can_become(self, state: str) -> bool:
        """Whether the move is a legal one."""
        from calibration.models.ladder import TRANSITIONS

        return state in TRANSITIONS[self.state]

    @property
    def is_in_force(self) -> bool:
        """Whether it is what people are to do now."""
        return self.state == State.IN_FORCE

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.state == State.DRAFT

    @property
    def is_answer(self) -> bool:
        """Whether it answers a topic; else it is a technique."""
        return self.kind == Kind.ANSWER

    @property
    def is_shipped(self) -> bool:
        """Whether it came with Tala and was written by nobody here."""
        return self.written_by_id is None


class PracticeRead(models.Model):
    """Somebody acknowledged a best practice."""

    practice = models.ForeignKey(
        BestPractice, on_delete=models.CASCADE, related_name="reads", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="practices_read")
    at = models.DateTimeField(default=timezone.now)

    objects = PracticeReadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="practice_read_once"),
        ]

    def __str__(self) -> str:
        return f"practice {self.practice_id} read by {self.user_id}"


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class PracticeUse(models.Model):
    """What the known answer was to one line, as one person says: the last word counts."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="practice_uses", db_index=False
    )
    practice = models.ForeignKey(
        BestPractice,
        on_delete=models.PROTECT,
        related_name="uses",
        null=True,
        blank=True,
        db_index=False,
    )
    outcome = models.CharField(max_length=11, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PracticeUseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "by"], name="practice_use_once"),
            models.CheckConstraint(
                name="practice_use_of_what",
                condition=Q(outcome="nothing", practice=None)
                | Q(outcome__in=["used", "did_not_fit"], practice__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["program", "outcome", "-at"], name="practice_use_newest"),
            models.Index(fields=["practice", "-at", "-id"], name="practice_use_of_it"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on line {self.escalation_id}"


_IN_FORCE = (
    "INSERT INTO escalations_touched (program_id, starts, ends, reaches)"
    " SELECT one.program_id, one.effective_from, coalesce(one.effective_until, now()),"
    " one.effective_from"
    " FROM {} WHERE one.kind = 'answer' AND one.effective_from IS NOT NULL; RETURN NULL;"
)
"""The time in which lines had an answer in force: whether they were known may have changed."""

pgtrigger.register(*touching_their_lines())(PracticeUse)
pgtrigger.register(
    pgtrigger.Trigger(
        name="touches_its_time",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_IN_FORCE.format(
            "(VALUES (NEW.program_id, NEW.kind, NEW.effective_from, NEW.effective_until),"
            " (OLD.program_id, OLD.kind, OLD.effective_from, OLD.effective_until))"
            " AS one (program_id, kind, effective_from, effective_until)"
        ),
    ),
)(BestPractice)
pgtrigger.register(
    pgtrigger.Trigger(
        name="touches_its_answers",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("merged_into"),
        func=_IN_FORCE.format("calibration_bestpractice AS one").replace(
            "WHERE", "WHERE one.program_id = NEW.program_id AND"
        ),
    ),
)(Topic)
