"""The legal moves of a line and of its feedback: each pair of statuses, through the actions."""

import pytest

from escalations import actions
from escalations.models import Feedback, Status
from escalations.models.status import FEEDBACK_TRANSITIONS, FIRST, TRANSITIONS, TURN
from escalations.tests.factories import a_line
from people.refusals import ActionRefused

ALLOWED = {
    ("unresolved", "answered"),
    ("unresolved", "forwarded"),
    ("unresolved", "resolved"),
    ("unresolved", "void"),
    ("forwarded", "answered"),
    ("forwarded", "unresolved"),
    ("answered", "resolved"),
    ("answered", "unresolved"),
    ("answered", "forwarded"),
    ("resolved", "unresolved"),
    ("resolved", "void"),
    ("void", "unresolved"),
    ("void", "resolved"),
}
FEEDBACK_ALLOWED = {
    ("none", "owed"),
    ("owed", "none"),
    ("owed", "given"),
    ("given", "acknowledged"),
    ("given", "owed"),
}
PAIRS = [(start, end) for start in Status.values for end in Status.values if start != end]
FEEDBACK_PAIRS = [(a, b) for a in Feedback.values for b in Feedback.values if a != b]


def test_every_status_has_its_moves_and_its_turn():
    assert set(TRANSITIONS) == set(TURN) == set(Status.values)
    assert set(FEEDBACK_TRANSITIONS) == set(Feedback.values)
    assert {(a, b) for a, moves in TRANSITIONS.items() for b in moves} == ALLOWED
    assert {(a, b) for a, to in FEEDBACK_TRANSITIONS.items() for b in to} == FEEDBACK_ALLOWED


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_a_line_moves_only_as_the_table_says(start, end, cora):
    line = a_line(cora, status=start)
    assert line.can_become(end) == ((start, end) in ALLOWED)
    assert line.can_become(start)


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_editing_moves_a_line_between_resolved_and_unresolved_only(start, end, cora):
    line = a_line(cora, status=start)
    by_hand = start not in ("void", "forwarded")  # what the client has comes back by the letter
    possible = (start, end) in ALLOWED and end in FIRST and by_hand
    if possible:
        assert actions.edit(line, {"status": end}, version=1, by=cora).status == end
        return
    with pytest.raises(ActionRefused):
        actions.edit(line, {"status": end}, version=1, by=cora)
    line.refresh_from_db()
    assert (line.status, line.version) == (start, 1)


@pytest.mark.parametrize("start", Status.values)
def test_voiding_is_for_lines_that_are_on_the_floor(start, cora):
    line = a_line(cora, status=start)
    if (start, "void") in ALLOWED:
        assert actions.void(line, reason="twice", version=1, by=cora).status == "void"
        return
    with pytest.raises(ActionRefused):
        actions.void(line, reason="twice", version=1, by=cora)
    line.refresh_from_db()
    assert line.status == start


@pytest.mark.parametrize(("start", "end"), FEEDBACK_PAIRS)
def test_editing_asks_for_feedback_or_not_and_the_rest_has_its_own_steps(start, end, cora):
    line = a_line(cora, feedback=start)
    assert line.feedback_can_become(end) == ((start, end) in FEEDBACK_ALLOWED)
    if {start, end} == {"none", "owed"}:
        assert actions.edit(line, {"feedback": end}, version=1, by=cora).feedback == end
        return
    with pytest.raises(ActionRefused):
        actions.edit(line, {"feedback": end}, version=1, by=cora)


@pytest.mark.parametrize("status", sorted(set(Status.values) - FIRST))
def test_a_line_starts_resolved_or_unresolved(status, sam):
    with pytest.raises(ActionRefused):
        actions.log(
            actions.NewLine(occurred_at=a_line(sam).occurred_at, concern="x", status=status),
            agent=None,
            key="6f2d2c1e-1111-4222-8333-944444444444",
            digest="d",
            by=sam,
        )
