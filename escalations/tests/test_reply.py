"""The client's page: one letter, no sign-in, every answer once, and a dead link is a dead link."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from escalations.actions import forwarding, replying
from escalations.models import ClientAnswer, Escalation, Forwarding, ReplyLink
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory, letter_about
from people.models import Notice
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(sam):
    agent = AgentFactory(program=sam.program)
    return [
        EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved", concern=concern)
        for concern in ("waive the fee", "change of owner")
    ]


@pytest.fixture
def sent(mona, lines):
    return letter_about(lines, mona)


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


def post(token, *, browser=None, name="Carla", key=None, **said):
    data = {"name": name, "key": str(key or uuid.uuid4())}
    data |= {field.replace("_", "-", 1): value for field, value in said.items()}
    return (browser or Browser()).post(f"/reply/{token}/", data)


def test_the_client_answers_one_question_now_and_the_other_later(sent, lines, sam, mona):
    letter, token = sent
    page = Browser().get(f"/reply/{token}/")
    assert page.status_code == 200
    assert "What about waive the fee?" in page.content.decode()
    assert post(token, verdict_1="do_this", text_1="Waive it once.").status_code == 302
    lines[0].refresh_from_db()
    letter.refresh_from_db()
    assert (lines[0].status, letter.state) == ("answered", "sent")
    assert post(token, verdict_2="not_possible").status_code == 302
    lines[1].refresh_from_db()
    letter.refresh_from_db()
    assert (lines[1].status, letter.state) == ("answered", "answered")
    told = Notice.objects.values_list("user__username", "kind")
    assert sorted(told) == [("mona", "letter_answered")] * 2 + [("sam", "line_answered")] * 2


def test_need_more_gives_the_line_back_to_the_manager(sent, lines):
    _, token = sent
    post(token, verdict_1="need_more", text_1="Which month?")
    lines[0].refresh_from_db()
    assert lines[0].status == "unresolved"
    post(token, verdict_1="do_this", text_1="Ah, June: waive it.")
    lines[0].refresh_from_db()
    assert lines[0].status == "answered"
    assert ClientAnswer.objects.filter(item__escalation=lines[0]).count() == 2


def test_the_same_form_sent_twenty_times_at_once_is_one_answer(transactional_db, mona, sam):
    agent = AgentFactory(program=sam.program)
    line = EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved")
    _, token = letter_about([line], mona)
    key = uuid.uuid4()

    def send(_):
        return post(token, key=key, verdict_1="do_this", text_1="Waive it.").status_code

    assert set(at_once(20, send)) == {302}
    assert ClientAnswer.objects.count() == 1


def test_every_dead_link_looks_the_same(sent, mona, lines):
    letter, token = sent
    assert Browser().get(f"/reply/{token}/").status_code == 200
    flipped = [
        token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token))
    ]
    cut = [token[:i] for i in range(len(token))]
    pages = {Browser().get(f"/reply/{dead}/").content for dead in [*flipped, *cut, "", "../x"]}
    assert len(pages) == 1
    forwarding.recall(letter, reason="wrong line", version=letter.version, by=mona)
    pages.add(Browser().get(f"/reply/{token}/").content)
    other, new = letter_about(lines[:1], mona)
    ReplyLink.objects.filter(forwarding=other).update(expires_at=timezone.now())
    pages.add(Browser().get(f"/reply/{new}/").content)
    dead = post(new, verdict_1="do_this", text_1="x")
    assert (len(pages), dead.status_code, dead.content in pages) == (1, 404, True)
    assert not ClientAnswer.objects.exists()


def test_a_mail_scanner_that_opens_links_changes_nothing(sent, lines):
    letter, token = sent
    for ask in (Browser().get, Browser().head):
        for _ in range(10):
            answer = ask(f"/reply/{token}/?verdict-1=do_this&text-1=x&name=Bot")
            assert answer.status_code == 200
            assert answer["Referrer-Policy"] == "no-referrer"
            assert "no-store" in answer["Cache-Control"]
    letter.refresh_from_db()
    assert letter.version == Forwarding.objects.get(pk=letter.pk).version
    assert not ClientAnswer.objects.exists()
    assert set(Escalation.objects.values_list("status", flat=True)) == {"forwarded"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Answer at least one question."),
        ({"text_1": "do it"}, "Choose one of the three answers."),
        ({"verdict_1": "do_this"}, "Write what is to be done."),
        ({"verdict_1": "maybe", "text_1": "x"}, "Select a valid choice"),
        ({"verdict_1": "not_possible", "name": " "}, "This field is required."),
    ],
)
def test_a_form_with_something_missing_keeps_what_was_typed(sent, said, words):
    answer = post(sent[1], **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert said.get("text_1", "") in page
    assert not ClientAnswer.objects.exists()


def test_a_letter_shows_names_and_references_only_when_switched_on(mona, lines):
    Escalation.objects.update(customer_ref="ACC-77")
    _, token = letter_about(lines, mona)
    page = Browser().get(f"/reply/{token}/").content.decode()
    agent = lines[0].agent.name
    assert "ACC-77" not in page
    assert agent not in page
    Forwarding.objects.update(with_names=True, with_references=True)
    page = Browser().get(f"/reply/{token}/").content.decode()
    assert "ACC-77" in page
    assert agent in page


def test_card_numbers_and_code_in_an_answer_are_harmless(sent, lines):
    _, token = sent
    post(token, verdict_1="do_this", text_1="<script>x</script> 4111 1111 1111 1111")
    page = Browser().get(f"/reply/{token}/").content.decode()
    assert "<script>x" not in page
    assert "4111 1111 1111" not in page
    assert "&lt;script&gt;x" in page


def test_an_answer_to_a_line_in_a_newer_letter_is_kept_and_moves_nothing(sent, lines, mona):
    _, token = sent
    post(token, verdict_1="need_more", text_1="Which month?")
    lines[0].refresh_from_db()
    letter_about(lines[:1], mona)
    post(token, verdict_1="do_this", text_1="Never mind: waive it.")
    lines[0].refresh_from_db()
    assert lines[0].status == "forwarded"
    assert ClientAnswer.objects.filter(item__escalation=lines[0]).count() == 2


def test_an_sme_closes_an_answered_line_with_what_the_customer_was_told(sent, lines, sol):
    _, token = sent
    post(token, verdict_1="do_this", text_1="Waive it.")
    lines[0].refresh_from_db()
    version = lines[0].version
    line = replying.close(lines[0], told_customer="Fee waived", version=version, by=sol)
    assert (line.status, line.resolution) == ("resolved", "Fee waived")


def test_a_link_lives_until_well_after_the_promise(sent):
    letter, _ = sent
    link = letter.links.get()
    assert link.expires_at - letter.due_at == timedelta(days=60)
    assert len(link.token_hash) == 64
