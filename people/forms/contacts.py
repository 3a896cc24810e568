"""What a manager types about whom to call."""

from __future__ import annotations

from typing import Any

from django import forms

from people.forms.roster import OneLine
from people.forms.stacked import Stacked
from people.models import ContactPoint

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ContactForm(Stacked):
    """Somebody to call, tier by tier; hours are local times of the program."""

    name_on_page = "contact"

    tier = forms.IntegerField(
        min_value=1, max_value=9, initial=1, help_text="1 is called first, then 2, and so on."
    )
    name = OneLine(max_length=120)
    duty = OneLine(label="What for", max_length=120, required=False)
    phone = OneLine(max_length=40, required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    from_time = forms.TimeField(label="Reachable from", required=False, widget=_TIME)
    to_time = forms.TimeField(
        label="Reachable until",
        required=False,
        widget=_TIME,
        help_text="Leave both empty for around the clock.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, contact: ContactPoint | None = None, **kwargs: Any) -> None:
        if contact:
            kwargs["initial"] = {name: getattr(contact, name) for name in self.base_fields}
        super().__init__(*args, of=contact.pk if contact else "", **kwargs)
        if contact:
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """A phone or an address, and both ends of the hours or none."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not (said.get("phone") or said.get("email") or self.errors):
            self.add_error("phone", "Give a phone number or an e-mail address.")
        starts, ends = said.get("from_time"), said.get("to_time")
        if (starts is None) != (ends is None):
            self.add_error("to_time", "Say from when until when, or leave both empty.")
        elif starts is not None and starts == ends:
            self.add_error("to_time", "Leave both empty for around the clock.")
        return said
