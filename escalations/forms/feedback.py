"""What is typed when feedback is given, acknowledged, and kept at hand."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from escalations.actions.masking import Mark, marks_said
from escalations.models.feedback import LONGEST_NOTE

HELPED = (("Y", "Yes"), ("N", "No"), ("", "I cannot say yet"))


class Keyed(forms.Form):
    """A form with a key of its own making, and what its browser masked."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "The form has no key. Reload the page."},
    )
    version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fresh_key = uuid.uuid4()

    @property
    def shown_key(self) -> object:
        """The key to post with: the one that came, so that a second try is the same try."""
        return (self.data.get("key") if self.is_bound else "") or self.fresh_key

    @property
    def masked(self) -> tuple[Mark, ...]:
        """The numbers that the browser, or the site's door, masked in these fields."""
        return marks_said(self.data.getlist("masked")) if hasattr(self.data, "getlist") else ()


class GiveForm(Keyed):
    """`text`, unless `in_person` says that the agent has heard it."""

    text = forms.CharField(required=False, max_length=LONGEST_NOTE)
    in_person = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something is said, here or in person."""
        said = super().clean() or {}
        if not said.get("text") and not said.get("in_person") and "text" not in self.errors:
            self.add_error("text", "Write what the agent can do next time.")
        return said


class AcknowledgeForm(forms.Form):
    """The agent's own `words`, and whether it `helped`."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    words = forms.CharField(
        max_length=LONGEST_NOTE,
        error_messages={"required": "Say in your own words what you take from it."},
    )
    helped = forms.ChoiceField(required=False, choices=HELPED)

    @property
    def has_helped(self) -> bool | None:
        """Yes, no, or not known; call when valid."""
        return {"Y": True, "N": False}.get(self.cleaned_data["helped"])

    @property
    def masked(self) -> tuple[Mark, ...]:
        """The numbers that the browser, or the site's door, masked in these fields."""
        return marks_said(self.data.getlist("masked")) if hasattr(self.data, "getlist") else ()


class QuickTextForm(Keyed):
    """One sentence kept at hand."""

    text = forms.CharField(max_length=300, error_messages={"required": "Write the text."})
