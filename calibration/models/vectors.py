"""What each line's concern is like, in numbers, made in the background (ADR 0101)."""

from __future__ import annotations

from django.db import models

from escalations.models import Escalation
from people.models import Program

SIGNS = 384


class BitField(models.Field):  # type: ignore[type-arg]
    """So many bits, in Python a text of 0 and 1."""

    def db_type(self, connection: object) -> str:
        return f"bit({SIGNS})"


class LineVector(models.Model):
    """The vector of a line's concern: `calibration/grouping/vectors.py` says how it is packed.

    A trigger removes it with its line, so that no deletion has to know of it.
    """

    escalation = models.OneToOneField(
        Escalation,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="vector",
    )
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    bucket = models.SmallIntegerField(default=0, help_text="Where in the program's space it lies.")
    signs = BitField(help_text="Which numbers of its meaning are above 0.")
    packed = models.BinaryField(help_text="384 bytes of meaning, 256 of letters.")
    digest = models.BigIntegerField(help_text="Of the concern: the same text is encoded once.")

    class Meta:
        indexes = [
            models.Index(
                fields=["program", "bucket"], include=["signs", "escalation"], name="vector_near"
            ),
            models.Index(fields=["digest"], name="vector_same_text"),
        ]

    def __str__(self) -> str:
        return f"vector of line {self.escalation_id}"


class VectorWanted(models.Model):
    """A line whose concern is new or was changed: written by triggers, read by the worker.

    The same line may stand here twice; none is lost that changes while the worker reads.
    """

    escalation = models.BigIntegerField("the line's primary key")

    class Meta:
        verbose_name_plural = "vectors wanted"

    def __str__(self) -> str:
        return f"vector wanted for {self.escalation}"


class VectorSpace(models.Model):
    """What is known of all vectors of a program together, and what its topics taught."""

    program = models.OneToOneField(
        Program, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    made = models.BigIntegerField(default=0, help_text="How many vectors were made so far.")
    centres = models.BinaryField(null=True, help_text="Of the buckets, 32-bit; none while few.")
    learnt_from = models.CharField(max_length=200, blank=True, default="")
    topics = models.BinaryField(default=b"", help_text="Primary keys that were learnt, 64-bit.")
    weights = models.BinaryField(default=b"", help_text="Of the regression, 16-bit.")
    cut = models.FloatField(null=True, help_text="How far apart groups stay; none while few.")

    def __str__(self) -> str:
        return f"vectors of {self.program_id}"
