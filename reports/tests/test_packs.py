"""Packs: the right reports of the right shift days, their numbers those of page and workbook."""

import io
import re
import uuid
from datetime import date, timedelta

import openpyxl
import pytest

from escalations.actions import replying
from escalations.models import ForwardedItem, Forwarding
from escalations.tests.factories import a_line, letter_about
from people.tests.factories import AgentFactory
from reports.counting.counter import one_moment
from reports.kinds import KINDS
from reports.packs.pack import days_of, last_whole
from reports.packs.packs import PACKS
from reports.tables import Figure, read, sheets
from reports.weeks import asked_of

URL = "/p/skyline/reports/pack/"
DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)


@pytest.fixture
def floor(sam, mona, time_machine):
    """A Wednesday; three lines of the week before, two asked of the client, one answered."""
    noon = sam.program.shift_bounds(TODAY)[0] + timedelta(hours=2)
    time_machine.move_to(noon)
    agent = AgentFactory(program=sam.program, name="Zenobia Quill", employee_id="990077")
    start = sam.program.shift_bounds(date(2026, 11, 18))[0]
    lines = [
        a_line(
            sam,
            agent=agent,
            number=n + 1,
            occurred_at=start + n * DAY,
            concern="Zenobia 990077 and SKY-77 want a refund",
            customer_ref="SKY-77",
            status="unresolved",
            feedback="owed",
        )
        for n in range(3)
    ]
    letter, _ = letter_about(lines[:2], mona)
    item = letter.items.order_by("position").first()
    return mona, letter, item


def answered(letter, item, by):
    said = replying.Reply(item.position, "do_this", "Refund it, tell Zenobia")
    return replying.record(letter, [said], name="Ana", key=uuid.uuid4(), by=by)


def test_a_week_is_of_monday_to_sunday_and_a_month_of_all_its_days():
    assert days_of("week", TODAY) == (date(2026, 11, 23), date(2026, 11, 29))
    assert days_of("month", date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert days_of("month", date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert last_whole("week", TODAY) == (date(2026, 11, 16), date(2026, 11, 22))
    assert last_whole("month", date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("asked", "status", "leads"),
    [
        ("", 200, ""),
        ("pack=week", 302, "week/?from=2026-11-16"),
        ("pack=week&from=2026-11-04", 302, "week/?from=2026-11-02"),
        ("pack=month&from=2026-11-04", 302, "month/?from=2026-11-01"),
        ("pack=client&from=2026-11-04", 302, "client/?from=2026-11-04&to=2026-11-25"),
        ("pack=week&from=2027-01-01", 422, ""),
        ("pack=week&from=soon", 422, ""),
        ("pack=client&from=2026-11-04&to=2026-11-03", 422, ""),
        ("pack=no-such", 404, ""),
    ],
)
def test_a_pack_is_chosen_by_any_of_its_days(floor, browse, asked, status, leads):
    response = browse(floor[0]).get(f"{URL}?{asked}")
    assert response.status_code == status
    assert not leads or response.url == URL + leads


@pytest.mark.parametrize("which", PACKS)
def test_a_pack_has_the_numbers_of_its_pages_and_its_workbook_too(floor, browse, which):
    mona, *_ = floor
    query = "?from=2026-11-16&to=2026-11-22"
    page = browse(mona).get(f"{URL}{which}/{query}")
    file = browse(mona).get(f"{URL}{which}/export.xlsx{query}")
    assert page.status_code == file.status_code == 200
    text = page.content.decode()
    cover = re.search(r'<header class="pack-cover">.*?</header>', text, re.DOTALL)[0]
    for said in ("Skyline Cable", "Made at", "Mona", "Zone"):
        assert said in cover
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    workbook = openpyxl.load_workbook(io.BytesIO(file.content))
    figures = [row[1:4] for row in workbook["Figures"].iter_rows(values_only=True)]
    first, last = (date(2026, 11, 1), date(2026, 11, 25)) if which == "month" else (
        date(2026, 11, 16), date(2026, 11, 22)
    )  # fmt: skip
    with one_moment():
        reports = PACKS[which].of(asked_of(mona, first, last))
    sections = [section for report in reports for section in report.sections]
    for fact in (fact for section in sections for fact in section.facts):
        assert fact.said in text
        assert (fact.name, fact.said) in [(row[0], row[2]) for row in figures]
        if isinstance(shown := read(fact.said), Figure):
            assert any(row[0] == fact.name and row[1] == shown.value for row in figures)
    assert len(workbook.sheetnames) == 1 + len(list(sheets(sections)))


def test_the_week_pack_has_its_kinds_and_the_month_pack_all(floor, browse):
    mona, *_ = floor
    titles = {}
    for which in ("week", "month"):
        text = browse(mona).get(f"{URL}{which}/").content.decode()
        titles[which] = re.findall(r'<h2 class="pack-title"[^>]*>([^<]+)</h2>', text)
    assert titles["week"][:2] == ["The week", "Overview"]
    assert set(titles["month"]) >= {kind.title for kind in KINDS} | {"Did it work?"}
    assert "The tables behind the charts" in titles["month"]
    assert "The tables behind the charts" not in titles["week"]


def test_the_client_pack_names_nobody_of_the_floor_and_no_customer(floor, browse):
    mona, letter, item = floor
    ForwardedItem.objects.update(question="May Sam and Zenobia Quill refund SKY-77?")
    answered(letter, item, mona)
    query = "?from=2026-11-16&to=2026-11-25"
    text = browse(mona).get(f"{URL}client/{query}").content.decode()
    main = text[text.index("<main") :]
    for name in ("Zenobia", "Quill", "990077", "SKY-77", "owed", "Sam "):
        assert name not in main, name
    assert "May [name] and [name] refund [customer]?" in main
    assert "Refund it, tell [name]" in main
    file = browse(mona).get(f"{URL}client/export.xlsx{query}")
    workbook = openpyxl.load_workbook(io.BytesIO(file.content))
    words = [
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert not any(name in word for word in words for name in ("Zenobia", "SKY-77", "990077"))


def test_open_questions_have_their_age_against_the_promise(floor, browse, time_machine):
    mona, letter, _ = floor
    text = browse(mona).get(f"{URL}client/").content.decode()
    assert re.search(r"Open questions</dt><dd><a[^>]+>2</a>", text)
    assert re.search(r"Past the promise</dt><dd>0", text)
    time_machine.shift(timedelta(days=40))
    text = browse(mona).get(f"{URL}client/").content.decode()
    assert re.search(r"Past the promise</dt><dd><a[^>]+>2</a>", text)
    assert Forwarding.objects.get(pk=letter.pk).days_waiting is not None
    assert "<td>40</td>" in text


def test_who_may_not_forward_gets_no_client_pack(floor, sam, cora, olga, browse):
    for who in (sam, cora):
        assert browse(who).get(f"{URL}week/").status_code == 200
        assert "Client pack" not in browse(who).get(URL).content.decode()
        for url in (f"{URL}client/", f"{URL}client/export.xlsx", f"{URL}?pack=client"):
            assert browse(who).get(url).status_code == 403
    assert browse(olga).get(f"{URL}week/").status_code == 404


def test_a_bare_floor_has_packs_too(mona, browse):
    for which in PACKS:
        assert browse(mona).get(f"{URL}{which}/").status_code == 200
        assert browse(mona).get(f"{URL}{which}/export.xlsx").status_code == 200
