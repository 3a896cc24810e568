"""One small factory per model of the log sheet; a member's line, a letter that is sent."""

import re
import uuid
from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from escalations.actions import forwarding
from escalations.models import (
    ClientContact,
    Escalation,
    FeedbackNote,
    FollowUp,
    Import,
    MaskedNumber,
    QuickText,
)
from people.mail import with_secret
from people.tests.factories import AgentFactory, ProgramFactory, UserFactory


class EscalationFactory(DjangoModelFactory):
    class Meta:
        model = Escalation

    program = factory.SelfAttribute("agent.program")
    agent = factory.SubFactory(AgentFactory)
    logged_by = factory.SubFactory(UserFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.LazyFunction(uuid.uuid4)
    occurred_at = factory.LazyFunction(
        lambda: timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
    )
    concern = "waive all the charges on the bill"
    resolution = "Advised valid charges"


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = Import

    source_name = "log-sheet.csv"
    sha256 = "0" * 64
    shift = factory.LazyFunction(lambda: timezone.now().date())


class MaskedNumberFactory(DjangoModelFactory):
    class Meta:
        model = MaskedNumber

    escalation = factory.SubFactory(EscalationFactory)
    program = factory.SelfAttribute("escalation.program")
    by = factory.SelfAttribute("escalation.logged_by")
    field = "concern"
    first = "411111"
    last = "1111"
    digits = 16


class FeedbackNoteFactory(DjangoModelFactory):
    class Meta:
        model = FeedbackNote

    escalation = factory.SubFactory(EscalationFactory, feedback="given")
    program = factory.SelfAttribute("escalation.program")
    given_by = factory.SelfAttribute("escalation.logged_by")
    key = factory.LazyFunction(uuid.uuid4)
    text = "Offer the payment plan before you hand over."


class QuickTextFactory(DjangoModelFactory):
    class Meta:
        model = QuickText

    program = factory.SubFactory(ProgramFactory)
    added_by = factory.SubFactory(UserFactory)
    key = factory.LazyFunction(uuid.uuid4)
    text = "Offer the payment plan first."


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    escalation = factory.SubFactory(
        EscalationFactory, callback_at=factory.LazyFunction(timezone.now)
    )
    program = factory.SelfAttribute("escalation.program")
    done_by = factory.SelfAttribute("escalation.logged_by")
    key = factory.LazyFunction(uuid.uuid4)
    due_at = factory.LazyFunction(timezone.now)
    result = "The customer is content."


def a_line(by, **facts):
    """A line that a member logged; a void one says why."""
    if "agent" not in facts:
        facts["agent"] = AgentFactory(program=by.program)
    if facts.get("status") == "void":
        facts.setdefault("void_reason", "logged twice")
    return EscalationFactory(logged_by=by.user, **facts)


def contact_of(member, email="desk@client.example"):
    """A contact at the client of the member's program."""
    return ClientContact.objects.create(
        program=member.program, key=uuid.uuid4(), name="Desk", email=email, added_by=member.user
    )


def letter_about(lines, by, *, send=True):
    """A letter with a question for each line; sent, and the token of its link."""
    if not ClientContact.objects.filter(program=by.program).exists():
        contact_of(by)
    letter = forwarding.write(lines, key=uuid.uuid4(), by=by)
    items = {
        i.pk: {"question": f"What about {i.concern}?", "concern": i.concern}
        for i in letter.items.all()
    }
    letter = forwarding.change(letter, {}, items, version=letter.version, by=by)
    if not send:
        return letter
    letter = forwarding.send(letter, version=letter.version, by=by)
    return letter, token_in(letter.message)


def token_in(message):
    """The secret of the link in a letter's mail."""
    return re.search(r"/reply/([\w-]+)/", with_secret(message).text)[1]
