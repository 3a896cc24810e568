"""A first page as tests read it: its matters, its rows, and how many rows a link leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client
from django.urls import resolve

START = "/p/skyline/"
MATTER = re.compile(
    r'<section class="matter[^"]*" id="m-(?P<slug>[\w-]+)".*?<h3[^>]*>'
    r'<a href="(?P<url>[^"]*)"[^>]*>(?P<name>[^<]*?)'
    r'(?: <span class="count">(?P<count>[^<]*)</span>)?</a></h3>(?P<rest>.*?)</section>',
    re.DOTALL,
)
THING = re.compile(
    r'<a class="thing" href="(?P<url>[^"]*)"[^>]*>.*?<span class="thing-name">(?P<name>[^<]*?)\s*<'
    r'.*?<span class="thing-end[^"]*">(?P<end>.*?)</span>',
    re.DOTALL,
)
FIGURE = re.compile(r'<li><a href="([^"]*)"[^>]*><b>([^<]*)</b> ([^<]*)</a>')


@dataclass(frozen=True)
class Shown:
    """One matter of a page: what it says of how many, its link, its rows as (name, url, end)."""

    name: str
    url: str
    count: str
    rows: list[tuple[str, str, str]]
    html: str


def matters(page: str) -> dict[str, Shown]:
    """The matters of a page by their slugs, in their order."""
    found = {}
    for one in MATTER.finditer(page):
        rows = [
            (unescape(row["name"]), unescape(row["url"]), " ".join(row["end"].split()))
            for row in THING.finditer(one["rest"])
        ]
        name, url = unescape(one["name"]), unescape(one["url"])
        found[one["slug"]] = Shown(name, url, one["count"] or "", rows, one[0])
    return found


def figures(page: str) -> dict[str, tuple[str, str]]:
    """The numbers of the shift: words → (value, url)."""
    return {words: (value, unescape(url)) for url, value, words in FIGURE.findall(page)}


def look(browser: Client, url: str = START) -> str:
    """The page a signed-in browser gets."""
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def primary_in(page: str) -> list[str]:
    """The words of the primary buttons between header and footer."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'btn-primary"[^>]*>(?:<svg.*?</svg>)?([^<]*)<', main)


def rows_at(browser: Client, url: str, slug: str = "") -> int:
    """How many rows the page of a link shows of what it was a link to."""
    answer: Any = browser.get(url)
    assert answer.status_code == 200, url
    said = answer.context
    if slug == "given" and "mine" in said:
        return len(said["mine"])
    return {
        "log": lambda: len(said["sheet"].rows),
        "feedback": lambda: len(said["page"].lines),
        "follow_ups": lambda: len(said["page"].lines),
        "forwarding": lambda: len(said["page"].lines),
        "calibration": lambda: len(said["due"]),
        "sessions": lambda: len(said["going_on"]),
        "practices": lambda: sum(len(group.cards) for group in said["groups"]),
        "letters": lambda: len(said["letters"]),
        "mail": lambda: len(said["failed"]),
        "topics": lambda: len(said["bench"].pile.page.lines),
        "my_feedback": lambda: len(said["to_read"]),
    }[resolve(url.partition("?")[0]).url_name or ""]()
