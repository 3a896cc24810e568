"""Reading a page strictly: everything closed where it was opened, ids once, references kept."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
NOT_IN_P = re.compile(
    "address|article|aside|blockquote|details|dialog|div|dl|fieldset|figure|footer|form|h[1-6]"
    "|header|hr|main|menu|nav|ol|p|pre|section|table|ul"
)
NOT_NESTED = {"a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"}}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "list")


class Reader(HTMLParser):
    """Collects what is wrong with a page or fragment in `problems`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.problems: list[str] = []
        self.ids: set[str] = set()
        self.references: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.feed(page)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)
        if not VOID.fullmatch(tag):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)
        if not VOID.fullmatch(tag) and "svg" not in self.open:
            self._say(f"<{tag}/> does not close itself")

    def handle_endtag(self, tag: str) -> None:
        if VOID.fullmatch(tag):
            self._say(f"</{tag}> closes nothing")
        elif not self.open or self.open[-1] != tag:
            self._say(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
        else:
            self.open.pop()

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:  # a picture has a title of its own
            self.counts[tag] = self.counts.get(tag, 0) + 1
        names = [name for name, _ in attrs]
        said = dict(attrs)
        for name in {name for name in names if names.count(name) > 1}:
            self._say(f"<{tag}> says {name} twice")
        if NOT_IN_P.fullmatch(tag) and "p" in self.open:
            self._say(f"<{tag}> stands in a <p>")
        if NOT_NESTED.get(tag, set()) & set(self.open):
            self._say(f"<{tag}> stands in {self.open}")
        if tag == "img" and "alt" not in said:
            self._say("<img> without alt")
        if "id" in said:
            if not said["id"] or said["id"] in self.ids or " " in said["id"]:
                self._say(f'id="{said["id"]}" again')
            self.ids.add(said["id"] or "")
        for name in REFERENCES:
            self.references += [(name, one) for one in (said.get(name) or "").split()]

    def _say(self, what: str) -> None:
        self.problems.append(f"{what} (line {self.getpos()[0]})")


def problems_of(page: str, *, whole: bool = True) -> list[str]:
    """What is wrong with the HTML of a page, or of a fragment when not `whole`."""
    reader = Reader(page)
    problems = reader.problems
    if whole:
        problems += [
            f'{name}="{one}" refers to nothing'
            for name, one in reader.references
            if one not in reader.ids
        ]
        once = ("html", "head", "body", "title", "main", "h1")
        problems += [
            f"{reader.counts.get(tag, 0)} × <{tag}>" for tag in once if reader.counts.get(tag) != 1
        ]
    return problems
