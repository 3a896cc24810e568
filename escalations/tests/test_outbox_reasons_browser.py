"""Reasons and answers are kept like lines: half typed, without a network, and sent twice."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from escalations.actions.editing import void
from escalations.actions.feedback import waive
from escalations.actions.replying import close
from escalations.models import Escalation
from escalations.tests.factories import a_line
from escalations.tests.typing_browser import LOG, NO_NET, READY, kept, wait_for
from people.refusals import StaleVersion

FREE_TEXT = re.compile(r'<textarea|name="(?:reason|result|text)"')


@pytest.mark.django_db(transaction=True)
def test_why_a_line_is_void_is_kept_half_typed_offline_and_when_the_line_changed(
    cora, browse_as, allowed_noise
):
    allowed_noise.append(NO_NET)
    line = a_line(cora, number=1)
    shift = cora.program.shift_day_of(line.occurred_at).isoformat()
    page = browse_as(cora, f"{LOG}?shift={shift}")
    page.wait_for_selector(READY)
    page.locator("#line-1 > tr[data-row]").click()
    page.keyboard.press("v")
    page.locator("#void-1").fill("logged tw")
    wait_for(lambda: len(kept(page, "drafts")) == 1)
    page.reload()
    expect(page.locator("#void-1")).to_have_value("logged tw")
    Escalation.objects.update(version=2, resolution="theirs")
    page.locator("#void-1").press("Enter")
    expect(page.locator("#line-1")).to_contain_text("Somebody changed this line")
    expect(page.locator("#void-1")).to_have_value("logged tw")
    page.context.set_offline(True)
    page.locator("#void-1").fill("logged twice")
    page.locator("#void-1").press("Enter")
    expect(page.locator("#outbox")).to_have_text("1 waiting")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_for(lambda: Escalation.objects.get().status == "void", seconds=60)
    assert Escalation.objects.get().void_reason == "logged twice"
    wait_for(lambda: kept(page) == kept(page, "drafts") == [], seconds=60)


def test_a_void_sent_twice_is_one_and_another_reason_is_another(cora):
    line = a_line(cora, number=1)
    first = void(line, reason="logged  twice", version=1, by=cora)
    assert void(line, reason="logged twice", version=1, by=cora).version == first.version == 2
    with pytest.raises(StaleVersion):
        void(line, reason="not ours", version=1, by=cora)


def test_a_closing_sent_twice_is_one_and_other_words_are_others(sam):
    line = a_line(sam, status="answered")
    first = close(line, told_customer="Fee waived", version=1, by=sam)
    assert close(line, told_customer=" Fee waived", version=1, by=sam).version == first.version == 2
    with pytest.raises(StaleVersion):
        close(line, told_customer="Something else", version=1, by=sam)


def test_owing_none_sent_twice_is_one(sam):
    line = a_line(sam, feedback="owed")
    first = waive(line, version=1, by=sam, reason="told him")
    assert waive(line, version=1, by=sam, reason="told him").version == first.version == 2


@pytest.mark.parametrize("path", ["feedback/1/", "follow-ups/1/", "log/1/", "log/1/void/"])
def test_every_free_text_about_a_line_is_kept_by_the_browser(cora, browse, path):
    facts = {"feedback": "owed", "callback_at": timezone.now(), "status": "answered"}
    line = a_line(cora, number=1, **facts)
    assert line.version == 1
    answer = browse(cora).get(f"/p/skyline/{path}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    page = answer.text
    forms = [form for form in page.split("<form")[1:] if FREE_TEXT.search(form)]
    assert forms
    assert all('data-outbox="' in form.split(">")[0] for form in forms), path
