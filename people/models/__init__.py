"""Who is asking: people, programs, memberships, the roster; and what they are told."""

from people.models.invitation import Invitation
from people.models.membership import CaptainAppointment, Membership
from people.models.messages import Message, Notice, NotificationChoice
from people.models.program import Client, Program
from people.models.roster import Agent, ContactPoint
from people.models.user import User

__all__ = [
    "Agent",
    "CaptainAppointment",
    "Client",
    "ContactPoint",
    "Invitation",
    "Membership",
    "Message",
    "Notice",
    "NotificationChoice",
    "Program",
    "User",
]
