"""Searching at any size: newest lines first, then the index, then words spelt alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from escalations import search
from escalations.actions.words import learn
from escalations.models import Escalation, LogWord, Vocabulary
from escalations.tests.factories import EscalationFactory
from people.tests.factories import AgentFactory


@pytest.fixture
def log(sam):
    """Forty lines about a late fee, one of them about a rare order, and one old parcel."""
    agent = AgentFactory(program=sam.program, name="Bo Lim")
    now = timezone.now().replace(second=0, microsecond=0)
    for minutes in range(40):
        concern = "order 90012345 late" if minutes == 33 else f"waive the late fee {minutes}"
        when = now - timedelta(days=2, minutes=minutes)
        EscalationFactory(agent=agent, logged_by=sam.user, concern=concern, occurred_at=when)
    old = now - timedelta(days=400)
    EscalationFactory(agent=agent, logged_by=sam.user, concern="lost parcel", occurred_at=old)
    return sam


@pytest.fixture(params=["a short walk", "a long walk"])
def walk(request, monkeypatch):
    """The same answers, whether the newest lines fill the page or the index is asked."""
    monkeypatch.setattr(search, "WALK", 5 if request.param == "a short walk" else 5000)
    monkeypatch.setattr("escalations.search.PAGE", 10)
    monkeypatch.setattr("escalations.paging.PAGE", 10)
    monkeypatch.setattr("escalations.sheet.PAGE", 10)


def found(browse, who, query):
    page = browse(who).get(f"/p/skyline/log/?{query}")
    assert page.status_code == 200
    return page.context["sheet"]


def concerns(sheet):
    return [row.concern for row in sheet.rows]


def test_a_common_word_fills_the_page_with_the_newest(log, walk, browse):
    sheet = found(browse, log, "shift=all&q=late")
    assert concerns(sheet) == [f"waive the late fee {n}" for n in range(10)]
    assert sheet.page.older
    assert not sheet.page.newer


def test_every_page_of_a_search_is_reached_and_left_again(log, walk, browse):
    sheet, seen = found(browse, log, "shift=all&q=late"), []
    while True:
        seen += concerns(sheet)
        if not sheet.page.older:
            break
        last, sheet = sheet, found(browse, log, f"shift=all&q=late&cursor={sheet.page.older}")
    assert len(seen) == len(set(seen)) == 40
    back = found(browse, log, f"shift=all&q=late&cursor={sheet.page.newer}")
    assert concerns(back) == concerns(last)


def test_a_rare_number_is_found_and_counted(log, walk, browse):
    sheet = found(browse, log, "shift=all&q=90012345")
    assert concerns(sheet) == ["order 90012345 late"]
    assert sheet.count_said == "1 line"


@pytest.mark.parametrize("q", ["parcel", "lost+parcel", "pa", "lo"])
def test_an_old_line_is_found_by_whole_words_and_beginnings(log, walk, browse, q):
    assert concerns(found(browse, log, f"shift=all&q={q}")) == ["lost parcel"]


@pytest.mark.parametrize(
    ("q", "found_in"),
    [
        ("bo+lim", ["bo lim asked, fee", "lim hung up", "late fee"]),
        ("lim", ["bo lim asked, fee", "lim hung up", "late fee"]),
        ("bo+lim+fee", ["bo lim asked, fee", "late fee"]),
        ("bo+fee", ["bo lim asked, fee", "late fee"]),
        ("bo+hung", ["lim hung up"]),
    ],
)
def test_a_name_finds_the_agents_lines_and_those_that_name_him(sam, walk, browse, q, found_in):
    bo, other_bo, kim = (
        AgentFactory(program=sam.program, name=name) for name in ("Bo Lim", "Bo Kim", "Kim Tan")
    )
    now = timezone.now().replace(second=0, microsecond=0) - timedelta(days=2)
    said = (
        (bo, "late fee"),
        (other_bo, "lim hung up"),
        (kim, "bo lim asked, fee"),
        (kim, "bolt, dim"),
    )
    for minutes, (agent, concern) in enumerate(said):
        when = now + timedelta(minutes=minutes)
        EscalationFactory(agent=agent, logged_by=sam.user, concern=concern, occurred_at=when)
    sheet = found(browse, sam, f"shift=all&q={q}")
    assert concerns(sheet) == found_in
    assert sheet.count_said == f"{len(found_in)} line{'s' * (len(found_in) > 1)}"


def test_two_letters_begin_a_word(log, walk, browse):
    assert concerns(found(browse, log, "shift=all&q=rc")) == []


@pytest.mark.parametrize("is_learnt", [True, False])
@pytest.mark.parametrize(
    ("q", "meant"), [("pracel", "parcel"), ("parsel", "parcel"), ("qarcel", "parcel")]
)
def test_a_slip_is_taken_for_the_word_it_is_like(log, walk, browse, q, meant, is_learnt):
    if is_learnt:
        learn()
    page = browse(log).get(f"/p/skyline/log/?shift=all&q={q}")
    sheet = page.context["sheet"]
    assert concerns(sheet) == ["lost parcel"]
    assert sheet.found.alike == [meant]
    assert f"these have “{meant}”" in page.content.decode()


def test_a_number_beside_a_slip_is_still_that_number(log, walk, browse):
    assert concerns(found(browse, log, "shift=all&q=90012345+oredr")) == ["order 90012345 late"]
    assert concerns(found(browse, log, "shift=all&q=90012346+oredr")) == []


def test_a_word_that_is_nowhere_finds_nothing(log, walk, browse):
    learn()
    sheet = found(browse, log, "shift=all&q=zzqxv")
    assert concerns(sheet) == []
    assert not sheet.found.is_near


def test_words_of_another_program_are_not_suggested(log, walk, browse, olga):
    learn()
    assert browse(olga).get("/p/harbor/log/?shift=all&q=pracel").context["sheet"].rows == []


def test_words_are_learnt_once_and_numbers_not_at_all(log):
    assert learn() == 41
    assert set(LogWord.objects.values_list("word", flat=True)) >= {"parcel", "waive", "order"}
    assert not LogWord.objects.filter(word__regex=r"^\d+$").exists()
    words = LogWord.objects.count()
    EscalationFactory(
        agent=AgentFactory(program=log.program),
        logged_by=log.user,
        concern="Überraschung, (gift-card)!",
    )
    learn()
    fresh = set(LogWord.objects.values_list("word", flat=True).order_by("-pk")[:3])
    assert LogWord.objects.count() == words + 3
    assert fresh == {"uberraschung", "gift", "card"}
    assert Vocabulary.objects.get().read_to == Escalation.objects.latest("pk").pk
    assert learn() == 0


def test_an_export_holds_what_the_search_shows(log, browse):
    for q, lines in (("late", 40), ("pracel", 1), ("zzqxv", 0)):
        answer = browse(log).get(f"/p/skyline/log/export.csv?shift=all&q={q}")
        assert b"".join(answer.streaming_content).count(b"\n") == 1 + lines


def test_more_lines_than_are_counted_are_said_so(log, browse, monkeypatch):
    monkeypatch.setattr("escalations.filters.CAP", 30)
    monkeypatch.setattr("escalations.sheet.CAP", 30)
    assert found(browse, log, "shift=all&status=resolved").count_said == "30+ lines"
    assert found(browse, log, "shift=all&q=parcel").count_said == "1 line"
