"""A sheet's topics: known ones are taken, new ones proposed, made at the confirmation, undone."""

import csv
import io
from datetime import date

import pytest

from escalations.actions import imports, topics
from escalations.models import Escalation, Topic
from escalations.reading import read_file, read_pasted
from people.models import CaptainAppointment, Membership
from people.tests.factories import AgentFactory

HEADINGS = "Time\tAgent\tConcern\tResolution\tTopic\n"
NIGHT = (
    HEADINGS
    + "9:15 PM\tTina / 123456\tunlock the phone\tdone\tunlocking  PHONES\n"
    + "9:20 PM\tTina / 123456\twaive the fee\tdone\tLate fees\n"
    + "9:25 PM\tTina / 123456\twaive it\tdone\tlate FEES\n"
    + "9:30 PM\tTina / 123456\tno signal\tdone\t\n"
)


@pytest.fixture
def phones(cora) -> Topic:
    topic = topics.create("Unlocking phones", by=cora).topic
    topic.refresh_from_db()
    return topic


def stage(by, text=NIGHT):
    AgentFactory(program=by.program, name="Tina", employee_id="123456")
    table = read_pasted(text)
    return imports.stage(table, name="Pasted", sha256="", shift=date(2026, 11, 20), by=by)


def confirm(batch, by):
    return imports.confirm(batch, version=batch.version, by=by)


def said() -> dict[str, str | None]:
    return dict(Escalation.objects.values_list("concern", "topic__name"))


def kinds(batch) -> list[str]:
    return [repair["kind"] for row in batch.rows.order_by("number") for repair in row.repairs]


def test_known_topics_are_taken_and_new_ones_proposed_then_made(cora, phones):
    batch = stage(cora)
    assert kinds(batch) == ["new_topic", "new_topic"]
    assert batch.counts["topics"] == 1
    assert Topic.objects.count() == 1
    confirm(batch, cora)
    assert said() == {
        "unlock the phone": "Unlocking phones",
        "waive the fee": "Late fees",
        "waive it": "Late fees",
        "no signal": None,
    }


def test_a_topic_is_known_by_its_address_too(cora, phones):
    text = f"{HEADINGS}9:15 PM\tTina / 123456\tunlock\tdone\t{phones.slug}\n"
    batch = confirm(stage(cora, text), cora)
    assert kinds(batch) == []
    assert said() == {"unlock": "Unlocking phones"}


def test_a_declined_topic_leaves_the_line_without_one(cora, phones):
    batch = stage(cora)
    batch = imports.decide(
        batch, rows={}, kinds={"new_topic": False}, version=batch.version, by=cora
    )
    assert batch.counts["topics"] == 0
    confirm(batch, cora)
    assert said()["waive it"] is None
    assert Topic.objects.live().get() == phones


def test_a_manager_brings_lines_but_makes_no_topics(cora, mona, phones):
    theirs = Membership.objects.get(user=mona.user, program=cora.program)
    batch = stage(theirs)
    assert kinds(batch) == ["no_topic", "no_topic"]
    assert "only the captain" in batch.rows.get(number=3).repairs[0]["reason"]
    confirm(batch, theirs)
    assert said()["unlock the phone"] == "Unlocking phones"
    assert said()["waive the fee"] is None


def test_undoing_takes_away_the_topics_it_made_and_no_others(cora, phones):
    batch = imports.undo(confirm(stage(cora), cora), by=cora)
    assert batch.state == "undone"
    assert Topic.objects.live().get() == phones


def test_undoing_leaves_a_topic_that_has_other_lines_by_now(cora, phones):
    batch = confirm(stage(cora), cora)
    fees = Topic.objects.get(name="Late fees")
    text = f"{HEADINGS}9:50 PM\tTina / 123456\tanother\tdone\tLate fees\n"
    other = read_pasted(text)
    later = imports.stage(other, name="More", sha256="", shift=date(2026, 11, 21), by=cora)
    confirm(later, cora)
    imports.undo(batch, by=cora)
    assert {*Topic.objects.live()} == {phones, fees}


def test_a_step_done_twice_makes_a_topic_once(cora, phones):
    """Also when the captain's appointment has ended in between: then the line has no topic."""
    batch = stage(cora)
    CaptainAppointment.objects.all().delete()
    manager = Membership.objects.get(user__username="mona", program=cora.program)
    confirm(batch, manager)
    assert said()["waive the fee"] is None
    assert said()["unlock the phone"] == "Unlocking phones"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_names_the_topic_and_comes_back_with_it(cora, phones, browse, kind):
    confirm(stage(cora), cora)
    answer = browse(cora).get(f"/p/{cora.program.slug}/log/export.{kind}?shift=all").getvalue()
    if kind == "csv":
        rows = [*csv.reader(io.StringIO(answer.decode()))]
        assert rows[0][-1] == "Topic"
        assert [row[-1] for row in rows[1:]] == ["Unlocking phones", "Late fees", "Late fees", ""]
    before = said()
    batch = imports.stage(
        read_file(f"log.{kind}", answer), name="log", sha256="", shift=date(2026, 1, 1), by=cora
    )
    assert batch.counts["duplicate"] == 4
    batch = imports.decide(
        batch, rows={}, kinds={"duplicate": False}, version=batch.version, by=cora
    )
    confirm(batch, cora)
    assert said() == before
    assert Escalation.objects.count() == 8
    assert Escalation.objects.filter(topic=phones).count() == 2
