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
from escalations.forms.feedback import Keyed
from people.models import Membership, Program
from people.shiftday import local_instant
from people.typed import number_said

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

    version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    deadline = forms.CharField(
        label="Answers until", error_messages={"required": "Say until when."}
    )

    def __init__(
        self, data: Any = None, *, program: Program, members: Sequence[Membership]
    ) -> None:
        super().__init__(data, auto_id="%s")
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


class NewSessionForm(Keyed, WhoAndWhen):
    """The lines of the topic that become cases (`line`, by number), who and when."""

    @property
    def numbers(self) -> list[int]:
        """The lines that were ticked."""
        said = self.data.getlist("line") if hasattr(self.data, "getlist") else []
        return [n for text in said[:50] if (n := number_said(text)) is not None]


class PreparedForm(WhoAndWhen):
    """A prepared session: its cases' words as `<field>-<case's key>`, `leave-<case's key>`.

    `cases` are those that can be worded: none in a second round, which has the first's.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        session: Session,
        cases: Sequence[Case],
        members: Sequence[Membership],
    ) -> None:
        super().__init__(data, program=session.program, members=members)
        self.cases = [] if session.round == 2 else cases
        for case in self.cases:
            for name in TEXTS:
                text = forms.CharField(required=False, max_length=LONGEST, label=LABELS[name])
                text.widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
                self.fields[f"{name}-{case.pk}"] = text
                self.initial[f"{name}-{case.pk}"] = getattr(case, name)
            leave = forms.BooleanField(required=False, label="Leave this case out")
            leave.widget.attrs["class"] = "form-check-input"
            self.fields[f"leave-{case.pk}"] = leave

    def said(self) -> dict[str, Any]:
        """What the actions take: the words of each case and those that go, by key; who and when."""
        said = self.cleaned_data
        return {
            "texts": {c.pk: {n: said[f"{n}-{c.pk}"] for n in TEXTS} for c in self.cases},
            "without": [c.pk for c in self.cases if said[f"leave-{c.pk}"]],
            "people": self.people,
            "deadline": said["deadline"],
            "version": said["version"],
        }

    def words_gone(self) -> list[str]:
        """What was typed as the concern of cases that are not there any more."""
        known = {f"concern-{case.pk}" for case in self.cases}
        return [
            text
            for name, text in self.data.items()
            if name.startswith("concern-") and name not in known
        ]

    def rows(self) -> list[dict[str, Any]]:
        """Each case with its fields, and what is saved where something else was typed."""
        return [
            {
                "case": case,
                "texts": [(self[f"{n}-{case.pk}"], self._saved(case, n)) for n in TEXTS],
                "leave": self[f"leave-{case.pk}"],
            }
            for case in self.cases
        ]

    def _saved(self, case: Case, name: str) -> str | None:
        saved = str(getattr(case, name))
        typed = str(self[f"{name}-{case.pk}"].value() or "").replace("\r\n", "\n").strip()
        return saved if typed != saved else None


class Choosing(Keyed):
    """A choice from the session's own list, with a key for the first and a version after it."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
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
        label="How would you resolve it?",
        max_length=LONGEST,
        error_messages={"required": "Say how you would resolve it."},
    )
    why = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, data: Any = None, *, session: Session) -> None:
        super().__init__(data, session=session, auto_id="%s")
        self.fields["disposition"].label = "What would you do?"
        self.fields["disposition"].widget.attrs["id"] = "choice-1"


class RulingForm(Choosing):
    """What is to be done in a case from now on; `order` is the case's."""

    how = forms.CharField(required=False, max_length=LONGEST)
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        error_messages={"required": "Say why: the floor will ask."},
    )
    dissent = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, data: Any = None, *, session: Session, order: int) -> None:
        super().__init__(data, session=session, auto_id=f"ruled-%s-{order}")
        self.fields["disposition"].label = "The ruling"
