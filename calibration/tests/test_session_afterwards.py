"""A session after its reveal: called off, ruled at length, drafted again; and who reads what."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from calibration.actions import practices, preparing, rulings, sessions
from calibration.models import Ruling
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed, ruled
from people.admin import ProgramForm

HOME = "/p/skyline/calibration/sessions/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def late_fee(cora):
    return topic(
        cora, "Late fee", *[f"the fee is wrong, {n}. {'And why. ' * 40}" for n in range(10)]
    )


@pytest.fixture
def shown(cora, sam, sol, late_fee):
    """Revealed: ten cases, every one ruled as Cora chose."""
    session = make_session(late_fee, lines_of(late_fee), [cora.user, sam.user, sol.user])
    give(session, cora.user, *["explain"] * 10)
    give(session, sam.user, *["transfer"] * 10, how="Zebrafish handle it.")
    ruled(revealed(session), cora.user, *["explain"] * 10)
    return session


def test_what_was_revealed_stays_readable_when_the_session_is_called_off(shown, cora, sam, browse):
    sessions.cancel(shown, reason="The client stepped in.", version=1, by=cora)
    for who in (cora, sam):
        text = browse(who).get(f"{HOME}1/").content.decode()
        assert "The client stepped in." in text
        assert "Zebrafish handle it." in text
        assert "Ruling: Explain" in text
        for step in ("conclude", "practice", "attendance", "cancel", "again"):
            assert f"/1/{step}/" not in text
    minutes = browse(sam).get(f"{HOME}1/minutes/").content.decode()
    assert "called off" in minutes
    assert "Ruling: Explain." in minutes


def test_the_longest_rulings_of_ten_cases_fit_a_card(shown, cora):
    Ruling.objects.update(how="Word by word. " * 250)
    made = rulings.draft_practice(shown, key=uuid.uuid4(), by=cora)
    assert len(made.when.splitlines()) == len(made.do.splitlines()) == 10
    assert all(line.endswith("…") for line in made.do.splitlines())
    assert "the fee is wrong, 9." in made.when


def test_three_cases_say_more_of_each(cora, sam, late_fee):
    session = make_session(late_fee, lines_of(late_fee)[:3], [cora.user, sam.user])
    give(session, cora.user, "explain", "explain", "explain")
    ruled(revealed(session), cora.user, *["explain"] * 3)
    made = rulings.draft_practice(session, key=uuid.uuid4(), by=cora)
    assert min(len(line) for line in made.when.splitlines()) > 200


def test_after_a_discarded_draft_another_can_be_drafted(shown, cora, browse):
    button = "Draft the best practice"
    assert button in browse(cora).get(f"{HOME}1/").content.decode()
    made = rulings.draft_practice(shown, key=uuid.uuid4(), by=cora)
    assert button not in browse(cora).get(f"{HOME}1/").content.decode()
    practices.retire(made, version=1, by=cora)
    assert button in browse(cora).get(f"{HOME}1/").content.decode()
    again = rulings.draft_practice(shown, key=uuid.uuid4(), by=cora)
    assert again.number != made.number


def test_only_the_captain_reads_who_chose_otherwise_than_ruled(shown, cora, sam, sol, mona, browse):
    assert "chosen otherwise by" in browse(cora).get(f"{HOME}1/").content.decode()
    for who in (sam, sol, mona):
        assert "chosen otherwise by" not in browse(who).get(f"{HOME}1/").content.decode()


def test_agreement_is_said_to_be_the_mean_over_cases(shown, sam, browse):
    text = " ".join(browse(sam).get(f"{HOME}1/").content.decode().split())
    assert "On average per case, <b>0 %</b> of pairs of answers chose the same" in text


def test_a_disposition_listed_twice_counts_once(cora, sam, late_fee, browse):
    said = {"dispositions": "explain\ntransfer\n explain \n\n"}
    form = ProgramForm(said, instance=cora.program)
    form.is_valid()
    assert form.cleaned_data["dispositions"] == ["explain", "transfer"]
    cora.program.dispositions = ["explain", "transfer", "explain"]
    cora.program.save()
    at = timezone.now() + timedelta(days=1)
    lines = lines_of(late_fee)[:3]
    made = preparing.prepare(late_fee, lines, [sam], deadline=at, key=uuid.uuid4(), by=cora)
    opened = sessions.open_session(made, version=1, by=cora)
    assert opened.dispositions == ["explain", "transfer"]
    give(opened, sam.user, "explain")
    sessions.reveal(opened, version=2, by=cora)
    assert browse(sam).get(f"{HOME}1/").status_code == 200


def test_no_address_of_a_topic_is_an_error(cora, late_fee, browse):
    for words in ("topic=a%00", "topic=%00", "topic=late-fee%00&q=a%00b&cursor=%00"):
        assert browse(cora).get(f"{HOME}new/?{words}").status_code == 200


def test_a_topics_lines_are_found_by_their_words(cora, late_fee, browse):
    text = browse(cora).get(f"{HOME}new/?topic=late-fee&q=wrong+7.").content.decode()
    assert text.count('name="line"') == 1
