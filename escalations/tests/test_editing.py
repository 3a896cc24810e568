"""Changing a line: whose it is, whose version, what is kept, and taking it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations import actions
from escalations.models import Escalation
from escalations.rights import may_edit
from escalations.tests.factories import a_line
from people.agentwords import match_agent
from people.models import Agent
from people.refusals import ActionRefused, StaleVersion, VersionMissing
from people.tests.factories import AgentFactory


def shifts_ago(by, days: int):
    """A moment of the shift `days` before the current one."""
    return by.program.shift_bounds(by.program.current_shift() - timedelta(days=days))[0]


def story(line) -> list[tuple]:
    """What the history tells, oldest first: what was done, by whom, why."""
    told = [event.pgh_context.metadata for event in line.past.order_by("pgh_id")]
    return [(one["action"], one["by"], one["reason"]) for one in told]


def test_an_sme_edits_an_own_line_of_tonight(sam):
    line = a_line(sam)
    edited = actions.edit(line, {"concern": "late fee"}, version=1, by=sam, reason="typo")
    assert (edited.concern, edited.version) == ("late fee", 2)
    old = line.past.get()
    assert old.concern == "waive all the charges on the bill"
    assert story(line) == [("edited", sam.user_id, "typo")]
    assert timezone.now() - old.pgh_created_at < timedelta(minutes=1)


@pytest.mark.parametrize(("ago", "may"), [(0, True), (1, True), (2, False)])
def test_an_sme_edits_own_lines_of_this_and_the_last_shift(ago, may, sam):
    line = a_line(sam, occurred_at=shifts_ago(sam, ago))
    assert may_edit(line, by=sam) is may
    if may:
        assert actions.edit(line, {"concern": "x"}, version=1, by=sam).concern == "x"
        return
    with pytest.raises(PermissionDenied, match="earlier shifts"):
        actions.edit(line, {"concern": "x"}, version=1, by=sam)


def test_the_last_minute_before_the_last_shift_is_too_old_for_an_sme(sam):
    line = a_line(sam, occurred_at=shifts_ago(sam, 1) - timedelta(minutes=1))
    assert not may_edit(line, by=sam)


def test_an_sme_does_not_edit_the_line_of_another(sam, sol):
    line = a_line(sam)
    with pytest.raises(PermissionDenied, match="another SME"):
        actions.edit(line, {"concern": "x"}, version=1, by=sol)
    assert not line.past.exists()


@pytest.mark.parametrize("who", ["cora", "mona"])
def test_captain_and_manager_edit_any_line(who, sam, request):
    by = request.getfixturevalue(who)
    line = a_line(sam, occurred_at=shifts_ago(sam, 40))
    assert actions.edit(line, {"concern": "x"}, version=1, by=by).concern == "x"


def test_nobody_edits_a_line_of_another_program(sam, olga):
    with pytest.raises(Escalation.DoesNotExist):
        actions.edit(a_line(sam), {"concern": "x"}, version=1, by=olga)


def test_an_agent_edits_nothing(sam, abe):
    with pytest.raises(Escalation.DoesNotExist):
        actions.edit(a_line(sam), {"concern": "x"}, version=1, by=abe)


def test_an_edit_says_which_version_it_was_made_from(sam):
    with pytest.raises(VersionMissing):
        actions.edit(a_line(sam), {"concern": "x"}, version=None, by=sam)


def test_the_second_of_two_edits_sees_the_first(sam):
    line = a_line(sam)
    actions.edit(line, {"concern": "mine"}, version=1, by=sam)
    with pytest.raises(StaleVersion) as refusal:
        actions.edit(line, {"concern": "also mine"}, version=1, by=sam)
    assert refusal.value.theirs.concern == "mine"
    assert refusal.value.theirs.version == 2
    line.refresh_from_db()
    assert line.concern == "mine"


def test_an_edit_that_changes_nothing_writes_nothing(sam):
    line = a_line(sam)
    assert actions.edit(line, {"concern": line.concern}, version=1, by=sam).version == 1
    assert not line.past.exists()


def test_only_the_listed_facts_are_edited(sam):
    for name in ("number", "logged_by", "received_at", "version", "program", "void_reason"):
        with pytest.raises(ValueError, match=name):
            actions.edit(a_line(sam), {name: 1}, version=1, by=sam)


def test_a_line_is_not_moved_into_the_future(sam):
    later = timezone.now() + timedelta(hours=1)
    with pytest.raises(ActionRefused, match="not come yet"):
        actions.edit(a_line(sam), {"occurred_at": later}, version=1, by=sam)


def test_a_void_line_is_not_edited(cora):
    line = actions.void(a_line(cora), reason="twice", version=1, by=cora)
    with pytest.raises(ActionRefused, match="void line is not changed"):
        actions.edit(line, {"concern": "x"}, version=2, by=cora)


def test_the_agent_of_a_line_is_typed_and_added_to_the_roster(sam):
    line = a_line(sam)
    typed = match_agent("Tina / 123456", sam.program)
    edited = actions.save_edit(line, {}, agent=typed, version=1, by=sam)
    assert str(edited.agent) == "Tina / 123456"
    assert line.past.get().agent_id == line.agent_id


def test_a_stale_edit_adds_nobody_to_the_roster(sam):
    line = a_line(sam)
    typed = match_agent("Tina / 123456", sam.program)
    with pytest.raises(StaleVersion):
        actions.save_edit(line, {}, agent=typed, version=7, by=sam)
    assert not Agent.objects.filter(employee_id="123456").exists()


def test_an_edit_without_an_agent_keeps_the_agent(sam):
    line = a_line(sam)
    edited = actions.save_edit(line, {"wanted": "credit"}, agent=None, version=1, by=sam)
    assert (edited.agent, edited.wanted) == (line.agent, "credit")


@pytest.mark.parametrize("who", ["cora", "mona"])
def test_captain_and_manager_void_a_line_with_the_reason(who, sam, request):
    by = request.getfixturevalue(who)
    line = actions.void(a_line(sam), reason="  logged \n twice ", version=1, by=by)
    assert (line.status, line.void_reason, line.version) == ("void", "logged twice", 2)
    assert story(line) == [("voided", by.user_id, "logged twice")]


def test_an_sme_voids_nothing(sam):
    with pytest.raises(PermissionDenied):
        actions.void(a_line(sam), reason="twice", version=1, by=sam)


def test_voiding_asks_for_the_reason_and_the_version(sam, cora):
    line = a_line(sam)
    with pytest.raises(ActionRefused, match="Say why"):
        actions.void(line, reason="  ", version=1, by=cora)
    with pytest.raises(VersionMissing):
        actions.void(line, reason="twice", version=None, by=cora)
    with pytest.raises(StaleVersion):
        actions.void(line, reason="twice", version=3, by=cora)


def test_a_line_just_logged_is_taken_back(sam):
    line = actions.undo(a_line(sam), version=1, by=sam)
    assert line.status == "void"
    assert line.void_reason
    assert story(line) == [("undone", sam.user_id, "")]


def test_taking_back_twice_is_as_before(sam):
    line = a_line(sam)
    actions.undo(line, version=1, by=sam)
    again = actions.undo(line, version=2, by=sam)
    assert (again.status, again.void_reason, again.version) == ("resolved", "", 3)


def test_an_edit_is_taken_back_whole(sam):
    line = a_line(sam)
    was, agent = line.concern, line.agent
    changes = {"concern": "x", "status": "unresolved", "feedback": "owed"}
    changes["agent"] = AgentFactory(program=sam.program)
    actions.edit(line, changes, version=1, by=sam)
    back = actions.undo(line, version=2, by=sam)
    back.refresh_from_db()
    assert (back.concern, back.agent, back.status, back.feedback) == (
        was,
        agent,
        "resolved",
        "none",
    )
    assert [action for action, *_ in story(line)] == ["edited", "undone"]


@pytest.mark.parametrize("status", ["resolved", "unresolved"])
def test_a_void_is_taken_back_to_what_the_line_was(status, sam, cora):
    line = a_line(sam, status=status)
    actions.void(line, reason="twice", version=1, by=cora)
    back = actions.undo(line, version=2, by=cora)
    assert (back.status, back.void_reason) == (status, "")


def test_an_sme_does_not_take_back_what_another_did(sam, sol, cora):
    line = a_line(sam)
    with pytest.raises(PermissionDenied):
        actions.undo(line, version=1, by=sol)
    actions.edit(line, {"concern": "x"}, version=1, by=cora)
    with pytest.raises(PermissionDenied):
        actions.undo(line, version=2, by=sam)
    assert actions.undo(line, version=2, by=cora).version == 3


def test_taking_back_needs_the_version_on_screen(sam):
    line = a_line(sam)
    with pytest.raises(VersionMissing):
        actions.undo(line, version=None, by=sam)
    with pytest.raises(StaleVersion):
        actions.undo(line, version=2, by=sam)


def test_what_was_done_long_ago_is_not_taken_back(sam):
    yesterday = timezone.now() - timedelta(hours=25)
    logged = a_line(sam, received_at=yesterday)
    with pytest.raises(ActionRefused, match="too long ago"):
        actions.undo(logged, version=1, by=sam)
    actions.edit(logged, {"concern": "x"}, version=1, by=sam)
    logged.past.update(pgh_created_at=yesterday)
    with pytest.raises(ActionRefused, match="too long ago"):
        actions.undo(logged, version=2, by=sam)


def test_a_void_of_long_ago_is_still_taken_back_by_the_captain(sam, cora):
    line = a_line(sam)
    actions.void(line, reason="twice", version=1, by=cora)
    line.past.update(pgh_created_at=timezone.now() - timedelta(days=30))
    assert actions.undo(line, version=2, by=cora).status == "resolved"


def test_feedback_is_not_given_or_taken_back_by_an_edit(sam):
    line = a_line(sam, feedback="given")
    for to in ("acknowledged", "owed"):
        with pytest.raises(ActionRefused):
            actions.edit(line, {"feedback": to}, version=1, by=sam)
