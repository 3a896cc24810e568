"""The company whose customers call, and one line of business served for it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from people.cards import NotACard
from people.shiftday import shift_bounds, shift_day, shift_hours

DISPOSITIONS = (
    "hold policy",
    "explain",
    "offer an alternative",
    "make an exception",
    "transfer",
    "forward to the client",
)


def default_dispositions() -> list[str]:
    """The fixed list of positions a program starts with (DESIGN §8)."""
    return list(DISPOSITIONS)


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is not a time zone, e.g. Asia/Manila.")


class Client(models.Model):
    """The company whose customers call."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent("changed", row=pghistory.Old))
class Program(models.Model):
    """One line of business served for a client; everything else belongs to exactly one."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="programs")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(
        max_length=64, validators=[check_time_zone], help_text="An IANA name, e.g. Asia/Manila."
    )
    shift_starts_at = models.TimeField(
        default=time(18), help_text="Local time at which a shift day begins."
    )
    promise_days = models.PositiveSmallIntegerField(
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Days within which the client promises an answer.",
    )
    dispositions = ArrayField(models.CharField(max_length=60), default=default_dispositions)
    not_cards = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        editable=False,
        help_text="Numbers a captain said are no payment cards: first six, last four, how many.",
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="program_promise_positive", condition=models.Q(promise_days__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The program's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def place(self) -> str:
        """The zone as people say it: `Manila`, `New York`."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def let_through(self) -> frozenset[NotACard]:
        """The numbers that look like a card's and are none here."""
        parts = [said.split() for said in self.not_cards]
        return frozenset(NotACard(first, last, int(digits)) for first, last, digits in parts)

    @property
    def not_cards_said(self) -> list[dict[str, str | int]]:
        """The same for the browser, as cards.js takes it."""
        return [one._asdict() for one in sorted(self.let_through)]

    def shift_day_of(self, instant: datetime) -> date:
        """The shift day an aware instant belongs to."""
        return shift_day(instant, self.zone, self.shift_starts_at)

    def shift_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The half-open [start, end) of a shift day, as UTC instants."""
        return shift_bounds(day, self.zone, self.shift_starts_at)

    def shift_hours(self, day: date) -> tuple[datetime, ...]:
        """The UTC instants at which the clock hours of a shift day begin."""
        return shift_hours(day, self.zone, self.shift_starts_at)

    def current_shift(self, now: datetime | None = None) -> date:
        """The shift day of `now` (an aware instant; by default this moment)."""
        return self.shift_day_of((now or timezone.now()).astimezone(UTC))
