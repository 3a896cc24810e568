"""Forty ways of writing five test cards through every input: no number is left anywhere."""

import csv
import io
import re
import zlib
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from escalations.models import (
    Escalation,
    FeedbackNote,
    Import,
    ImportRow,
    MaskedNumber,
    Topic,
)
from escalations.tests.factories import EscalationFactory
from escalations.tests.sheet import LOG, posted
from people.models import Agent, ContactPoint
from people.tests.cardways import CARDS, digits_of, left_of, texts
from people.tests.factories import AgentFactory, ContactPointFactory

TEXTS = [text for _, _, text in texts()]
SOME = TEXTS[::11]
FIELDS = ("concern", "resolution", "offered", "refused_because", "wanted", "customer_ref")
BETWEEN = re.compile(r"(?:[^\W\d_x]|•)+")
FLOOR = "/p/skyline/"
PEOPLE = "/p/skyline/people/"
HEADINGS = ["Time", "Agent", "Concern", "Resolution"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(caplog):
    """All answers of the site, where they lead, and at the end what was logged."""
    return []


@pytest.fixture
def site(mona, sam, browse, seen):
    """The manager's browser; every answer is remembered."""
    AgentFactory(program=mona.program, employee_id="123456", name="Tina")
    browser = browse(mona)

    def ask(method, url, said=None, **headers):
        response = getattr(browser, method)(url, said or {}, headers=headers)
        body = response.getvalue() if response.streaming else response.content
        response.body = body
        seen.append(body.decode("utf-8", "replace"))
        seen.append(str(response.headers))
        assert response.status_code < 500
        return response

    return ask


def everything_kept():
    """Every value of every table, packed sheets unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            out = io.StringIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
            for row in out.getvalue().splitlines():
                yield from row.split("\t")
    for source in Import.objects.exclude(source=None).values_list("source", flat=True):
        yield zlib.decompress(bytes(source)).decode()


def fits(text, longest):
    """The text, if a field takes it: a piece of a number is no card and is not masked."""
    return text if len(text) <= longest else ""


def long_runs(said):
    """The digits between letters and bullets, where they are as many as a card has."""
    parts = {part for text in said for part in BETWEEN.split(text) if len(part) > 12}
    return {run for run in map(digits_of, parts) if len(run) > 12}


def check(seen, caplog):
    for where, said in (
        ("pages", seen),
        ("tables", list(everything_kept())),
        ("logs", [caplog.text]),
    ):
        runs = long_runs(said)
        assert [run for number in CARDS for run in runs if left_of(number, run)] == [], where
        everything = "\n".join(said)
        assert [text for text in TEXTS if text in everything] == [], where


def exports(site):
    site("get", f"{LOG}export.csv?shift=all")
    book = load_workbook(io.BytesIO(site("get", f"{LOG}export.xlsx?shift=all").body))
    return [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]


def test_the_log_sheet_its_edits_and_its_search(site, seen, caplog):
    for at in range(0, len(TEXTS), len(FIELDS)):
        said = dict(zip(FIELDS, TEXTS[at : at + len(FIELDS)], strict=False))
        said["customer_ref"] = fits(said.get("customer_ref", ""), 80)
        assert site("post", LOG, posted(**said)).status_code == 302
    assert MaskedNumber.objects.count() >= 150
    lines = list(Escalation.objects.order_by("pk"))
    for line, text in zip(lines, SOME, strict=False):
        said = {"version": 1, "concern": f"again {text}", "reason": text}
        assert site("post", f"{LOG}{line.number}/", said).status_code == 302
        said = {"version": 2, "reason": text}
        assert site("post", f"{LOG}{line.number}/void/", said).status_code == 302
        site("get", f"{LOG}{line.number}/")
    stale = {"version": 1, "concern": SOME[0], "resolution": SOME[1]}
    assert site("post", f"{LOG}{lines[-1].number}/", {**stale, "version": 9}).status_code == 409
    for text in SOME:
        assert site("post", LOG, posted(agent="", concern=text)).status_code == 422
        assert site("post", LOG, posted(concern=text, time=text, callback_at=fits(text, 40)))
        for name in ("q", "agent", "by", "cursor", "shift"):
            site("get", LOG, {name: text})
        site("get", f"{PEOPLE}agents/", {"q": text})
        site("get", LOG, {"q": text}, **{"HX-Request": "true", "HX-Current-URL": f"/x?q={text!a}"})
    site("get", f"{LOG}?shift=all")
    seen += exports(site)
    check(seen, caplog)


def test_feedback_its_answers_quick_texts_and_calls(site, seen, caplog, sam, abe, browse):
    agent, answering = Agent.objects.get(user=abe.user), browse(abe)
    for n, text in enumerate(SOME):
        facts = {"feedback": "owed", "callback_at": timezone.now(), "number": 9000 + n}
        line = EscalationFactory(agent=agent, logged_by=sam.user, **facts)
        said = {"key": str(uuid4()), "version": 1, "text": f"say {text}"}
        assert site("post", f"{FLOOR}feedback/{line.number}/", said).status_code == 302
        said = {"version": 1, "words": f"I {text}", "helped": "Y"}
        answer = answering.post(f"{FLOOR}my-feedback/{line.number}/", said)
        assert answer.status_code == 302
        said = {"key": str(uuid4()), "version": 3, "result": f"he {text}"}
        said["again_at"] = fits(text, 40) if n % 2 else ""
        site("post", f"{FLOOR}follow-ups/{line.number}/", said)
        site("post", f"{FLOOR}feedback/{line.number}/waive/", {"version": 4, "reason": text})
        site("post", LOG, posted(concern="fee", feedback_text=text))
        if n < 20:
            said = {"key": str(uuid4()), "text": f"quick {text}"}
            site("post", f"{FLOOR}feedback/quick/", said)
        site("get", f"{FLOOR}feedback/", {"agent": fits(text, 32), "by": text, "cursor": text})
        site("get", f"{LOG}{line.number}/")
    for page in ("feedback/?state=acknowledged", "feedback/quick/", "follow-ups/?state=done"):
        site("get", f"{FLOOR}{page}")
    seen.append(answering.get(f"{FLOOR}my-feedback/").content.decode())
    assert FeedbackNote.objects.count() > len(SOME)
    check(seen, caplog)


def sheet_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode()


def book_of(rows):
    book, out = Workbook(), io.BytesIO()
    for row in [HEADINGS, *rows]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "write"), [("a.csv", sheet_of), ("a.xlsx", book_of)])
def test_a_sheet_brought_in(site, seen, caplog, name, write):
    rows = [["9:15 PM", "Tina / 123456", f"fee {n}: {text}", ""] for n, text in enumerate(TEXTS)]
    rows += [["not a time", text, text, text] for text in SOME]
    name = f"{SOME[0]}-{name}"
    file = SimpleUploadedFile(name, write(rows))
    response = site("post", f"{LOG}import/", {"shift": "2026-11-20", "file": file})
    batch = Import.objects.get()
    page = response["Location"]
    assert "card numbers were masked" in site("get", page).content.decode()
    check(seen, caplog)
    site("get", f"{page}rejected.csv")
    site("post", f"{page}confirm/", {"version": batch.version})
    assert Escalation.objects.count() == len(TEXTS)
    assert ImportRow.objects.unreadable().exists()
    seen += exports(site)
    check(seen, caplog)


def test_rows_that_are_pasted(site, seen, caplog):
    rows = "\n".join(f"9:15 PM\tTina / 123456\tfee: {text}\t" for text in TEXTS)
    said = {"shift": "2026-11-20", "pasted": "\t".join(HEADINGS) + "\n" + rows}
    site("get", site("post", f"{LOG}import/", said)["Location"])
    site("post", f"{LOG}import/", {"shift": "", "pasted": rows})
    check(seen, caplog)


def test_people_contacts_invitations_and_names(site, seen, caplog, root, browse):
    agent, contact = Agent.objects.get(), ContactPointFactory(program=Agent.objects.get().program)
    for n, text in enumerate(SOME):
        named = {"name": f"A {text}", "team": fits(text, 60), "employee_id": f"8{n:05}"}
        site("post", f"{PEOPLE}roster/add/", named)
        site("post", f"{PEOPLE}roster/add/", {**named, "employee_id": text})
        site("post", f"{PEOPLE}roster/{agent.pk}/edit/", {**named, "version": n + 1})
        site("post", f"{PEOPLE}roster/paste/", {"pasted": f"Ann {text} / 9{n:05} / {text}"})
        said = {"tier": 1, "name": text, "duty": text, "phone": fits(text, 40) or "555"}
        said["email"] = f"desk{n}@floor.example"  # the same in every field would be the same person
        site("post", f"{PEOPLE}contacts/", said)
        said = {"tier": 1, "name": text, "duty": text, "version": n + 1}
        site("post", f"{PEOPLE}contacts/{contact.pk}/edit/", said)
        said = {"email": f"new{n}@floor.example", "name": text, "roles": ["sme"]}
        site("post", f"{PEOPLE}invitations/", said)
        site("post", "/accounts/preferences/", {"name": text, "theme": "dark"})
        site("post", "/accounts/login/", {"login": text, "password": "nothing"})
    site("get", PEOPLE)
    assert Agent.objects.count() > len(SOME)
    assert ContactPoint.objects.count() > len(SOME)
    admin = browse(root)
    for text in SOME:
        seen.append(admin.post("/admin/people/client/add/", {"name": text}).content.decode())
    check(seen, caplog)


def test_the_names_of_topics(site, seen, caplog, cora, browse):
    captain, topics = browse(cora), "/p/skyline/calibration/topics/"
    line = EscalationFactory(agent=Agent.objects.get(), concern="late fee")

    def ask(url, **said):
        for headers in ways:
            answer = captain.post(url, {"key": uuid4(), **said}, headers=headers)
            seen.extend((answer.content.decode(), str(answer.headers)))
            assert answer.status_code < 500

    both = ({}, {"HX-Request": "true"})
    for n, text in enumerate(SOME):
        ways = both if n < 3 else both[n % 2 :][:1]  # both for all texts takes three times as long
        ask(topics, do="new", into=text, line=line.number)
        ask(topics, do="move", into=text, line=line.number)
        ask(f"{topics}-/proposals/accept/", name=text, group="0" * 32)
        for one in Topic.objects.live()[: len(ways)]:
            ask(f"{topics}{one.slug}/rename/", name=fits(f"A {text}", 80))
            ask(f"{topics}{one.slug}/merge/", into=text)
            ask(f"{topics}{one.slug}/", do="new", into=text, line=line.number)
        for url in (topics, f"{topics}-/find/"):
            answer = captain.get(url, {"q": text}, follow=True)
            seen.append(answer.content.decode())
    assert Topic.objects.exists()
    seen.append(captain.get(f"{topics}-/steps/").content.decode())
    check(seen, caplog)
