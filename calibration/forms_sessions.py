"""What is typed about sessions: which lines, who, until when; an answer; a ruling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from calibration.actions.preparing import TEXTS
from calibration.models import Case, Session
from calibration.models.positions import LONGEST
from people.models import Membership, Program
from people.shiftday import local_instant

RELOAD = "This page is too old for that. Reload it."
WALL = "%Y-%m-%dT%H:%M"
LABELS = {
    "concern": "Concern",
    "offered": "What the agent offered",
    "refused_because": "Why the customer did not accept it",
    "wanted": "What the customer wants",
    "resolution": "What was done then (shown after the reveal)",
}


def local_wall(instant: datetime, program: Program) -> str:
    """An instant as a `datetime-local` field has it, on the program's clocks."""
    return f"{instant.astimezone(program.zone):{WALL}}"


def usual_deadline(program: Program) -> datetime:
    """Two days from now, at the full hour."""
    return (timezone.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)


class WhoAndWhen(forms.Form):
    """Who answers (`who`, by the member's key), and until when (`deadline`)."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    deadline = forms.CharField(error_messages={"required": "Say until when."})

    def __init__(
        self, data: Any = None, *, program: Program, members: Sequence[Membership]
    ) -> None:
        super().__init__(data)
        self.program, self.members = program, members

    @property
    def people(self) -> list[Membership]:
        """The members who were ticked."""
        said = set(self.data.getlist("who")) if hasattr(self.data, "getlist") else set()
        return [member for member in self.members if str(member.pk) in said]

    def clean_deadline(self) -> datetime:
        """A time on the program's clocks, as an aware instant; at most a year from now."""
        try:
            wall = datetime.strptime(self.cleaned_data["deadline"][:16], WALL)  # noqa: DTZ007
            instant = local_instant(wall.date(), wall.time(), self.program.zone)
        except ValueError as error:
            raise forms.ValidationError("Choose a day and a time.") from error
        if not timezone.now() < instant < timezone.now() + timedelta(days=366):
            raise forms.ValidationError("Choose a time between now and a year from now.")
        return instant


class NewSessionForm(WhoAndWhen):
    """The lines of the topic that become cases (`line`, by number), who and when."""

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})

    @property
    def numbers(self) -> list[int]:
        """The lines that were ticked."""
        said = self.data.getlist("line") if hasattr(self.data, "getlist") else []
        return [int(n) for n in said[:50] if n.isascii() and n.isdecimal() and len(n) < 10]


class PreparedForm(WhoAndWhen):
    """A prepared session: the words of its cases as `<field>-<order>`, `leave-<order>`."""

    def __init__(
        self,
        data: Any = None,
        *,
        session: Session,
        cases: Sequence[Case],
        members: Sequence[Membership],
    ) -> None:
        super().__init__(data, program=session.program, members=members)
        self.cases = cases
        for case in cases:
            for name in TEXTS:
                text = forms.CharField(required=False, max_length=LONGEST, label=LABELS[name])
                text.widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
                self.fields[f"{name}-{case.order}"] = text
                self.initial[f"{name}-{case.order}"] = getattr(case, name)
            leave = forms.BooleanField(required=False, label="Leave this case out")
            leave.widget.attrs["class"] = "form-check-input"
            self.fields[f"leave-{case.order}"] = leave

    def texts(self) -> dict[int, dict[str, str]]:
        """The words of each case, by its order."""
        said = self.cleaned_data
        return {c.order: {n: said[f"{n}-{c.order}"] for n in TEXTS} for c in self.cases}

    def left_out(self) -> list[int]:
        """The orders of the cases that go."""
        return [c.order for c in self.cases if self.cleaned_data[f"leave-{c.order}"]]

    def rows(self) -> list[dict[str, Any]]:
        """Each case with its fields, for the template."""
        return [
            {
                "case": case,
                "texts": [self[f"{name}-{case.order}"] for name in TEXTS],
                "leave": self[f"leave-{case.order}"],
            }
            for case in self.cases
        ]


class Choosing(forms.Form):
    """A choice from the session's own list, with a key for the first and a version after it."""

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    disposition = forms.CharField(max_length=60, error_messages={"required": "Choose one."})

    def __init__(self, data: Any = None, *, session: Session, **more: Any) -> None:
        super().__init__(data, **more)
        self.dispositions = session.dispositions

    def clean_disposition(self) -> str:
        """One of the list."""
        said = str(self.cleaned_data["disposition"])
        if said not in self.dispositions:
            raise forms.ValidationError("Choose one of the list.")
        return said

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class AnswerForm(Choosing):
    """One's own answer to a case."""

    how = forms.CharField(
        max_length=LONGEST, error_messages={"required": "Say how you would resolve it."}
    )
    why = forms.CharField(required=False, max_length=LONGEST)


class RulingForm(Choosing):
    """What is to be done in a case from now on."""

    how = forms.CharField(required=False, max_length=LONGEST)
    reason = forms.CharField(
        max_length=LONGEST, error_messages={"required": "Say why: the floor will ask."}
    )
    dissent = forms.CharField(required=False, max_length=LONGEST)
