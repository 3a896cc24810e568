"""What is typed about a best practice."""

from __future__ import annotations

from typing import Any

from django import forms

from calibration.models import Authority, BestPractice
from calibration.models.ladder import GIVES
from calibration.models.practices import PARTS, TITLE
from calibration.twopages import LONGEST_PART, too_long
from escalations.actions.topic_places import root_of
from escalations.forms.feedback import Keyed
from escalations.models import Topic
from people.models import Membership

HINTS = {
    "when": "The customer says … and the account shows …",
    "do": "One step a line.",
    "say": "Word for word, as it may be said to the customer.",
    "dont": "What makes it worse, or is not allowed.",
    "who_may": "Any agent · an SME · only with the manager’s yes",
}
ROWS = {"when": 3, "do": 6, "say": 5, "dont": 3, "who_may": 2}


class PracticeForm(Keyed):
    """The words of a card, by whose word it stands, and for an answer its `topic` (a slug)."""

    topic = forms.ChoiceField(required=False, label="Answer to the topic")
    authority = forms.ChoiceField(label="By whose word")
    title = forms.CharField(
        max_length=TITLE, error_messages={"required": "Give it a title people recognise."}
    )
    when = forms.CharField(required=False, label="When it applies")
    do = forms.CharField(required=False, label="Do")
    say = forms.CharField(required=False, label="Say")
    dont = forms.CharField(required=False, label="Don’t")
    who_may = forms.CharField(required=False, label="Who may do it")
    source = forms.CharField(required=False, max_length=200, label="Where it comes from")
    replacing = forms.IntegerField(required=False, min_value=0)
    reason = forms.CharField(required=False, max_length=300, label="Why it replaces a higher word")

    def __init__(self, data: Any = None, *, by: Membership, **more: Any) -> None:
        super().__init__(data, **more)
        given = [one for one in Authority if by.may(GIVES[one])]
        self.fields["authority"].choices = [(one.value, one.label) for one in given]  # type: ignore[attr-defined]
        self.topics = {topic.slug: topic for topic in Topic.objects.visible_to(by).live()}
        named = [(slug, topic.name) for slug, topic in self.topics.items()]
        self.fields["topic"].choices = [("", "No topic: a technique"), *named]  # type: ignore[attr-defined]
        if self.is_bound is False and "authority" not in self.initial and given:
            self.initial["authority"] = "calibrated" if "calibrated" in given else given[0].value
        for name in (*PARTS, "title"):
            self.fields[name].widget = _widget(name)

    def clean(self) -> dict[str, Any]:
        """Something is to be done or said, and all of it fits two pages."""
        said = super().clean() or {}
        if not (said.get("do") or said.get("say")):
            self.add_error("do", "Write what to do or what to say.")
        if problem := too_long({name: said.get(name) or "" for name in (*PARTS, "title")}):
            raise forms.ValidationError(problem)
        return said

    @property
    def words(self) -> dict[str, str]:
        """Title and parts; call when valid."""
        return {name: self.cleaned_data.get(name) or "" for name in (*PARTS, "title")}

    @property
    def chosen_topic(self) -> Topic | None:
        """The topic it answers; call when valid."""
        return self.topics.get(self.cleaned_data.get("topic") or "")


def said_by(practice: BestPractice) -> dict[str, Any]:
    """What a form shows of a practice at first."""
    shown = {name: getattr(practice, name) for name in (*PARTS, "title", "authority", "source")}
    shown["topic"] = root_of(practice.topic).slug if practice.topic else ""
    return shown


def _widget(name: str) -> forms.Widget:
    if name == "title":
        return forms.TextInput(attrs={"class": "form-control", "maxlength": TITLE})
    shown = {"class": "form-control", "rows": ROWS[name], "maxlength": LONGEST_PART}
    return forms.Textarea(attrs={**shown, "placeholder": HINTS[name]})
