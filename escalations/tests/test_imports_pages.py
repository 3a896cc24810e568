"""The pages of an import under way: long ones, stopped ones, and whom they are for."""

from datetime import timedelta

from django.utils import timezone

from escalations.actions import imports as actions
from escalations.models import Escalation, Import
from escalations.tests.test_imports import HTMX, PAGE, confirm, page, paste, send


def test_long_sheets_are_shown_page_by_page(desk):
    rows = "".join(f"9:{n % 60:02} PM\tTina / 123456\tfee {n}\tcredit\n" for n in range(150))
    batch = paste(desk, "Time\tAgent\tConcern\tResolution\n" + rows)
    first = page(desk, batch)
    assert "fee 99" in first
    assert "fee 100" not in first
    assert "?show=all&amp;after=101" in first
    second = page(desk, batch, "?show=all&after=101")
    assert "fee 149" in second
    assert "First rows" in second
    assert "fee 0" in page(desk, batch, "?show=nonsense&after=x")
    assert "With proposals" in page(desk, batch, "?show=proposals")


def test_the_preview_costs_the_same_for_few_and_many_rows(desk, django_assert_max_num_queries):
    rows = "".join(f"9:{n % 60:02} PM\tTina / 123456\tfee {n}\tcredit\n" for n in range(100))
    batch = paste(desk, "Time\tAgent\tConcern\tResolution\n" + rows)
    with django_assert_max_num_queries(12):
        page(desk, batch)
    confirm(desk, batch)
    with django_assert_max_num_queries(12):
        page(desk, batch)
    with django_assert_max_num_queries(12):
        desk.get(PAGE)


def test_a_long_step_shows_its_progress(desk, monkeypatch):
    monkeypatch.setattr(actions, "BIG", 5)
    batch = send(desk)
    shown = page(desk, batch)
    assert "<progress" in shown
    assert "Being read: 0 of 9 rows" in shown
    fragment = desk.get(f"{PAGE}{batch.pk}/?progress=1", headers=HTMX).content.decode()
    assert fragment.lstrip().startswith('<div id="progress"')
    long_ago = timezone.now() - timedelta(minutes=5)
    Import.objects.filter(pk=batch.pk).update(heartbeat_at=long_ago)
    assert "It has not moved" in page(desk, batch)
    monkeypatch.setattr(actions, "BIG", 100)
    assert desk.post(f"{PAGE}{batch.pk}/resume/").status_code == 302
    over = desk.get(f"{PAGE}{batch.pk}/?progress=1", headers=HTMX)
    assert over["HX-Redirect"] == f"{PAGE}{batch.pk}/"
    assert desk.post(f"{PAGE}{batch.pk}/resume/").status_code == 409


def test_a_sheet_is_thrown_away(desk):
    batch = send(desk)
    answer = desk.post(f"{PAGE}{batch.pk}/discard/", follow=True)
    assert "was thrown away" in answer.content.decode()
    assert "Nothing of it was added" in page(desk, batch)


def test_an_undo_that_keeps_lines_names_them(desk, mona):
    batch = send(desk)
    confirm(desk, batch)
    line = Escalation.objects.get(agent__name="Joan")
    Escalation.objects.filter(pk=line.pk).update(version=2)
    undone = desk.post(f"{PAGE}{batch.pk}/undo/", follow=True).content.decode()
    assert "7 lines taken out again" in undone
    assert "stays in the log" in undone
    assert f"Line {line.number}" in page(desk, batch, "?show=kept")


def test_a_stopped_import_says_why(desk):
    batch = send(desk)
    Import.objects.filter(pk=batch.pk).update(state="failed", problem="The log refused it.")
    shown = page(desk, batch)
    assert "The log refused it." in shown
    assert "Throw away" in shown
    Import.objects.filter(pk=batch.pk).update(confirmed_at=timezone.now(), confirmed_by=batch.by)
    assert "Undo what was added" in page(desk, batch)


def test_an_sme_may_not_import_and_a_captain_may(sam, cora, browse):
    assert browse(sam).get("/p/skyline/log/import/").status_code == 403
    assert browse(cora).get("/p/skyline/log/import/").status_code == 200


def test_another_program_s_import_answers_like_an_unknown_one(desk, cora, browse):
    batch = send(desk)
    captain = browse(cora)
    theirs = captain.get(f"/p/skyline/log/import/{batch.pk}/")
    unknown = captain.get("/p/skyline/log/import/999999/")
    assert theirs.status_code == unknown.status_code == 404
    assert theirs.content == unknown.content
