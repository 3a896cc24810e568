"""What is asked of the pile and of a topic's lines, and what is to happen to which of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from escalations.models import Status, Topic
from escalations.models.topics import NAME
from escalations.paging import Cursor
from people.forms.roster import OneLine
from people.models import Program
from people.typed import number_said

MOST = 500
"""Lines that are named in one form at most; a page has fifty."""
RELOAD = "This page is too old for that. Reload it."


def topic_called(name: str, program: Program) -> Topic | None:
    """The live topic of that name, or the only one whose name begins like that."""
    live = Topic.objects.filter(program=program).live()
    if exact := live.filter(name__iexact=name).first():
        return exact
    begun = live.filter(name__istartswith=name)[:2]
    return begun[0] if len(begun) == 1 else None


class LinesAsked(forms.Form):
    """The query string of the workbench and of a topic's page; what cannot be read is left out."""

    NARROWING = ("q", "status", "group", "gaps")

    q = forms.CharField(required=False, max_length=200)
    status = forms.ChoiceField(required=False, choices=[("", "Any status"), *Status.choices])
    group = forms.RegexField(r"\A[0-9a-f]{32}\Z", required=False)
    gaps = forms.RegexField(r"\A1\Z", required=False)
    cursor = forms.CharField(required=False, max_length=300)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.is_valid()

    def said(self, name: str) -> str:
        """A readable value, or nothing."""
        return self.cleaned_data.get(name) or ""

    @property
    def words(self) -> list[str]:
        """The words searched for, eight at most."""
        return self.said("q").replace("\0", "").split()[:8]

    @property
    def cursor_read(self) -> Cursor | None:
        """The place to go on from."""
        return Cursor.read(self.said("cursor"))

    @property
    def is_gaps(self) -> bool:
        """Whether the lines of which nothing is known are asked for."""
        return bool(self.said("gaps"))

    @property
    def is_narrowed(self) -> bool:
        """Whether some lines are left out."""
        return any(self.said(name) for name in self.NARROWING)

    def link(self, **changes: str) -> str:
        """The query string with some values changed or, when empty, left out; never a cursor."""
        kept = {name: self.said(name) for name in self.NARROWING} | changes
        said = {name: value for name, value in kept.items() if value}
        return "?" + urlencode(said) if said else "?"


class GroupingForm(forms.Form):
    """Which lines go where: into a topic named or chosen, into a new one, or out of all.

    `do` is what the button said; `take` is a suggestion as "<line> <slug>", which is taken for the
    whole selection when its line is in it. Without a selection the `current` line is meant.
    """

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    do = forms.ChoiceField(
        choices=[(name, name) for name in ("move", "new", "out")], required=False
    )
    into = OneLine(max_length=NAME, required=False, label="Move to")
    to = forms.SlugField(max_length=NAME, required=False)
    take = forms.RegexField(r"\A[0-9]{1,9} [-\w]{1,80}\Z", required=False)
    current = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)

    def __init__(self, data: QueryDict | None, *, program: Program) -> None:
        super().__init__(data)
        self.program = program
        self.topic: Topic | None = None
        self.status = 422
        self.fields["into"].error_messages["max_length"] = (
            f"A topic’s name has at most {NAME} characters."
        )

    @property
    def ticked(self) -> list[int]:
        """The numbers of the lines that were selected, readable ones."""
        said = self.data.getlist("line") if isinstance(self.data, QueryDict) else []
        return [n for text in said[:MOST] if (n := number_said(text)) is not None]

    @property
    def verb(self) -> str:
        """`move`, `new` or `out`."""
        return self.cleaned_data.get("do") or "move"

    @property
    def name(self) -> str:
        """The name typed for a new topic."""
        return str(self.cleaned_data["into"])

    @property
    def numbers(self) -> list[int]:
        """The lines that are meant."""
        if take := self.cleaned_data.get("take"):
            line = int(take.split()[0])
            return self.ticked if line in self.ticked else [line]
        current = self.cleaned_data.get("current")
        return self.ticked or ([current] if current else [])

    def clean(self) -> dict[str, Any]:
        """Lines, and where they go."""
        said = super().clean() or {}
        if self.errors:
            return said
        if not self.numbers:
            raise forms.ValidationError("Select a line first.")
        if self.verb == "new" and not said["into"]:
            self.add_error("into", "Write the new topic’s name first.")
        elif self.verb == "move":
            self._find_topic(said)
        return said

    def _find_topic(self, said: dict[str, Any]) -> None:
        """The topic of the suggestion, of the button, or of the name that was typed."""
        take = said.get("take")
        slug = take.split()[1] if take else said.get("to")
        name = said.get("into")
        if slug:
            self.topic = Topic.objects.at(slug, self.program)
            if self.topic is None:
                raise forms.ValidationError("That topic is not there any more. Reload the page.")
        elif name:
            self.topic = topic_called(name, self.program)
            if self.topic is None:
                words = f"There is no topic “{name}”. Choose one, or make it a new topic."
                self.add_error("into", words)
        else:
            self.add_error("into", "Say which topic.")


class NameForm(forms.Form):
    """A name for a proposed group or a topic."""

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    name = OneLine(
        max_length=NAME,
        error_messages={
            "required": "Write a name first.",
            "max_length": f"A topic’s name has at most {NAME} characters.",
        },
    )
    group = forms.RegexField(r"\A[0-9a-f]{32}\Z", required=False)


class MergeForm(forms.Form):
    """The topic that another one is merged into, by its name."""

    key = forms.UUIDField(error_messages={"required": RELOAD, "invalid": RELOAD})
    into = OneLine(max_length=200, error_messages={"required": "Say which topic."})

    def __init__(self, data: QueryDict | None = None, *, program: Program) -> None:
        super().__init__(data)
        self.program = program
        self.topic: Topic | None = None

    def clean_into(self) -> str:
        """The live topic of that name."""
        name = str(self.cleaned_data["into"])
        self.topic = topic_called(name, self.program)
        if self.topic is None:
            raise forms.ValidationError(f"There is no topic “{name}”.")
        return name
