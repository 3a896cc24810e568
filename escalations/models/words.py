"""The words of a program's log, kept so that a misspelt one finds its like at any size."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from people.models import Program

SHORTEST, LONGEST = 4, 40
"""Characters of a word that is kept: shorter ones are like too many others."""


class LogWord(models.Model):
    """A word, folded, that some line of the program has or had."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=LONGEST, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "word"], name="log_word_once")]
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="log_word_alike")]

    def __str__(self) -> str:
        return self.word


class Vocabulary(models.Model):
    """How far the log has been read for its words: the one row of its table."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    read_to = models.BigIntegerField(default=0, help_text="The primary key of the last line read.")

    class Meta:
        constraints = [models.CheckConstraint(name="vocabulary_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"words read up to line {self.read_to}"
