"""What a manager types about whom to call."""

from __future__ import annotations

from typing import Any

from django import forms

from people.callnow import topic_names
from people.forms.roster import OneLine
from people.forms.stacked import Stacked
from people.models import ContactPoint, Program
from people.models.roster import UP_TO_SEVERITY

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
    up_to_severity = forms.TypedChoiceField(
        label="For severity",
        required=False,
        choices=[("", "any"), *UP_TO_SEVERITY],
        coerce=int,
        empty_value=None,
    )
    topic = forms.ChoiceField(label="For topic", required=False)
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        program: Program,
        contact: ContactPoint | None = None,
        **kwargs: Any,
    ) -> None:
        names = topic_names(program)
        if contact:
            kwargs["initial"] = {name: getattr(contact, name) for name in self.base_fields}
            if contact.topic in names:
                kwargs["initial"]["topic"] = names[contact.topic][0]
        super().__init__(*args, of=contact.pk if contact else "", **kwargs)
        topics = dict(names.values())
        if contact and contact.topic not in names and contact.topic:
            topics[contact.topic] = f"{contact.topic} (gone)"
        by_name = sorted(topics.items(), key=lambda one: one[1].casefold())
        self.fields["topic"].choices = [("", "any"), *by_name]  # type: ignore[attr-defined]
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
