"""An import writes what the preview said, once, and its undo takes out exactly that."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from escalations import actions as log_actions
from escalations.actions import import_steps, imports
from escalations.models import Escalation, Import, ImportRow
from escalations.reading import read_file, read_pasted
from people.models import Agent, Membership
from people.refusals import ActionRefused, StaleVersion, VersionMissing
from people.tests.factories import AgentFactory, MembershipFactory

SHEET = (Path(__file__).parent / "data" / "log-sheet.csv").read_bytes()
FRIDAY = date(2026, 11, 20)
HEADINGS = "Time\tAgent\tConcern\tResolution\n"


def stage(by, data=SHEET, *, shift=FRIDAY, sha256="f" * 64, name="log-sheet.csv"):
    table = read_file(name, data) if isinstance(data, bytes) else read_pasted(HEADINGS + data)
    return imports.stage(table, name=name, sha256=sha256, shift=shift, by=by)


def confirm(batch, by):
    return imports.confirm(batch, version=batch.version, by=by)


def decide(batch, by, *, rows=None, kinds=None):
    return imports.decide(batch, rows=rows or {}, kinds=kinds or {}, version=batch.version, by=by)


def outcomes(batch):
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


def test_nothing_is_written_before_the_confirmation(marta):
    batch = stage(marta)
    assert batch.state == Import.State.STAGED
    assert batch.counts["add"] == batch.rows.count() == 8
    assert not Escalation.objects.exists()
    assert not Agent.objects.exists()


def test_the_confirmed_night_is_in_the_log(marta):
    batch = confirm(stage(marta), marta)
    assert (batch.state, batch.counts["added"], batch.source) == ("done", 8, None)
    lines = Escalation.objects.order_by("occurred_at").select_related("agent")
    days = [marta.program.shift_day_of(line.occurred_at) for line in lines]
    assert days == [FRIDAY] * 8
    calendar = [line.occurred_at.astimezone(marta.program.zone).day for line in lines]
    assert calendar == [20] * 3 + [21] * 5
    assert (lines[0].status, lines[0].resolution) == ("unresolved", "irresolvable")
    assert str(lines[3].agent) == "Tanya / 567891"
    assert {line.imported_by for line in lines} == {batch}
    assert {line.logged_by for line in lines} == {marta.user}
    assert [line.requires_feedback for line in lines].count(True) == 2


def test_the_same_file_twice_adds_nothing(marta):
    first = confirm(stage(marta), marta)
    second = stage(marta)
    assert set(outcomes(second)) == {"duplicate"}
    assert imports.same_file_before(second, marta.program) == first
    with pytest.raises(ActionRefused, match="nothing to add"):
        confirm(second, marta)
    assert Escalation.objects.count() == 8


def test_lines_logged_by_hand_are_known_too(marta):
    agent = AgentFactory(program=marta.program, employee_id="123456", name="Tina")
    row = stage(marta).rows.get(number=2)
    line = log_actions.NewLine(
        occurred_at=import_steps.Line.from_json(row.reading).occurred_at,
        concern=row.reading["concern"],
        resolution=row.reading["resolution"],
        agent=agent,
    )
    log_actions.log_many([line], by=marta)
    assert outcomes(stage(marta))[0] == "duplicate"


def test_two_imports_of_one_night_confirmed_at_once_add_it_once(marta):
    one, two = stage(marta), stage(marta)
    confirm(one, marta)
    two = confirm(two, marta)
    assert Escalation.objects.count() == 8
    assert set(outcomes(two)) == {"duplicate"}
    assert two.counts["added"] == 0


def test_an_import_is_confirmed_once(marta):
    batch = stage(marta)
    confirm(batch, marta)
    confirm(batch, marta)  # a second click
    assert Escalation.objects.count() == 8
    other = MembershipFactory(program=marta.program, roles=["manager"])
    with pytest.raises(ActionRefused, match="not possible any more"):
        confirm(batch, other)


def test_a_preview_that_changed_since_is_not_confirmed(marta):
    batch = stage(marta)
    seen = batch.version
    decide(batch, marta, kinds={"am_pm": False})
    with pytest.raises(StaleVersion):
        imports.confirm(batch, version=seen, by=marta)
    with pytest.raises(VersionMissing):
        imports.confirm(batch, version=None, by=marta)


def test_declined_for_one_row_a_proposal_does_not_count_there(marta):
    batch = decide(stage(marta), marta, rows={2: {"outcome": False}})
    assert batch.rows.get(number=2).reading["status"] == "resolved"
    batch = decide(batch, marta, rows={2: {"outcome": True}})
    assert batch.rows.get(number=2).reading["status"] == "unresolved"


def test_declined_as_a_kind_it_counts_nowhere_and_accepted_again_everywhere(marta):
    batch = decide(stage(marta), marta, rows={2: {"new_agent": False}})
    assert outcomes(batch)[0] == "skipped"
    batch = decide(batch, marta, kinds={"new_agent": False})
    assert set(outcomes(batch)) == {"skipped"}
    batch = decide(batch, marta, kinds={"new_agent": True})
    assert set(outcomes(batch)) == {"add"}
    assert batch.counts["agents"] == 8


def test_what_is_decided_as_it_stands_changes_nothing(marta):
    batch = stage(marta)
    same = decide(batch, marta, rows={2: {"outcome": True, "nonsense": False}, 99: {"am_pm": True}})
    assert same.version == batch.version


def test_a_proposal_that_does_not_exist_is_refused(marta):
    with pytest.raises(ActionRefused, match="no such proposal"):
        decide(stage(marta), marta, kinds={"nonsense": True})


def test_a_duplicate_may_be_added_all_the_same(marta):
    confirm(stage(marta), marta)
    again = decide(stage(marta), marta, rows={2: {"duplicate": False}})
    again = confirm(again, marta)
    assert Escalation.objects.count() == 9
    assert again.counts["added"] == 1


def test_undo_takes_out_exactly_its_own_lines_and_agents(marta):
    eric = AgentFactory(program=marta.program, employee_id="456789", name="Eric")
    by_hand = log_actions.NewLine(occurred_at=timezone.now(), concern="mine", agent=eric)
    log_actions.log_many([by_hand], by=marta)
    batch = confirm(stage(marta), marta)
    tina = Agent.objects.get(employee_id="123456")
    log_actions.log_many(
        [log_actions.NewLine(occurred_at=timezone.now(), concern="later", agent=tina)], by=marta
    )
    batch = imports.undo(batch, by=marta)
    assert (batch.state, batch.counts["removed"], batch.counts["kept"]) == ("undone", 8, 0)
    assert set(Escalation.objects.values_list("concern", flat=True)) == {"mine", "later"}
    assert set(Agent.objects.values_list("name", flat=True)) == {"Eric", "Tina"}
    assert imports.undo(batch, by=marta).version == batch.version  # a second click
    other = MembershipFactory(program=marta.program, roles=["manager"])
    with pytest.raises(ActionRefused, match="can be undone"):
        imports.undo(batch, by=other)


def test_undo_keeps_what_somebody_changed_since_and_says_which(marta):
    batch = confirm(stage(marta), marta)
    line = Escalation.objects.get(agent__name="Joan")
    log_actions.edit(line, {"concern": "Authorization"}, version=1, by=marta)
    batch = imports.undo(batch, by=marta)
    assert (batch.counts["removed"], batch.counts["kept"]) == (7, 1)
    assert batch.rows.get(outcome="kept").line == line
    assert list(Agent.objects.values_list("name", flat=True)) == ["Joan"]


def test_after_the_undo_the_file_can_come_again(marta):
    imports.undo(confirm(stage(marta), marta), by=marta)
    assert confirm(stage(marta), marta).counts["added"] == 8


def test_columns_can_be_said_anew_and_are_remembered(marta):
    text = "What\tWho\tWhen\nfee\tTina / 123456\t9:15 PM\n"
    batch = imports.stage(read_pasted(text), name="p", sha256="", shift=FRIDAY, by=marta)
    assert batch.counts.get("add", 0) == 0
    with pytest.raises(ActionRefused, match="First say which column"):
        confirm(batch, marta)
    mapping = ["concern", "agent", "time"]
    batch = imports.remap(batch, mapping, shift=FRIDAY, version=batch.version, by=marta)
    assert confirm(batch, marta).counts["added"] == 1
    turned = "when\tWHAT\tWho\n9:30 PM\tbill\tTina / 123456\n"
    again = imports.stage(read_pasted(turned), name="p", sha256="", shift=FRIDAY, by=marta)
    assert again.mapping == ["time", "concern", "agent"]
    assert again.counts["add"] == 1


def test_another_first_shift_day_moves_the_lines(marta):
    batch = stage(marta)
    before = FRIDAY - timedelta(days=1)
    batch = imports.remap(batch, batch.mapping, shift=before, version=batch.version, by=marta)
    assert batch.counts["days"] == ["2026-11-19"]


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (["time", "time", "", "", "", ""], "hold the same"),
        (["time"], "not this sheet"),
        (["password", "", "", "", "", ""], "not this sheet"),
    ],
)
def test_columns_that_make_no_sense_are_refused(marta, mapping, sentence):
    batch = stage(marta)
    with pytest.raises(ActionRefused, match=sentence):
        imports.remap(batch, mapping, shift=FRIDAY, version=batch.version, by=marta)


def test_a_discarded_sheet_leaves_nothing_behind(marta):
    batch = imports.discard(stage(marta), by=marta)
    assert (batch.state, batch.rows.count(), batch.source) == ("discarded", 0, None)
    assert imports.discard(batch, by=marta).version == batch.version  # a second click
    with pytest.raises(ActionRefused, match="can be discarded"):
        imports.discard(confirm(stage(marta), marta), by=marta)


def test_lines_of_the_future_are_pointed_out(marta):
    batch = stage(marta, "9:15 PM\tTina / 1\tfee\tcredit\n", shift=date(2090, 1, 1))
    assert "lies in the future" in batch.counts["notes"][0]
    batch = stage(marta, shift=date(2090, 1, 1))
    assert "8 lines lie in the future" in batch.counts["notes"][0]


def test_void_lines_keep_their_reason(marta):
    text = "Time\tAgent\tConcern\tStatus\tVoid reason\n9 PM\tTina / 1\tfee\tVoid\ttyped twice\n"
    batch = imports.stage(read_pasted(text), name="p", sha256="", shift=FRIDAY, by=marta)
    confirm(batch, marta)
    assert Escalation.objects.get().void_reason == "typed twice"


def test_an_import_says_what_it_is(marta):
    batch = stage(marta)
    assert str(batch) == f"log-sheet.csv into {marta.program_id}"
    assert str(batch.rows.first()) == f"row 2 of import {batch.pk}"
    assert Import().percent == 0
    assert ImportRow.Outcome("kept").label == "Changed since, kept"
    assert not Import.objects.visible_to(Membership(program=marta.program, roles=["sme"])).exists()
