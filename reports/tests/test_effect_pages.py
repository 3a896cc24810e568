"""The page of what a best practice changed, its files, and the list of verdicts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from calibration.models import BestPractice
from escalations.filters import SheetFilter
from escalations.models import Topic
from people.models import Membership
from reports.tests.effectfloor import TODAY, ago, answer, handled, logged, steadily, topic_of

pytestmark = pytest.mark.usefixtures("tonight")


@pytest.fixture
def tonight(monkeypatch: pytest.MonkeyPatch, skyline: Any) -> None:
    now = skyline.shift_hours(TODAY)[5]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def fees(cora: Membership) -> Topic:
    return topic_of(cora, "Late fee")


def busy(cora: Membership, fees: Topic, *, volumes: bool = True) -> BestPractice:
    """An answer of a month ago; lines outside of the hours with calls, void and other ones too."""
    boxes = topic_of(cora, "Modem rental")
    logged(cora, fees, steadily(90, 31, 6) | steadily(30, 1, 2))
    logged(cora, fees, steadily(60, 20, 1), hour=7)
    logged(cora, fees, {ago(50): 3, ago(9): 1}, status="void", void_reason="twice")
    logged(cora, boxes, steadily(90, 1, 5))
    logged(cora, None, steadily(90, 1, 1))
    if volumes:
        handled(cora.program, 88, 2)
    return answer(cora, fees, 30)


def html_of(browse: Any, who: Membership, name: str, *args: Any, status: int = 200) -> str:
    response = browse(who).get(reverse(name, args=["skyline", *args]))
    assert response.status_code == status
    return str(response.content.decode())


def rows_behind(href: str, who: Membership) -> int:
    """How many lines the log sheet shows at an address."""
    asked = SheetFilter(QueryDict(unescape(href).partition("?")[2]), who.program)
    assert not asked.errors
    return asked.rows(who).count()


NUMBER = re.compile(r'<td class="number"[^>]*><a href="([^"]*/log/[^"]*)">([\d,]+)</a></td>')
POINT = re.compile(r'<th scope="row">[^<]*</th><td><a href="([^"]*)">([^<]*)</a></td>')


@pytest.mark.parametrize("volumes", [True, False])
def test_every_number_leads_to_as_many_rows(
    cora: Membership, fees: Topic, browse: Any, volumes: bool
) -> None:
    practice = busy(cora, fees, volumes=volumes)
    html = html_of(browse, cora, "practice_effect", practice.number)
    assert "Fewer than before" in html
    assert ("modem-rental" in html) == volumes
    numbers = NUMBER.findall(html)
    assert len(numbers) == 4
    for href, said in numbers:
        assert rows_behind(href, cora) == int(said.replace(",", ""))
    points = POINT.findall(html)
    assert len(points) > 80
    for href, said in (points[0], points[40], points[-3], points[-1]):
        assert rows_behind(href, cora) == int(said)
    assert f"{points[0][1]} of {'800 calls' if volumes else '12'}, " in html


def test_what_cannot_be_judged_says_what_will_be_here(
    cora: Membership, fees: Topic, browse: Any
) -> None:
    none = {"published_at": None, "effective_from": None, "state": "draft"}
    draft = answer(cora, fees, 3, **none)
    html = html_of(browse, cora, "practice_effect", draft.number)
    assert "two weeks later the first verdict" in html
    html_of(browse, cora, "practice_effect_csv", draft.number, status=409)
    fresh = answer(cora, fees, 0)
    html = html_of(browse, cora, "practice_effect", fresh.number)
    assert "Nothing to compare with" in html
    assert "Before it: no shift day with lines" in html
    assert "the first ends on Sat 21 Nov, 6:00 PM" in html


def test_what_is_compared_is_said(cora: Membership, fees: Topic, browse: Any) -> None:
    practice = busy(cora, fees)
    answer(cora, fees, 70, title="Never waive", effective_until=practice.effective_from,
           state="superseded")  # fmt: skip
    logged(cora, None, steadily(2, 1, 40))
    html = html_of(browse, cora, "practice_effect", practice.number)
    assert "Compared with the answer before, in force since Fri 11 Sep:" in html
    assert ">Never waive</a>" in html
    assert "The last 2 shift days are not counted yet" in html
    assert "What each figure is" in html
    assert "Przyborowski and Wilenski" in html


def test_the_files_say_what_the_page_says(cora: Membership, fees: Topic, browse: Any) -> None:
    practice = busy(cora, fees)
    browser = browse(cora)
    address = reverse("practice_effect_csv", args=["skyline", practice.number])
    rows = list(csv.reader(io.StringIO(browser.get(address).content.decode())))
    assert rows[0][2:] == ["Escalations of Late fee", "Calls handled", "Per 1,000 calls"]
    days = {row[0]: row[1:] for row in rows[1:-2]}
    assert days[ago(40).isoformat()] == ["before", "6", "800", "7.5"]
    assert days[ago(33).isoformat()][0] == "left out"
    assert days[ago(1).isoformat()] == ["after", "2", "", "–"]
    assert rows[-1] == ["Together", "after", "58", "23200", "2.5"]
    book = browser.get(address.replace(".csv", ".xlsx")).content
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(rows)


def test_the_list_asks_as_much_for_many_as_for_few(
    cora: Membership, fees: Topic, browse: Any, django_assert_max_num_queries: Any
) -> None:
    practice = busy(cora, fees)
    html = html_of(browse, cora, "effects")
    assert "Fewer than before" in html
    assert f"/practices/{practice.number}/effect/" in html
    assert 'rel="next"' not in html
    for n in range(34):
        answer(cora, topic_of(cora, f"Matter {n}"), 40 + n)
    browser, address = browse(cora), reverse("effects", args=["skyline"])
    with django_assert_max_num_queries(12):
        html = browser.get(address).content.decode()
    assert html.count("<tr>") == 31
    assert browser.get(address, {"page": "2"}).content.decode().count("<tr>") == 6
    for page in ("3", "0", "x"):
        assert browser.get(address, {"page": page}).status_code == 404


def test_a_floor_without_answers_is_told_what_will_be_here(cora: Membership, browse: Any) -> None:
    assert "the first verdict comes two weeks after it" in html_of(browse, cora, "effects")


def test_the_best_practice_leads_to_it_for_who_reads_reports(
    cora: Membership, abe: Membership, fees: Topic, browse: Any
) -> None:
    practice = answer(cora, fees, 20)
    link = reverse("practice_effect", args=["skyline", practice.number])
    assert link in html_of(browse, cora, "practice", practice.number)
    assert link not in html_of(browse, abe, "practice", practice.number)
    html_of(browse, abe, "practice_effect", practice.number, status=403)
