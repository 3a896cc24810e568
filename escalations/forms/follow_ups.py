"""What is typed when a promised call-back was made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from escalations.forms.feedback import Keyed
from escalations.models.follow_ups import CONTENT, LONGEST_RESULT
from escalations.timewords import read_moment
from people.models import Program


class FollowUpForm(Keyed):
    """`result`, `satisfaction` (1–5, or empty for not asked), and `again_at` as people say it."""

    result = forms.CharField(
        max_length=LONGEST_RESULT, error_messages={"required": "Say what came of the call."}
    )
    satisfaction = forms.TypedChoiceField(
        required=False, choices=[("", "not asked"), *CONTENT], coerce=int, empty_value=None
    )
    again_at = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Any = None, *, program: Program, **more: Any) -> None:
        super().__init__(data, **more)
        self.program = program

    def clean_again_at(self) -> datetime | None:
        """The new promise, in the program's zone."""
        text = self.cleaned_data["again_at"].strip()
        if not text:
            return None
        now = timezone.now()
        try:
            moment = read_moment(text, now=now, zone=self.program.zone)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if moment <= now:
            raise forms.ValidationError("The next call-back has to be in the future.")
        return moment
