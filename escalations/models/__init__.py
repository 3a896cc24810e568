"""What the log sheet stores."""

from escalations.models.escalation import Escalation, Numbering
from escalations.models.feedback import FeedbackNote, QuickText
from escalations.models.follow_ups import FollowUp
from escalations.models.forwarding import (
    ClientAnswer,
    ClientContact,
    ForwardedItem,
    Forwarding,
    Reminder,
    ReplyLink,
)
from escalations.models.hours import HourCount
from escalations.models.imports import Import, ImportRow
from escalations.models.masked import MaskedNumber
from escalations.models.status import Feedback, Status
from escalations.models.topics import Topic, TopicMove, TopicStep
from escalations.models.touched import Touched
from escalations.models.words import LogWord, Vocabulary

__all__ = [
    "ClientAnswer",
    "ClientContact",
    "Escalation",
    "Feedback",
    "FeedbackNote",
    "FollowUp",
    "ForwardedItem",
    "Forwarding",
    "HourCount",
    "Import",
    "ImportRow",
    "LogWord",
    "MaskedNumber",
    "Numbering",
    "QuickText",
    "Reminder",
    "ReplyLink",
    "Status",
    "Topic",
    "TopicMove",
    "TopicStep",
    "Touched",
    "Vocabulary",
]
