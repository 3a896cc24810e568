"""What the client writes on the page of a letter: one answer per question, and a name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from escalations.actions.replying import LONGEST, Reply
from escalations.models import ClientAnswer, ForwardedItem
from people.forms.roster import OneLine

Verdict = ClientAnswer.Verdict
MISSING = {
    Verdict.DO_THIS: "Write what is to be done.",
    Verdict.NEED_MORE: "Write what you need to know.",
}


class ReplyForm(forms.Form):
    """Fields `verdict-<position>` and `text-<position>` per question, `name` and `key`."""

    name = OneLine(max_length=120, label="Your name")
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, items: Sequence[ForwardedItem], name: str = "") -> None:
        initial = {"name": name, "key": uuid.uuid4()}
        super().__init__(data, initial=initial, label_suffix="", auto_id="reply-%s")
        self.items = items
        self.fields["name"].widget.attrs |= {"autocomplete": "name", "class": "form-control"}
        for item in items:
            self.fields[f"verdict-{item.position}"] = forms.ChoiceField(
                choices=Verdict.choices,
                required=False,
                label=f"Question {item.position}",
                widget=forms.RadioSelect,
            )
            self.fields[f"text-{item.position}"] = forms.CharField(
                required=False,
                strip=True,
                max_length=LONGEST,
                label=f"Your words to question {item.position}",
                widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            )

    def clean(self) -> dict[str, Any]:
        """An answer has its words; words have an answer; something is answered."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            verdict, text = said.get(f"verdict-{item.position}"), said.get(f"text-{item.position}")
            if text and not verdict:
                self.add_error(f"verdict-{item.position}", "Choose one of the three answers.")
            if verdict in MISSING and not text and f"text-{item.position}" not in self.errors:
                self.add_error(f"text-{item.position}", MISSING[Verdict(verdict)])
        if not self.errors and not self.replies():
            raise forms.ValidationError("Answer at least one question.")
        return said

    def anew(self, error: str) -> ReplyForm:
        """The same words in a form of its own, to be sent once more, under an error."""
        form = ReplyForm({**dict(self.data.items()), "key": uuid.uuid4()}, items=self.items)
        form.add_error(None, error)
        return form

    def fields_of(self, item: ForwardedItem) -> dict[str, forms.BoundField]:
        """The two fields of one question."""
        return {
            "verdict": self[f"verdict-{item.position}"],
            "text": self[f"text-{item.position}"],
        }

    def replies(self) -> list[Reply]:
        """The answers that were given, in the order of the questions."""
        said = self.cleaned_data
        return [
            Reply(item.position, verdict, said.get(f"text-{item.position}", ""))
            for item in self.items
            if (verdict := said.get(f"verdict-{item.position}"))
        ]
