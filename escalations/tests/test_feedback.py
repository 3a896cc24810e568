"""Feedback to an agent: given, acknowledged, waived, taken back, through the actions."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from escalations import actions
from escalations.actions import feedback
from escalations.history import story_of
from escalations.models import Escalation, FeedbackNote, MaskedNumber
from escalations.tests.factories import EscalationFactory
from people.models import Agent, Notice
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing
from people.tests.factories import AgentFactory


@pytest.fixture
def abes_agent(abe) -> Agent:
    return Agent.objects.get(user=abe.user)


@pytest.fixture
def line(sam, abes_agent) -> Escalation:
    return EscalationFactory(agent=abes_agent, logged_by=sam.user, feedback="owed")


def give(line, by, text="Offer the plan first.", **more):
    more = {"key": uuid.uuid4(), "version": line.version} | more
    return feedback.give(line, text=text, by=by, **more)


def fresh(line) -> Escalation:
    return Escalation.objects.select_related("agent", "logged_by", "program").get(pk=line.pk)


def test_an_sme_gives_feedback_and_the_agent_is_told(line, sam, abe):
    note = give(line, sam)
    assert (note.text, note.round, note.given_by, note.in_person) == (
        *("Offer the plan first.", 1, sam.user),
        False,
    )
    assert (fresh(line).feedback, fresh(line).version) == ("given", 2)
    notice = Notice.objects.get(user=abe.user)
    assert notice.kind == "feedback_given"
    assert notice.link == "/p/skyline/my-feedback/"


def test_the_same_key_gives_once_and_with_other_words_never(line, sam):
    key = uuid.uuid4()
    first, again = give(line, sam, key=key), give(line, sam, key=key)
    assert first.pk == again.pk
    assert FeedbackNote.objects.count() == Notice.objects.count() == 1
    with pytest.raises(KeyReused):
        give(line, sam, "Something else.", key=key)


def test_what_was_given_is_not_given_again(line, sam, sol):
    give(line, sam)
    with pytest.raises(ActionRefused, match="given already"):
        give(fresh(line), sol)


def test_giving_says_which_version_of_the_line_was_read(line, sam, cora):
    with pytest.raises(VersionMissing):
        give(line, sam, version=None)
    actions.edit(line, {"concern": "another concern"}, version=1, by=cora)
    with pytest.raises(StaleVersion):
        give(line, sam, version=1)
    assert not FeedbackNote.objects.exists()


def test_nothing_to_say_is_refused_unless_it_was_said_in_person(line, sam):
    with pytest.raises(ActionRefused, match="Write what"):
        give(line, sam, "  ")
    note = feedback.give_in_person(line, key=uuid.uuid4(), version=1, by=sam)
    assert (note.in_person, note.text, fresh(line).feedback) == (True, "", "given")
    assert not Notice.objects.exists()


def test_a_line_that_asked_for_none_asks_and_gets_it(sam, abes_agent):
    line = EscalationFactory(agent=abes_agent, logged_by=sam.user)
    give(line, sam)
    assert [step.did for step in story_of(fresh(line))] == [
        *("gave the agent feedback", "asked for feedback to the agent", "logged it"),
    ]


def test_a_card_number_is_masked_in_every_text(line, sam, abe):
    note = give(line, sam, "He read 4111 1111 1111 1111 out.")
    assert "4111 1111" not in note.text
    assert note.text.endswith("1111 out.")
    note = acknowledge(note, abe, "I will not repeat 5555555555554444 again.")
    assert "5555555555" not in note.words
    assert set(MaskedNumber.objects.values_list("field", flat=True)) == {"feedback_text", "words"}


def acknowledge(note, by, words="I offer the plan before I hand over.", **more):
    more = {"helped": True, "version": note.version} | more
    return feedback.acknowledge(note, words=words, by=by, **more)


def test_the_agent_acknowledges_in_the_own_words(line, sam, abe):
    note = acknowledge(give(line, sam), abe)
    assert (note.acknowledged_by, note.helped, note.helped_said) == (abe.user, True, "It helped")
    assert fresh(line).feedback == "acknowledged"
    assert Notice.objects.get(user=sam.user).kind == "feedback_acknowledged"
    again = acknowledge(note, abe, version=1)
    assert again.version == note.version
    with pytest.raises(ActionRefused, match="already"):
        acknowledge(note, abe, "Other words.")
    with pytest.raises(StaleVersion):
        acknowledge(note, abe, "Other words.", version=1)


@pytest.mark.parametrize("who", ["sam", "mona", "cora", "another"])
def test_nobody_else_acknowledges_for_the_agent(who, line, sam, skyline, request):
    from conftest import member

    note = give(line, sam)
    by = member("ann", skyline, "agent") if who == "another" else request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        acknowledge(note, by)
    assert fresh(line).feedback == "given"


def test_an_agent_says_something_and_says_from_which_version(line, sam, abe):
    note = give(line, sam)
    with pytest.raises(ActionRefused, match="own words"):
        acknowledge(note, abe, "   ")
    with pytest.raises(VersionMissing):
        acknowledge(note, abe, version=None)


def test_what_is_taken_back_is_owed_again_and_given_in_a_new_round(line, sam, abe):
    note = give(line, sam)
    back = feedback.take_back(note, version=1, by=sam)
    assert back.feedback == "owed"
    assert not FeedbackNote.objects.told_to(abe).exists()
    with pytest.raises(PermissionDenied):
        acknowledge(note, abe)
    second = give(back, sam, "Better so.")
    assert second.round == 2
    assert list(FeedbackNote.objects.told_to(abe)) == [second]


def test_only_who_gave_it_or_a_captain_takes_it_back(line, sam, sol, cora):
    note = give(line, sam)
    with pytest.raises(PermissionDenied):
        feedback.take_back(note, version=1, by=sol)
    with pytest.raises(VersionMissing):
        feedback.take_back(note, version=None, by=cora)
    feedback.take_back(note, version=1, by=cora)
    with pytest.raises(ActionRefused, match="already"):
        feedback.take_back(note, version=2, by=cora)


def test_what_was_acknowledged_stays(line, sam, abe):
    note = acknowledge(give(line, sam), abe)
    with pytest.raises(ActionRefused, match="it stays"):
        feedback.take_back(note, version=note.version, by=sam)


def test_feedback_is_waived_by_who_logged_the_line_or_a_captain(line, sam, sol, cora):
    with pytest.raises(PermissionDenied):
        feedback.waive(line, version=1, by=sol)
    assert feedback.waive(line, version=1, by=sam, reason="left us").feedback == "none"
    assert story_of(fresh(line))[0].reason == "left us"
    with pytest.raises(ActionRefused, match="No feedback is owed"):
        feedback.waive(line, version=2, by=cora)


def test_an_agent_gives_no_feedback(line, abe):
    with pytest.raises(PermissionDenied):
        give(line, abe)
    with pytest.raises(PermissionDenied):
        feedback.waive(line, version=1, by=abe)


def test_another_programs_line_is_not_there(line, olga):
    with pytest.raises(Escalation.DoesNotExist):
        give(line, olga)


def test_feedback_given_is_not_taken_back_with_the_lines_last_change(line, sam):
    give(line, sam)
    with pytest.raises(ActionRefused, match="where it was given"):
        actions.undo(fresh(line), version=2, by=sam)


def test_a_line_voided_owes_nothing_and_shows_nothing(line, sam, abe, cora):
    give(line, sam)
    actions.void(fresh(line), reason="logged twice", version=2, by=cora)
    assert not FeedbackNote.objects.told_to(abe).exists()
    with pytest.raises(ActionRefused, match="void"):
        give(fresh(line), sam)


def test_the_story_tells_each_step(line, sam, abe):
    acknowledge(give(line, sam), abe)
    steps = story_of(fresh(line))
    assert [(step.who, step.did) for step in steps[:2]] == [
        ("Abe", "acknowledged the feedback"),
        ("Sam", "gave the agent feedback"),
    ]
    assert steps[1].reason == "Offer the plan first."
    assert steps[0].reason == "I offer the plan before I hand over."


def test_an_agent_without_a_login_gets_no_notice(sam):
    line = EscalationFactory(
        agent=AgentFactory(program=sam.program), logged_by=sam.user, feedback="owed"
    )
    give(line, sam)
    assert not Notice.objects.exists()
