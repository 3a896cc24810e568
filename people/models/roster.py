"""The agents of a program, and whom to call when nobody on the floor can decide."""

from datetime import datetime, time

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper

from people.models.program import Program
from people.models.user import User
from people.querysets import AgentQuerySet, ContactQuerySet


class Folded(models.Func):
    """Texts with a space between, in lower case, without accents; see config's first migration."""

    template = "tala_folded(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()


EMPLOYEE_ID = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\Z",
    "An employee ID has letters and digits only, at most 32.",
)


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed"),
    exclude=["search_text"],
)
class Agent(models.Model):
    """A person on the roster; may or may not have a login."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="agents")
    employee_id = models.CharField("employee ID", max_length=32, validators=[EMPLOYEE_ID])
    name = models.CharField(max_length=120)
    team = models.CharField(max_length=60, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="agent_records", null=True, blank=True
    )
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    search_text = models.GeneratedField(
        expression=Folded("name", "employee_id"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects = AgentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "employee_id"], name="agent_employee_id_once"
            ),
            models.UniqueConstraint(
                fields=["program", "user"],
                name="agent_login_once",
                condition=models.Q(user__isnull=False),
            ),
        ]
        indexes = [
            models.Index("program", "search_text", "id", name="agent_by_name"),
            models.Index("program", Upper("employee_id"), name="agent_by_id"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="agent_search"),
        ]

    def __str__(self) -> str:
        return f"{self.name} / {self.employee_id}"


UP_TO_SEVERITY = ((1, "1 alone, the worst"), (2, "1 and 2"), (3, "1 to 3"))


@pghistory.track(
    pghistory.InsertEvent("added"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class ContactPoint(models.Model):
    """Somebody to call: which tier, for what severity and topic, at what hours (program's zone)."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="contact_points")
    tier = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    duty = models.CharField("what for", max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    from_time = models.TimeField("reachable from", null=True, blank=True)
    to_time = models.TimeField("reachable until", null=True, blank=True)
    up_to_severity = models.PositiveSmallIntegerField(
        "only for severity", null=True, blank=True, choices=UP_TO_SEVERITY
    )
    topic = models.SlugField(
        "only for topic", max_length=80, blank=True, default="", help_text="A topic's slug."
    )
    verified_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["tier", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contact_reachable_somehow", condition=~models.Q(phone="", email="")
            ),
            models.CheckConstraint(
                name="contact_hours_pair",
                condition=models.Q(from_time__isnull=True, to_time__isnull=True)
                | models.Q(from_time__isnull=False, to_time__isnull=False),
            ),
            models.CheckConstraint(name="contact_tier_from_one", condition=models.Q(tier__gte=1)),
            models.CheckConstraint(
                name="contact_severity_1_to_3",
                condition=models.Q(up_to_severity__isnull=True)
                | models.Q(up_to_severity__range=(1, 3)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_reachable(self, now: datetime) -> bool:
        """Whether `now` (aware) is in the hours given, in the program's zone; no hours: always."""
        if self.from_time is None or self.to_time is None:
            return True
        wall: time = now.astimezone(self.program.zone).time()
        if self.from_time <= self.to_time:
            return self.from_time <= wall < self.to_time
        return wall >= self.from_time or wall < self.to_time
