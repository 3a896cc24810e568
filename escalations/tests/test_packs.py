"""What the client has open: the pack for paper, the workbook, the list, days waiting."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from escalations.actions import forwarding, replying
from escalations.actions.replying import Reply
from escalations.models import Forwarding
from escalations.packs import waits_of
from escalations.tests.factories import EscalationFactory, contact_of, letter_about
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db

BASE = "/p/skyline/forwarding/"


@pytest.fixture
def letters(sam, mona):
    """One letter of two lines, half answered, twelve days ago; one to somebody else, today."""
    agent = AgentFactory(program=sam.program, name="Tina")
    concerns = ("=HYPERLINK(1)", "change of owner", "waive the fee")
    lines = [
        EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved", concern=concern)
        for concern in concerns
    ]
    first, _ = letter_about(lines[:2], mona)
    Forwarding.objects.filter(pk=first.pk).update(sent_at=timezone.now() - timedelta(days=12))
    said = [Reply(1, "do_this", "Waive it once.")]
    replying.record(first, said, name="Carla", key="6f2d2c1e-1111-4222-8333-944444444444", by=mona)
    other = contact_of(mona, "care@client.example")
    second = letter_about(lines[2:], mona, send=False)
    second = forwarding.change(second, {"contact": other}, _texts(second), version=2, by=mona)
    second = forwarding.send(second, version=second.version, by=mona)
    return first, second


def _texts(letter):
    return {i.pk: {"question": i.question, "concern": i.concern} for i in letter.items.all()}


def cells(answer):
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_pack_has_what_was_asked_answered_and_the_days_waiting(letters, mona, browse):
    page = browse(mona).get(f"{BASE}pack/").text
    assert "2 letters without a full answer" in page
    for words in ("What about change of owner?", "Waive it once.", "12 days", "0 days"):
        assert words in page
    assert page.count("☐ Do this") == 2  # to be filled in by hand where nothing is answered
    assert "Tina" not in page  # names are left out unless switched on


def test_a_pack_of_one_client_and_one_of_one_letter(letters, mona, browse):
    first, second = letters
    page = browse(mona).get(f"{BASE}pack/?contact={second.contact_id}").text
    assert "waive the fee" in page
    assert "change of owner" not in page
    page = browse(mona).get(f"{BASE}{first.number}/pack/").text
    assert "change of owner" in page
    assert "waive the fee" not in page
    assert f"{BASE}{first.number}/letter.xlsx" in page


def test_the_workbook_is_text_only_one_row_a_question(letters, mona, browse):
    first, _ = letters
    rows = cells(browse(mona).get(f"{BASE}{first.number}/letter.xlsx"))
    assert [row["Concern"] for row in rows] == ["=HYPERLINK(1)", "change of owner"]
    assert (rows[0]["Answer"], rows[0]["In the client’s words"]) == ("Do this", "Waive it once.")
    assert (rows[1]["Answer"], rows[1]["Days waiting"]) == ("no answer yet", "12")
    answer = browse(mona).get(f"{BASE}pack.xlsx")
    assert 'filename="skyline-letters.xlsx"' in answer["Content-Disposition"]
    assert len(cells(answer)) == 3


def test_a_corrected_answer_stands_beside_the_earlier_one(letters, mona, browse):
    first, _ = letters
    said = [Reply(1, "not_possible", "After all not.")]
    replying.record(first, said, name="Carla", key="6f2d2c1e-1111-4222-8333-955555555555", by=mona)
    row = cells(browse(mona).get(f"{BASE}{first.number}/letter.xlsx"))[0]
    assert row["In the client’s words"] == "After all not."
    assert row["Earlier answers"] == "Do this: Waive it once."
    assert "corrected since" in browse(mona).get(f"{BASE}pack/").text


def test_days_waiting_are_a_number_that_leads_to_its_letters(letters, mona, browse):
    first, second = letters
    found = [(one.letters, one.questions, one.days, one.is_overdue) for one in waits_of(mona)]
    assert found == [(1, 1, 12, False), (1, 1, 0, False)]
    page = browse(mona).get(BASE).text
    link = f"{BASE}letters/?contact={first.contact_id}&amp;state=sent"
    assert link in page
    listed = browse(mona).get(link.replace("&amp;", "&")).text
    assert first.subject in listed
    assert second.subject not in listed
    assert "1 of 2" in listed


def test_letters_are_listed_in_every_state_page_by_page(letters, mona, browse, monkeypatch):
    first, second = letters
    forwarding.recall(second, reason="wrong desk", version=second.version, by=mona)
    monkeypatch.setattr("escalations.views.pack.PAGE", 1)
    newest = browse(mona).get(f"{BASE}letters/").text
    assert "Recalled" in newest
    assert f"before={second.number}" in newest
    assert first.subject in browse(mona).get(f"{BASE}letters/?before={second.number}").text
    assert "No letter here" in browse(mona).get(f"{BASE}letters/?state=answered").text


@pytest.mark.parametrize("asked", ["contact=x", "contact=999999", "contact=²"])
def test_somebody_who_is_not_there_is_not_found(letters, mona, browse, asked):
    for page in ("letters/", "pack/", "pack.xlsx"):
        assert browse(mona).get(f"{BASE}{page}?{asked}").status_code == 404


def test_nonsense_in_the_other_filters_is_no_filter(letters, mona, browse):
    assert browse(mona).get(f"{BASE}letters/?state=%00&before=zz").status_code == 200
    assert browse(mona).get(f"{BASE}999999/pack/").status_code == 404


def test_a_contact_of_another_program_is_not_found(letters, mona, browse):
    first, _ = letters
    assert (
        browse(mona).get(f"/p/harbor/forwarding/pack/?contact={first.contact_id}").status_code
        == 404
    )


def test_nothing_open_says_so(mona, browse):
    assert "No letter waits for an answer" in browse(mona).get(f"{BASE}pack/").text
