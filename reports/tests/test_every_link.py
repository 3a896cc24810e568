"""Every number that leads to lines of the log leads to exactly so many: walked on a demo floor."""

import csv
import io
import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from config.demo import floor, nights
from escalations.filters import SheetFilter
from people.models import Membership
from reports.actions.settling import settle
from reports.kinds import KINDS

pytestmark = pytest.mark.slow

NUMBER = re.compile(r"(?<![\d.,:–])\d{1,3}(?:,\d{3})+(?![\d.:])|(?<![\d.,:–])\d+(?![\d.:]|,\d)")
"""A whole number that is no part of another, of a time or of a fraction."""

SHARE = re.compile(r"[\d.]+ %")
DATE = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*(?: 20\d\d)?")


def numbers_in(said: str) -> list[int]:
    """The whole numbers of some words, but those of dates and shares."""
    counts = SHARE.sub("", DATE.sub("", said))
    return [int(text.replace(",", "")) for text in NUMBER.findall(counts)]


class Links(HTMLParser):
    """What each link of a page to the log says: its text, or its label where it has one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[str] | None = None
        self.depth = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "a" and "/log/?" in (said.get("href") or ""):
            self.open = [said["href"], said.get("aria-label") or said.get("data-said") or ""]
            self.is_labelled = bool(self.open[1])

    def handle_data(self, data):
        if self.open and not self.is_labelled:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            self.found.append((self.open[0], " ".join(self.open[1].split())))
            self.open = None


@pytest.fixture
def members(db, monkeypatch):
    monkeypatch.setattr(nights, "NIGHTS", 9)
    floor.load()
    settle(seconds=60)
    found = Membership.objects.filter(program__slug="skyline").select_related("user", "program")
    return {member.user.username: member for member in found}


def pages(program) -> list[tuple[str, str]]:
    """Everything with numbers on it, and as whom."""
    here = {"p": program.slug}
    topic = program.topics.filter(merged_into=None).order_by("pk").first()
    team = program.agents.exclude(team="").first().team
    agent = program.agents.order_by("pk").first().employee_id
    narrowed = (
        *("", f"?topic={topic.slug}", f"?team={team}", "?severity=none", "?topic=none"),
        *(f"?agent={agent}", "?by=sme", f"?topic={topic.slug}&by=sme"),
    )
    found = []
    for kind in KINDS:
        path = reverse("report", kwargs={**here, "kind": kind.slug})
        asked = narrowed if kind is KINDS[0] else narrowed[:3]
        found += [("manager", path + query) for query in asked]
    found.append(("manager", f"{reverse('reports', kwargs=here)}?split=agent"))
    found += [(who, reverse("start", kwargs=here)) for who in ("sme", "captain", "manager")]
    found += [("sme", reverse("board", kwargs=here)), ("captain", reverse("effects", kwargs=here))]
    found += [("sme", reverse("log", kwargs=here))]
    answers = program.practices.filter(kind="answer").exclude(effective_from=None)
    found += [
        ("captain", reverse("practice_effect", kwargs={**here, "n": practice.number}))
        for practice in answers
    ]
    return found


def test_every_number_leads_to_exactly_its_lines(members, browse):
    member = members["manager"]
    program = member.program

    @cache
    def lines_of(query: str) -> int:
        asked = SheetFilter(QueryDict(query), program)
        assert not asked.errors, (query, asked.errors)
        return asked.rows(member).count()

    wrong, walked, seen = [], 0, set()
    for who, path in pages(program):
        answer = browse(members[who]).get(path)
        assert answer.status_code == 200, path
        for href, said in Links(answer.content.decode()).found:
            if not (numbers := numbers_in(said)):
                continue
            walked += 1
            seen.add(path)
            if (lines := lines_of(urlsplit(href).query)) not in numbers:
                wrong.append(f"{path}\n  {said!r} → {lines}: {href}")
    assert not wrong, f"{len(wrong)} of {walked}\n" + "\n".join(wrong[:25])
    assert walked > 400
    assert len(seen) > len(KINDS)


def test_the_file_has_as_many_lines_as_the_number_says(members, browse):
    manager = browse(members["manager"])
    path = reverse("reports", kwargs={"p": "skyline"})
    links = Links(manager.get(path).content.decode()).found
    checked = 0
    for href, said in links[:12]:
        if not (numbers := numbers_in(said)):
            continue
        answer = manager.get(f"{urlsplit(href).path}export.csv?{urlsplit(href).query}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))[1:]
        assert len(rows) in numbers, href
        checked += 1
    assert checked >= 5
