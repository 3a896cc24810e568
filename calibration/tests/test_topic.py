"""A topic's page: its lines, how they ended; split, merge, rename, and where old addresses lead."""

import uuid

import pytest

from calibration.tests.factories import log, topic
from escalations.models import Escalation, Topic, TopicStep

pytestmark = pytest.mark.django_db

TOPICS = "/p/skyline/calibration/topics/"
HTMX = {"HX-Request": "true"}


def said(**more):
    return {"key": uuid.uuid4(), **more}


def names(lines):
    pks = [line.pk for line in lines]
    found = Escalation.objects.filter(pk__in=pks).order_by("number")
    return [str(line.topic) for line in found.select_related("topic")]


@pytest.fixture
def captain(cora, browse):
    return browse(cora)


def test_it_shows_its_lines_and_how_differently_they_were_resolved(cora, sam, browse):
    topic(cora, "Late fee", "fee one", "fee two", resolution="credited $5")
    for resolution in ("credited $12", "advised valid late fee"):
        lines = log(cora, "fee three", resolution=resolution)
        Escalation.objects.filter(pk=lines[0].pk).update(topic=Topic.objects.get())
    Escalation.objects.filter(concern="fee two").update(status="unresolved")
    page = browse(sam).get(f"{TOPICS}late-fee/").content.decode()
    assert page.count('class="concern"') == 4
    assert "2 ways; 67 % were resolved the commonest way." in page
    assert "credited $" in page
    assert "?status=unresolved" in page
    assert "1 open" in page
    assert 'name="line"' not in page
    open_ones = browse(sam).get(f"{TOPICS}late-fee/?status=unresolved").content.decode()
    assert open_ones.count('class="concern"') == 1
    none = browse(sam).get(f"{TOPICS}late-fee/?status=void").content.decode()
    assert "No line of this topic fits this." in none


def test_some_lines_are_split_off_moved_and_taken_out(cora, captain):
    fees = topic(cora, "Late fee", "a", "b", "c", "d")
    topic(cora, "Bills", "z")
    lines = list(fees.escalations.order_by("number"))
    page = f"{TOPICS}late-fee/"
    numbers = [line.number for line in lines]
    captain.post(page, said(do="new", into="Store payments", line=numbers[:2]))
    captain.post(page, said(do="move", into="bills", line=numbers[2]))
    answer = captain.post(page, said(do="out", line=numbers[3]), headers=HTMX)
    assert "Took 1 line out of their topic." in answer.content.decode()
    assert names(lines) == ["Store payments", "Store payments", "Bills", "None"]
    kinds = TopicStep.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[2:] == ["split", "group", "group"]
    told = captain.get(page).content.decode()
    assert "split “Store payments” off “Late fee”, 2 lines" in told
    assert "No line is under this topic." in told


def test_a_line_that_is_elsewhere_by_now_is_not_moved_from_here(cora, captain):
    topic(cora, "Late fee", "a")
    bills = topic(cora, "Bills", "z")
    line = bills.escalations.get()
    answer = captain.post(f"{TOPICS}late-fee/", said(do="out", line=line.number), headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#bulk-problem")
    assert names([line]) == ["Bills"]


def test_merged_its_address_leads_to_where_it_is_now(cora, captain):
    fees, late = topic(cora, "Late fee", "a"), topic(cora, "Late charge", "b", "c")
    answer = captain.post(f"{TOPICS}late-charge/merge/", said(into="late fee"))
    step = TopicStep.objects.first()
    assert answer["Location"] == f"{TOPICS}late-fee/?step={step.pk}"
    assert fees.escalations.count() == 3
    assert captain.get(f"{TOPICS}late-charge/")["Location"] == f"{TOPICS}late-fee/"
    page = captain.get(answer["Location"]).content.decode()
    assert "Merged “Late charge” into “Late fee”, 2 lines." in page
    captain.post(f"{TOPICS}-/steps/{step.pk}/undo/", {"back": f"{TOPICS}late-fee/"})
    assert captain.get(f"{TOPICS}late-charge/").status_code == 200
    assert late.escalations.count() == 2


def test_it_is_renamed_and_keeps_its_address(cora, captain):
    topic(cora, "Late fee", "a")
    answer = captain.post(f"{TOPICS}late-fee/rename/", said(name="  Late   fees "), headers=HTMX)
    assert answer["HX-Redirect"].startswith(f"{TOPICS}late-fee/?step=")
    page = captain.get(answer["HX-Redirect"]).content.decode()
    assert "<h1>Late fees</h1>" in page
    assert "Renamed “Late fee” to “Late fees”." in page


@pytest.mark.parametrize(
    ("verb", "sent", "status", "words"),
    [
        ("rename", {"name": ""}, 422, "Write a name first."),
        ("rename", {"name": "x" * 81}, 422, "at most 80"),
        ("rename", {"name": "bills"}, 409, "already"),
        ("rename", {"name": "x", "key": ""}, 422, "too old"),
        ("merge", {"into": ""}, 422, "Say which topic."),
        ("merge", {"into": "no such"}, 422, "There is no topic “no such”."),
        ("merge", {"into": "Late fee"}, 409, "not merged into itself"),
    ],
)
def test_what_cannot_be_done_is_said_where_one_is_looking(cora, captain, verb, sent, status, words):
    topic(cora, "Late fee", "a")
    topic(cora, "Bills", "b")
    url = f"{TOPICS}late-fee/{verb}/"
    answer = captain.post(url, {**said(), **sent}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (status, f"#{verb}-problem")
    assert words in answer.content.decode()
    whole = captain.post(url, {**said(), **sent})
    assert whole.status_code == status
    assert words in whole.content.decode()


def test_a_card_number_in_a_name_is_masked(cora, captain):
    line = log(cora, "a")[0]
    sent = said(do="new", into="Card 4111 1111 1111 1111", line=line.number)
    captain.post(TOPICS, sent)
    made = Topic.objects.get()
    assert "4111" not in made.name
    assert made.name.endswith("1111")


def test_another_programs_topic_is_not_here(cora, mona, olga, browse):
    topic(cora, "Late fee", "a")
    harbor = "/p/harbor/calibration/topics/"
    nowhere = browse(mona).get(f"{harbor}no-such/")
    theirs = browse(mona).get(f"{harbor}late-fee/")
    assert (theirs.status_code, theirs.content) == (404, nowhere.content)
    assert browse(olga).get(f"{TOPICS}late-fee/").status_code == 404
    topic(cora, "Bills", "b")
    merged = browse(cora).post(f"{harbor}late-fee/merge/", said(into="Bills"))
    assert merged.status_code == 404


def test_a_step_of_somebody_else_in_the_address_is_not_told(cora, sam, browse):
    topic(cora, "Late fee", "a")
    step = TopicStep.objects.get()
    for asked in (step.pk, "x", 10**14, 10**20):
        page = browse(sam).get(f"{TOPICS}late-fee/?step={asked}").content.decode()
        assert "Made the topic" not in page
