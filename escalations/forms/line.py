"""The fields of a line, as typed: read into a NewLine, or into the changes of an edit."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from escalations.actions import NewLine
from escalations.actions.masking import Mark, marks_said
from escalations.knownsaid import KnownSaid, known_said
from escalations.models import Escalation, Feedback, Status, Topic
from escalations.models.escalation import Severity
from escalations.models.feedback import LONGEST_NOTE
from escalations.models.topics import NAME as TOPIC_NAME
from escalations.timewords import other_half, read_moment, read_time
from escalations.topicnames import TopicName
from escalations.typed import typed_instant
from people.agentwords import AgentMatch, match_agent
from people.forms.lean import lean
from people.models import Program
from people.shiftday import instant_in_shift, latest_instant
from people.templatetags.tala import say_time

LONGEST = 4000
"""Characters in one free text: some 600 words."""

Topics = Callable[[], Iterable[TopicName]]
YES_NO = (("N", "N"), ("Y", "Y"))
HANDOVER = ("offered", "refused_because", "wanted")
WHOSE_NAME = (("known", "the roster is right"), ("renamed", "correct the roster"))


class LineFields(forms.Form):
    """What can be typed into a line; field names are a contract (DESIGN §4).

    `now`, by which times are read, is when Enter was pressed: an outbox may have come later.
    """

    time = forms.CharField(required=False, max_length=20)
    agent = forms.CharField(
        max_length=160, error_messages={"required": "Say which agent: a name or an ID."}
    )
    agent_is = forms.ChoiceField(required=False, choices=WHOSE_NAME)
    concern = forms.CharField(
        max_length=LONGEST, error_messages={"required": "Say what the concern is."}
    )
    resolution = forms.CharField(required=False, max_length=LONGEST)
    status = forms.ChoiceField(required=False, choices=Status.choices)
    requires_feedback = forms.ChoiceField(required=False, choices=YES_NO)
    severity = forms.TypedChoiceField(
        required=False, choices=[("", "not said"), *Severity], coerce=int, empty_value=None
    )
    offered = forms.CharField(required=False, max_length=LONGEST)
    refused_because = forms.CharField(required=False, max_length=LONGEST)
    wanted = forms.CharField(required=False, max_length=LONGEST)
    customer_ref = forms.CharField(required=False, max_length=80)
    callback_at = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Any = None, *, program: Program, **more: Any) -> None:
        super().__init__(data, **more)
        self.program = program
        self.now = typed_instant(data or {}, received=timezone.now())
        self.match: AgentMatch | None = None

    @property
    def masked(self) -> tuple[Mark, ...]:
        """The numbers that the browser, or the site's door, masked in these fields."""
        return marks_said(self.data.getlist("masked")) if hasattr(self.data, "getlist") else ()

    @property
    def handover_said(self) -> bool:
        """Whether anything in the drawer is filled in, so that it opens by itself."""
        drawer = (*HANDOVER, "severity", "customer_ref", "callback_at", "feedback_text")
        return any(self[name].value() for name in drawer if name in self.fields)

    @property
    def asks_whose_name(self) -> bool:
        """Whether the ID typed stands in the roster under another name, still unanswered."""
        return "agent" in self.errors and bool(self.match and self.match.known_as)

    def clean_agent(self) -> AgentMatch:
        """The agent meant; several, or an ID under another name, are asked about."""
        self.match = match = match_agent(self.cleaned_data["agent"], self.program)
        if match.problem:
            raise forms.ValidationError(match.problem)
        if match.choices:
            raise forms.ValidationError(f"Several agents are called {match.name}. Which one?")
        answer = self.data.get("agent_is")
        if match.known_as and answer not in dict(WHOSE_NAME):
            raise forms.ValidationError(
                f"{match.employee_id} is {match.known_as.name} on the roster, not {match.name}. "
                "Which is right?",
                code="known_as",
            )
        return match

    def clean_callback_at(self) -> datetime | None:
        """The promised moment, in the program's zone."""
        text = self.cleaned_data["callback_at"].strip()
        if not text:
            return None
        try:
            return read_moment(text, now=self.now, zone=self.program.zone)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def renames_agent(self) -> bool:
        """Whether the person said that the roster's name is to be corrected."""
        return bool(self.cleaned_data.get("agent_is") == "renamed")


