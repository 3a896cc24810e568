"""What a manager writes in a letter, and whom at the client's it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from escalations.actions.forwarding import FIELDS, TEXTS
from escalations.models import ClientContact, ForwardedItem, Forwarding
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
LONGEST = 5_000


def _long(label: str, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "form-control"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget)


class LetterForm(forms.Form):
    """A draft: its words, switches and contact, and per item `<field>-<position>` and `leave-…`."""

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

    def changes(self) -> dict[str, Any]:
        """What was said of the letter itself, by field."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def texts(self) -> dict[int, dict[str, str]]:
        """What was said of each item, by its primary key."""
        said = self.cleaned_data
        return {i.pk: {n: said[f"{n}-{i.position}"] for n in TEXTS} for i in self.items}

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
            }
            for item in self.items
        ]


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
