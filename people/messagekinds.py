"""What people are told about: one table, kind → words, who may be told, and how by default."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """One kind of news. `ability` is what a member needs to be told and to go on seeing it."""

    words: str
    ability: str
    screen: bool = True
    mail: bool = False


KINDS: Final[dict[str, Kind]] = {
    "feedback_given": Kind("I got feedback", "see_own_feedback"),
    "feedback_acknowledged": Kind("An agent acknowledged my feedback", "give_feedback"),
    "feedback_owed": Kind("Feedback of mine is owed for long", "give_feedback"),
    "follow_up_due": Kind("A promised call-back is due", "read_log"),
    "line_given": Kind("An unresolved line was given to me", "read_log", mail=True),
    "line_answered": Kind("The client answered a line of mine", "read_log", mail=True),
    "letter_answered": Kind("The client answered a letter", "forward", mail=True),
    "letter_reminder": Kind("A letter waits for its answer", "forward", mail=True),
    "promise_near": Kind("An unresolved line nears its promise", "forward"),
    "session_opened": Kind("A session waits for my answers", "give_position", mail=True),
    "session_cancelled": Kind(
        "A session I was asked in was called off", "give_position", mail=True
    ),
    "session_revealed": Kind("The answers of a session were revealed", "read_log", mail=True),
    "practice_published": Kind("A best practice is new or changed", "read_practices"),
    "topic_grown": Kind("A topic grows", "group_topics"),
    "week_summary": Kind("The numbers of the week that is over", "edit_any", mail=True),
    "mail_failed": Kind("A mail could not be delivered", "manage_people"),
}
"""Other apps add their kinds here; a kind that is not here cannot be told."""


def kinds_for(abilities: frozenset[str]) -> dict[str, Kind]:
    """The kinds that somebody with these abilities may be told about, in the table's order."""
    return {name: kind for name, kind in KINDS.items() if kind.ability in abilities}
