"""What a manager types about members, invitations and the captain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from people.forms.roster import OneLine
from people.forms.stacked import Stacked
from people.models import Membership, Program


class InviteForm(Stacked):
    """Whom to invite, and as what."""

    name_on_page = "invite"

    email = forms.EmailField(label="E-mail", max_length=254)
    name = OneLine(max_length=120)
    roles = forms.MultipleChoiceField(
        choices=Membership.Role.choices, widget=forms.CheckboxSelectMultiple
    )


class RolesForm(forms.Form):
    """The roles ticked for one member; `version` says which state was seen."""

    roles = forms.MultipleChoiceField(choices=Membership.Role.choices, required=False)
    version = forms.IntegerField(min_value=1, required=False)


class AppointForm(Stacked):
    """Which SME becomes captain, and until the end of which shift day."""

    name_on_page = "captain"

    member = forms.ModelChoiceField(
        Membership.objects.none(), label="SME", empty_label="Choose an SME"
    )
    until = forms.DateField(
        label="Until the end of the shift of",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Leave empty to appoint until you end it.",
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        smes = Membership.objects.active().filter(program=program, roles__contains=["sme"])
        member = self.fields["member"]
        member.queryset = smes.select_related("user").order_by("user__name", "pk")  # type: ignore[attr-defined]
        member.label_from_instance = lambda one: str(one.user)  # type: ignore[attr-defined]

    def clean_until(self) -> datetime | None:
        """The end of that shift day, as an instant."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        try:
            ends = self.program.shift_bounds(day)[1]
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError("That is not a day of the calendar.") from error
        if ends <= timezone.now():
            raise forms.ValidationError("That day has passed.")
        return ends
