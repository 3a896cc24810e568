"""One small factory per model of people."""

from datetime import time

import factory
from factory.django import DjangoModelFactory

from people import models

PASSWORD = "a good long night"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.LazyAttribute(lambda user: user.username.title())
    email = factory.LazyAttribute(lambda user: f"{user.username}@floor.example")
    password = factory.django.Password(PASSWORD)


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
