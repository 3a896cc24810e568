"""What a manager writes in a letter, and whom at the client's it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from escalations.actions.forwarding import FIELDS, TEXTS, LineFacts
from escalations.models import ClientContact, Escalation, ForwardedItem, Forwarding, Status
from escalations.models.escalation import Severity
from people.forms.roster import OneLine
from people.models import Membership, Program
from people.shiftday import local_instant

LABELS = {
    "question": "Question to the client",
    "concern": "Concern",
    "offered": "What we offered",
    "refused_because": "Why the customer did not accept it",
    "wanted": "What the customer wants",
}
MISSING = {
    "offered": "what was offered",
    "refused_because": "why the customer did not accept it",
    "wanted": "what the customer wants",
    "severity": "how severe it is",
}
LONGEST = 5_000
HANDOVER = ("offered", "refused_because", "wanted")
SEVERITIES = [("", "not said"), *Severity]


def _long(label: str, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)


def missing_of(line: Escalation) -> list[str]:
    """Which of the handover's facts a line does not say yet; none are asked of a void one."""
    if line.status == Status.VOID:
        return []
    return [name for name in (*HANDOVER, "severity") if not getattr(line, name)]


class LetterForm(forms.Form):
    """A draft: its words, switches and contact, and per item `<field>-<position>` and `leave-…`.

    Where the line lacks facts of the handover they are asked for: what is said of them is kept
    with the line too, if `keep-…` is on; `line-version-…` says which line was looked at.
    """

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    contact = forms.ModelChoiceField(
        ClientContact.objects.none(), required=False, label="To", empty_label="Choose…"
    )
    subject = OneLine(max_length=150)
    opening = _long("Before the questions")
    closing = _long("After the questions")
    with_names = forms.BooleanField(required=False, label="Name the agents")
    with_references = forms.BooleanField(required=False, label="Give customer references")

    def __init__(
        self,
        data: Any = None,
        *,
        letter: Forwarding,
        items: Sequence[ForwardedItem],
        by: Membership,
    ) -> None:
        initial = {name: getattr(letter, name) for name in (*FIELDS, "version")}
        super().__init__(data, initial=initial, label_suffix="", auto_id="letter-%s")
        contacts = ClientContact.objects.visible_to(by).current()
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]
        self.fields["contact"].widget.attrs["class"] = "form-select"
        self.fields["subject"].widget.attrs["class"] = "form-control"
        for name in ("with_names", "with_references"):
            self.fields[name].widget.attrs["class"] = "form-check-input"
        self.items = items
        for item in items:
            for name in TEXTS:
                self.fields[f"{name}-{item.position}"] = _long(LABELS[name])
                self.initial[f"{name}-{item.position}"] = getattr(item, name)
            leave = forms.BooleanField(required=False, label="Leave out of this letter")
            leave.widget.attrs["class"] = "form-check-input"
            self.fields[f"leave-{item.position}"] = leave
            if missing := missing_of(item.escalation):
                self._ask(item, missing)

    def _ask(self, item: ForwardedItem, missing: list[str]) -> None:
        """Add the fields for what the line does not say."""
        place, line = item.position, item.escalation
        if "severity" in missing:
            severity = forms.TypedChoiceField(
                label="Severity", required=False, choices=SEVERITIES, coerce=int, empty_value=None
            )
            severity.widget.attrs["class"] = "form-select"
            self.fields[f"severity-{place}"] = severity
        keep = forms.BooleanField(label=f"Keep it with line {line.number} too", required=False)
        keep.widget.attrs["class"] = "form-check-input"
        self.fields[f"keep-{place}"] = keep
        version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
        self.fields[f"line-version-{place}"] = version
        self.initial[f"keep-{place}"] = True
        self.initial[f"line-version-{place}"] = line.version

    def changes(self) -> dict[str, Any]:
        """What was said of the letter itself, by field."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def texts(self) -> dict[int, dict[str, str]]:
        """What was said of each item, by its primary key."""
        said = self.cleaned_data
        return {i.pk: {n: said[f"{n}-{i.position}"] for n in TEXTS} for i in self.items}

    def facts(self) -> dict[int, LineFacts]:
        """What is to be kept with the lines, by the item's primary key."""
        said, found = self.cleaned_data, {}
        for item in self.items:
            place = item.position
            if not said.get(f"keep-{place}") or said.get(f"leave-{place}"):
                continue
            names = [f"{name}-{place}" for name in missing_of(item.escalation)]
            told = {n.rpartition("-")[0]: said[n] for n in names if said.get(n)}
            if told:
                found[item.pk] = LineFacts(said[f"line-version-{place}"], told)
        return found

    def left_out(self) -> list[int]:
        """The primary keys of the items that are to be left out."""
        return [i.pk for i in self.items if self.cleaned_data[f"leave-{i.position}"]]

    def rows(self) -> list[dict[str, Any]]:
        """Each item with its bound fields, for the template."""
        return [
            {
                "item": item,
                "question": self[f"question-{item.position}"],
                "facts": [self[f"{name}-{item.position}"] for name in TEXTS[1:]],
                "leave": self[f"leave-{item.position}"],
                **self._asked(item),
            }
            for item in self.items
        ]

    def _asked(self, item: ForwardedItem) -> dict[str, Any]:
        """The bound fields for what the line does not say, and their names in words."""
        if f"keep-{item.position}" not in self.fields:
            return {"missing": ""}
        lacks = missing_of(item.escalation)
        severity = self[f"severity-{item.position}"] if "severity" in lacks else None
        words = [MISSING[name] for name in lacks]
        return {
            "missing": " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])),
            "severity": severity,
            "keep": self[f"keep-{item.position}"],
            "line_version": self[f"line-version-{item.position}"],
        }


class ClientContactForm(forms.Form):
    """One of the client's people."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = OneLine(max_length=120)
    duty = OneLine(max_length=120, required=False, label="What for")
    email = forms.EmailField(label="E-mail", max_length=254)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        for name in ("name", "duty", "email"):
            self.fields[name].widget.attrs["class"] = "form-control"


class ExtendForm(forms.Form):
    """Until which day the client has time now; that day's end in the program's zone."""

    until = forms.DateField(label="Answer promised by", input_formats=["%Y-%m-%d"])

    def __init__(self, data: Any = None, *, program: Program) -> None:
        super().__init__(data, label_suffix="")
        self.program = program
        attrs = {"type": "date", "class": "form-control"}
        self.fields["until"].widget = forms.DateInput(attrs=attrs)

    def clean_until(self) -> datetime:
        """The last minute of the day, as an aware instant; not in the past, at most a year on."""
        day = self.cleaned_data["until"]
        today = timezone.now().astimezone(self.program.zone).date()
        if not today <= day <= today + timedelta(days=366):
            raise forms.ValidationError("Choose a day between today and a year from now.")
        return local_instant(day, time(23, 59), self.program.zone)
