"""What is typed to keep a view of a report."""

from __future__ import annotations

from django import forms

from escalations.forms.feedback import Keyed
from reports.models.saved import NAME


class SaveViewForm(Keyed):
    """`name`, of which report (`kind`), over which days (`span`, "" for these very ones)."""

    name = forms.CharField(
        max_length=NAME, error_messages={"required": "Give the view a name."}, strip=True
    )
    kind = forms.SlugField(max_length=40)
    span = forms.CharField(required=False, max_length=20)
    is_shared = forms.BooleanField(required=False)


class ChangeViewForm(forms.Form):
    """A view's `name`, and whether it is shared."""

    name = forms.CharField(max_length=NAME, error_messages={"required": "Give the view a name."})
    is_shared = forms.BooleanField(required=False)
