"""What the log sheet stores."""

from escalations.models.escalation import Escalation, Numbering
from escalations.models.hours import HourCount
from escalations.models.imports import Import, ImportRow
from escalations.models.masked import MaskedNumber
from escalations.models.status import Feedback, Status
from escalations.models.topics import Topic, TopicMove, TopicStep
from escalations.models.words import LogWord, Vocabulary

__all__ = [
    "Escalation",
    "Feedback",
    "HourCount",
    "Import",
    "ImportRow",
    "LogWord",
    "MaskedNumber",
    "Numbering",
    "Status",
    "Topic",
    "TopicMove",
    "TopicStep",
    "Vocabulary",
]
