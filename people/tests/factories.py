"""One small factory per model of people."""

from datetime import time
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from people import models

PASSWORD = "a good long night"


@cache
def hashed_password() -> str:
    """PASSWORD as it is stored: worked out once, because that is slow on purpose."""
    return make_password(PASSWORD)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.LazyAttribute(lambda user: user.username.title())
    email = factory.LazyAttribute(lambda user: f"{user.username}@floor.example")
    password = factory.LazyFunction(hashed_password)


class ClientFactory(DjangoModelFactory):
    class Meta:
        model = models.Client

    name = factory.Sequence(lambda n: f"Client {n}")


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = models.Program

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Program {n}")
    slug = factory.Sequence(lambda n: f"program-{n}")
    time_zone = "Asia/Manila"
    shift_starts_at = time(18)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    user = factory.SubFactory(UserFactory)
    program = factory.SubFactory(ProgramFactory)
    roles = ["sme"]


class AgentFactory(DjangoModelFactory):
    class Meta:
        model = models.Agent

    program = factory.SubFactory(ProgramFactory)
    employee_id = factory.Sequence(lambda n: f"{100000 + n}")
    name = factory.Sequence(lambda n: f"Agent {n}")


class ContactPointFactory(DjangoModelFactory):
    class Meta:
        model = models.ContactPoint

    program = factory.SubFactory(ProgramFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    phone = "+63 2 8123 4567"


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Invitation

    program = factory.SubFactory(ProgramFactory)
    email = factory.Sequence(lambda n: f"invited{n}@floor.example")
    name = factory.Sequence(lambda n: f"Invited {n}")
    roles = ["sme"]
    invited_by = factory.SubFactory(UserFactory)


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = models.Message

    kind = "note"
    program = factory.SubFactory(ProgramFactory)
    to_email = factory.Sequence(lambda n: f"reader{n}@client.example")
    to_name = factory.Sequence(lambda n: f"Reader {n}")
    subject = factory.Sequence(lambda n: f"Word {n} of the floor")
    text = "Hello,\n\nall is well.\n"
    html = "<p>Hello,</p><p>all is well.</p>"


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = models.Notice

    user = factory.SubFactory(UserFactory)
    program = factory.SubFactory(ProgramFactory)
    kind = "line_answered"
    sentence = factory.Sequence(lambda n: f"The client answered line {n}.")
    link = "/"