@lean
class EntryForm(LineFields):
    """The entry row. Empty time: now. With `day` of an earlier shift the time is placed there."""

    key = forms.UUIDField(error_messages={"required": "The form has no key. Reload the page."})
    topic = forms.CharField(required=False, max_length=TOPIC_NAME)
    feedback_text = forms.CharField(required=False, max_length=LONGEST_NOTE)
    known = forms.CharField(required=False)
    known_reason = forms.CharField(required=False)

    def __init__(self, data: Any = None, *, program: Program, day: date | None, topics: Topics):
        super().__init__(data, program=program)
        self.day, self.topics = day, topics

    @property
    def known_said(self) -> KnownSaid | None:
        """What was said of the known answer; call when valid. Nothing of it is ever an error."""
        return known_said(self.cleaned_data["known"], self.cleaned_data["known_reason"])

    @property
    def posted(self) -> dict[str, str]:
        """What was posted into the line's own fields, as it came: a repeated key repeats it."""
        names = (*LineFields.base_fields, "feedback_text", "topic")
        return {name: str(self.data.get(name, "")) for name in names}

    @property
    def posted_key(self) -> uuid.UUID | None:
        """The key, if it is one, before anything else is looked at."""
        try:
            return uuid.UUID(str(self.data.get("key", "")))
        except ValueError:
            return None

    def new_line(self) -> NewLine:
        """The line as an action takes it; call when valid."""
        said = self.cleaned_data
        return NewLine(
            occurred_at=said["time"],
            typed_at=self.now,
            masked=self.masked,
            status=said["status"],
            requires_feedback=said["requires_feedback"] == "Y",
            feedback_text=said["feedback_text"],
            topic=said["topic"],
            **{name: said[name] for name in PLAIN},
        )

    def clean_topic(self) -> Topic | None:
        """The topic of a slug, or the one it was merged into; it is looked for only if said.

        First among the live topics, which the sheet asks for anyway.
        """
        if not (slug := self.cleaned_data["topic"].strip()):
            return None
        for one in self.topics():
            if one.slug == slug:
                return Topic(pk=one.pk, slug=slug, name=one.name, program=self.program)
        if found := Topic.objects.at(slug, self.program):
            return found
        raise forms.ValidationError("That topic is not there any more. Choose another, or none.")

    def clean_status(self) -> str:
        """Resolved unless said otherwise."""
        return self.cleaned_data["status"] or Status.RESOLVED

    def clean_time(self) -> datetime:
        """The instant meant: never in the future; in the sheet's own shift if that is over.

        `9:15` without AM or PM is the half of the day that lies nearer behind now, or on an
        earlier sheet the one nearer to the beginning of its shift.
        """
        text = self.cleaned_data["time"].strip()
        if not text or text.casefold() == "now":
            if self.day is None:
                return self.now
            raise forms.ValidationError("Say the time: this sheet is not tonight’s.")
        try:
            wall = read_time(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        program = self.program
        halves = [wall, other] if (other := other_half(text)) else [wall]
        if self.day is None:
            return max(latest_instant(half, self.now, program.zone) for half in halves)
        zone, starts_at = program.zone, program.shift_starts_at
        instant = min(instant_in_shift(half, self.day, zone, starts_at) for half in halves)
        if instant > self.now:
            raise forms.ValidationError("That time has not come yet.")
        return instant


@lean
class EditForm(LineFields):
    """One line's edit: only what was sent changes; empty agent or concern is refused."""

    version = forms.IntegerField(required=False, min_value=1)
    shift = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    reason = forms.CharField(required=False, max_length=300)

    def __init__(self, data: Any = None, *, line: Escalation, **more: Any) -> None:
        super().__init__(data, program=line.program, initial=said_by(line), **more)
        self.line = line
        for name in ("agent", "concern"):
            if data is not None and name not in data:
                self.fields[name] = copy.copy(self.fields[name])
                self.fields[name].required = False

    def clean_agent(self) -> AgentMatch | None:  # type: ignore[override]
        """As in the entry row; the line's own agent is never a question."""
        if self.cleaned_data["agent"] in ("", str(self.line.agent)):
            return None
        return super().clean_agent()

    def clean_callback_at(self) -> datetime | None:
        """Unchanged text keeps the exact instant."""
        if self.cleaned_data["callback_at"] == self.initial["callback_at"]:
            return self.line.callback_at
        return super().clean_callback_at()

    def clean(self) -> dict[str, Any]:
        """Place the time in the line's shift day, or in the one said."""
        said = super().clean() or {}
        text = (said.get("time") or "").strip()
        own_day = self.program.shift_day_of(self.line.occurred_at)
        day = said.get("shift") or own_day
        said["occurred_at"] = self.line.occurred_at
        if (text and text != self.initial["time"]) or day != own_day:
            said["occurred_at"] = self._instant(text or self.initial["time"], day)
        return said

    def _instant(self, text: str, day: date) -> datetime | None:
        try:
            wall = read_time(text)
            zone, starts_at = self.program.zone, self.program.shift_starts_at
            halves = [wall, other] if (other := other_half(text)) else [wall]
            placed = [instant_in_shift(half, day, zone, starts_at) for half in halves]
            instant = min(placed, key=lambda one: abs(one - self.line.occurred_at))
        except ValueError as error:
            self.add_error("time", str(error))
            return None
        if instant > self.now:
            self.add_error("time", "That time has not come yet.")
        return instant

    def changes(self) -> dict[str, Any]:
        """What was sent, by the line's own field names; call when valid. The agent is apart."""
        said, sent = self.cleaned_data, self.data
        changes = {name: said[name] for name in PLAIN if name in sent}
        if "status" in sent and said["status"]:
            changes["status"] = said["status"]
        if "time" in sent or "shift" in sent:
            changes["occurred_at"] = said["occurred_at"]
        if said["requires_feedback"]:
            wants, has = said["requires_feedback"] == "Y", self.line.requires_feedback
            if wants != has:
                changes["feedback"] = Feedback.OWED if wants else Feedback.NONE
        return changes


PLAIN = ("concern", "resolution", *HANDOVER, "severity", "customer_ref", "callback_at")


def said_by(line: Escalation) -> dict[str, Any]:
    """A line as it would be typed: the starting values of its edit form."""
    zone = line.program.zone
    called = line.callback_at and line.callback_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return {
        "time": say_time(line.occurred_at, zone),
        "agent": str(line.agent),
        "concern": line.concern,
        "resolution": line.resolution,
        "status": line.status,
        "requires_feedback": "Y" if line.requires_feedback else "N",
        "severity": line.severity or "",
        **{name: getattr(line, name) for name in HANDOVER},
        "customer_ref": line.customer_ref,
        "callback_at": called or "",
        "version": line.version,
        "shift": line.program.shift_day_of(line.occurred_at).isoformat(),
    }
