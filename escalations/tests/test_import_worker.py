"""Sheets too long for a page's patience go through the background worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from escalations import tasks
from escalations.actions import import_steps, imports
from escalations.models import Escalation, Import
from escalations.reading import rows
from escalations.tests.test_import_steps import confirm, stage
from people.models import Agent, Membership
from people.refusals import ActionRefused


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(imports, "BIG", 5)
    monkeypatch.setattr(import_steps, "PIECE", 3)


def test_they_are_read_written_and_undone_by_the_worker(marta):
    batch = stage(marta)
    assert (batch.state, batch.total, batch.rows.count()) == ("reading", 9, 0)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.rows.count()) == ("staged", 8, 8)
    batch = confirm(batch, marta)
    assert (batch.state, batch.percent, Escalation.objects.count()) == ("writing", 0, 0)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.percent) == ("done", 8, 100)
    imports.undo(batch, by=marta)
    tasks.work_on_import.call(batch.pk)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Escalation.objects.count()) == ("undone", 0)


def test_a_worker_that_died_half_way_is_taken_over(marta, monkeypatch):
    batch = stage(marta)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    batch = confirm(batch, marta)
    import_steps._write_piece(batch, marta, 0)
    assert Escalation.objects.count() == 3
    with pytest.raises(ActionRefused, match="still being worked on"):
        imports.resume(batch, by=marta)
    long_ago = timezone.now() - timedelta(minutes=5)
    Import.objects.filter(pk=batch.pk).update(heartbeat_at=long_ago)
    monkeypatch.setattr(imports, "BIG", 100)
    batch = imports.resume(batch, by=marta)
    assert (batch.state, Escalation.objects.count()) == ("done", 8)


def test_a_sheet_that_is_being_read_can_be_thrown_away(marta, monkeypatch):
    batch = stage(marta)
    late = Import.objects.get(pk=batch.pk)
    assert imports.discard(batch, by=marta).state == "discarded"
    monkeypatch.setattr(rows, "TICK", 1)
    assert import_steps.work(late).rows.count() == 0
    late.refresh_from_db()
    assert (late.state, late.rows.count()) == ("discarded", 0)


def test_cancelled_while_it_is_added_an_import_leaves_nothing(marta):
    batch = stage(marta)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    batch = confirm(batch, marta)
    late = Import.objects.get(pk=batch.pk)
    import_steps._write_piece(late, marta, 0)
    assert Escalation.objects.count() == 3
    batch = imports.undo(batch, by=marta)
    import_steps.work(late)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["removed"], batch.counts["kept"]) == ("undone", 3, 0)
    assert not Escalation.objects.exists()
    assert not Agent.objects.exists()


def test_who_looks_at_the_progress_can_cancel(marta, browse):
    batch = stage(marta)
    page = f"/p/{marta.program.slug}/log/import/{batch.pk}/"
    assert "Cancel" in browse(marta).get(page).content.decode()
    browse(marta).post(f"{page}discard/")
    batch.refresh_from_db()
    assert batch.state == "discarded"


def test_two_workers_on_one_import_do_not_get_in_each_other_s_way(marta):
    batch = stage(marta)
    late = Import.objects.get(pk=batch.pk)
    tasks.work_on_import.call(batch.pk)
    import_steps.work(late)
    batch.refresh_from_db()
    batch = confirm(batch, marta)
    late = Import.objects.get(pk=batch.pk)
    tasks.work_on_import.call(batch.pk)
    import_steps.work(late)
    batch.refresh_from_db()
    assert (batch.state, Escalation.objects.count()) == ("done", 8)
    imports.undo(batch, by=marta)
    late = Import.objects.get(pk=batch.pk)
    tasks.work_on_import.call(batch.pk)
    import_steps.work(late)
    batch.refresh_from_db()
    assert batch.state == "undone"


def test_who_may_not_import_any_more_writes_nothing(marta):
    batch = stage(marta)
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    batch = confirm(batch, marta)
    Membership.objects.filter(pk=marta.pk).update(roles=["sme"])
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Escalation.objects.count()) == ("failed", 0)
    assert "may not import any more" in batch.problem
    Membership.objects.filter(pk=marta.pk).update(roles=["manager"])
    again = Membership.objects.get(pk=marta.pk)
    assert imports.undo(batch, by=again).state == "undone"
