"""What a first page is made of: matters, each with its first rows and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from people.models import Membership

SHOWN = 3
"""Rows of a matter; its link has them all."""


@dataclass(frozen=True)
class Act:
    """What to do next: the words of a button, for whom cannot see it about what, and where."""

    label: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Row:
    """One thing: its name leads to it; `at` is an aware instant, `aside` words in its place.

    `before` says what was or is to be then; `stamp` is a verdict or an authority; `tone` is `late`,
    `due`, `client`, an authority or nothing; `read` the number of a best practice that can be
    acknowledged here.
    """

    name: str
    url: str
    words: str = ""
    before: str = ""
    at: datetime | None = None
    aside: str = ""
    tone: str = ""
    stamp: str = ""
    is_new: bool = False
    read: int | None = None


@dataclass
class Matter:
    """Some things of a kind, the first few as rows; `count` is as many as its link `url` lists.

    `rule` says what is counted, where the name does not.
    """

    slug: str
    name: str
    url: str
    count: str = ""
    rows: list[Row] = field(default_factory=list)
    act: Act | None = None
    rule: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Figure:
    """One number of the shift, the rows it counts, and its definition."""

    value: str
    words: str
    url: str
    rule: str
    tone: str = ""


def place(
    name: str, member: Membership, /, query: dict[str, str] | None = None, **parts: object
) -> str:
    """The address of a page of the member's program, with a query string."""
    url = reverse(name, kwargs={"p": member.program.slug, **parts})
    return f"{url}?{urlencode(query)}" if query else url


def at_most(count: int, most: int) -> str:
    """A count as it is said when no more than `most` were looked at: `20+`, or nothing for 0."""
    return f"{most}+" if count > most else str(count or "")
