"""What a manager types about agents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from people.forms.stacked import Stacked
from people.models import Agent, Membership, User
from people.models.roster import EMPLOYEE_ID


class OneLine(forms.CharField):
    """A short text: runs of white space count as one space."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class AgentForm(Stacked):
    """A new agent of the roster."""

    name_on_page = "agent"

    name = OneLine(max_length=120)
    employee_id = OneLine(label="Employee ID", max_length=32, validators=[EMPLOYEE_ID])
    team = OneLine(max_length=60, required=False)


class AgentEditForm(Stacked):
    """An agent's name, team and login; `version` says which state was edited."""

    name_on_page = "edit"

    name = OneLine(max_length=120, widget=forms.TextInput(attrs={"autofocus": True}))
    team = OneLine(max_length=60, required=False)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Login",
        required=False,
        empty_label="No login",
        help_text="Whose sign-in this agent has: among members with the role Agent.",
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": agent.name,
            "team": agent.team,
            "user": agent.user_id,
            "version": agent.version,
        }
        super().__init__(*args, of=agent.pk, **kwargs)
        self.fields["user"].queryset = _logins_for(agent)  # type: ignore[attr-defined]


def _logins_for(agent: Agent) -> Any:
    """Members who are agents and no other agent's login, and the one it has."""
    members = Membership.objects.active().filter(program=agent.program_id)
    agents = members.filter(roles__contains=["agent"]).values("user")
    taken = Agent.objects.filter(program=agent.program_id, user__isnull=False).exclude(pk=agent.pk)
    found = User.objects.filter(Q(pk__in=agents) | Q(pk=agent.user_id))
    return found.exclude(pk__in=taken.values("user")).order_by("name", "pk")


class PasteForm(Stacked):
    """Rows of a roster pasted from elsewhere; `digest` names the preview that is confirmed."""

    name_on_page = "paste"

    pasted = forms.CharField(
        label="Rows",
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "Tina / 123456 / Team A"}),
        help_text="One agent a row: name, employee ID, team. Slashes, tabs or commas between.",
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
