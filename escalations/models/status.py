"""Whose turn it is, and the legal moves between (docs/statuses.md is generated from here)."""

from django.db import models


class Status(models.TextChoices):
    """The state of a line; its word is what people read."""

    UNRESOLVED = "unresolved", "Unresolved"
    FORWARDED = "forwarded", "Forwarded"
    ANSWERED = "answered", "Answered"
    RESOLVED = "resolved", "Resolved"
    VOID = "void", "Void"


class Feedback(models.TextChoices):
    """How far the feedback to the agent has come."""

    NONE = "none", "No feedback"
    OWED = "owed", "Owed"
    GIVEN = "given", "Given"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"


TURN: dict[str, str] = {
    Status.UNRESOLVED: "The Operations Manager’s turn",
    Status.FORWARDED: "The client’s turn",
    Status.ANSWERED: "The floor’s turn",
    Status.RESOLVED: "Nobody’s turn: resolved",
    Status.VOID: "Nobody’s turn: logged by mistake",
}

TRANSITIONS: dict[str, frozenset[str]] = {
    Status.UNRESOLVED: frozenset({Status.FORWARDED, Status.ANSWERED, Status.RESOLVED, Status.VOID}),
    Status.FORWARDED: frozenset({Status.ANSWERED, Status.UNRESOLVED}),
    Status.ANSWERED: frozenset({Status.RESOLVED, Status.UNRESOLVED, Status.FORWARDED}),
    Status.RESOLVED: frozenset({Status.UNRESOLVED, Status.VOID}),
    Status.VOID: frozenset({Status.UNRESOLVED, Status.RESOLVED}),
}
"""From a status to those it may become; a new line starts unresolved or resolved.

From unresolved straight to answered: the client needed more, and then answered all the same."""

FIRST: frozenset[str] = frozenset({Status.UNRESOLVED, Status.RESOLVED})

FEEDBACK_TRANSITIONS: dict[str, frozenset[str]] = {
    Feedback.NONE: frozenset({Feedback.OWED}),
    Feedback.OWED: frozenset({Feedback.NONE, Feedback.GIVEN}),
    Feedback.GIVEN: frozenset({Feedback.ACKNOWLEDGED, Feedback.OWED}),
    Feedback.ACKNOWLEDGED: frozenset(),
}
"""Once given, feedback is no longer silently unasked for."""

FIRST_FEEDBACK: frozenset[str] = frozenset({Feedback.NONE, Feedback.OWED, Feedback.GIVEN})
"""A new line asks for feedback, or not, or the SME has written it at once."""
