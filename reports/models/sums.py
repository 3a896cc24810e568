"""Sums kept of settled shift days and months: separate narrow rows, crossed with topics alone."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.models import Program
from reports.definitions.families import PLAIN, REACHING


class Settled(models.Model):
    """A shift day (or a month of them) whose lines are summed up, by the instants it lasts.

    It holds as long as nothing in it was touched since, its program's days still begin and end
    then, and the numbers are counted by the same rules (a digest).
    """

    class Period(models.TextChoices):
        DAY = "day", "Shift day"
        MONTH = "month", "Month of shift days"

    class Kind(models.TextChoices):
        PLAIN = "plain", "What a line says by itself"
        REACHING = "reaching", "What depends on earlier lines"

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    period = models.CharField(max_length=5, choices=Period)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    rules = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "starts", "ends"], name="settled_once"
            ),
            models.CheckConstraint(
                name="settled_known_words",
                condition=models.Q(period__in=["day", "month"], kind__in=["plain", "reaching"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} of {self.program_id} from {self.starts}"


class Dimension(models.TextChoices):
    """What sums are kept by: each by itself, and each by topic. `key` is the row's id, 0 for none.

    By topic too, `topic` is the topic's id; elsewhere 0.
    """

    ALL = "all", "All lines"
    TOPIC = "topic", "Topic"
    AGENT = "agent", "Agent"
    SME = "sme", "SME"
    SEVERITY = "severity", "Severity"
    AGENT_TOPIC = "agent-topic", "Agent and topic"
    SME_TOPIC = "sme-topic", "SME and topic"
    SEVERITY_TOPIC = "severity-topic", "Severity and topic"


class Sum(models.Model):
    """The numbers of one topic (agent, …) in one settled period; 0 is stored as nothing."""

    settled = models.ForeignKey(Settled, on_delete=models.CASCADE, related_name="+", db_index=False)
    dimension = models.CharField(max_length=14, choices=Dimension)
    key = models.BigIntegerField(default=0)
    topic = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["settled", "dimension", "key", "topic"], name="%(class)s_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} of {self.settled_id}"


class PlainSum(Sum):
    """What lines say by themselves; `hours` counts the logged ones by the hour of a shift day."""

    hours = ArrayField(models.IntegerField(), null=True, blank=True)

    class Meta(Sum.Meta):
        pass


class ReachingSum(Sum):
    """What depends on the lines of the 30 days before."""

    class Meta(Sum.Meta):
        pass


for _model, _numbers in ((PlainSum, PLAIN), (ReachingSum, REACHING)):
    for _number in _numbers:
        _model.add_to_class(
            _number.column, models.IntegerField(_number.name, null=True, blank=True)
        )
