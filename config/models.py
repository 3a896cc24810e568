"""Which rows the demo floor made, so that removing it takes exactly these."""

from django.db import models


class DemoRow(models.Model):
    """A row that `demo load` made: its model's label and its primary key."""

    model = models.CharField(max_length=60)
    row = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "row"], name="demo_row_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
