"""What the client gets: the rate, the topics, what is open with them, what their answers changed.

Nobody of the floor is named, no customer reference and nothing of the feedback is in it.
"""

from __future__ import annotations

from collections import Counter as Tally

from django.urls import reverse
from django.utils import timezone

from calibration.actions.session_steps import without_names
from escalations.charts.bars import pareto
from escalations.charts.drawing import Cell, Drawing, Table
from escalations.charts.values import About, Value
from escalations.models import ClientAnswer, ForwardedItem, Forwarding
from people.templatetags.tala import day
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.logged import LOGGED
from reports.kinds import overview
from reports.report import NO_FIGURE, Fact, Listed, Report, Section

FIGURES = ("logged", "rate", "calls", "volume-hours")
CHARTS = ("logged-by-period", "rate-by-period")
MOST_TOPICS = 15
OPEN = (
    "Questions in letters that are with you and not answered yet, now; whole days since the letter"
    " was sent, against the day by which an answer was promised. Unit: questions."
)
ANSWERS = "Answers given in these shift days; of an answer that was corrected the last one."
RULINGS = "In force since then"


def client(asked: Asked) -> list[Report]:
    """The one report of the pack."""
    sections = (_rate(asked), _topics(asked), _open(asked), _changed(asked))
    return [Report("client", "For the client", "", sections)]


def _rate(asked: Asked) -> Section:
    """What the overview says of how much there was."""
    sections = overview.KIND.make(asked)
    facts = tuple(fact for one in sections for fact in one.facts if fact.slug in FIGURES)
    drawings = tuple(d for one in sections for d in one.drawings if d.name in CHARTS)
    notes = " ".join(one.note for one in sections if one.slug == "rate" and one.note)
    return Section("rate", "Escalations and the escalation rate", facts, drawings, note=notes)


def _topics(asked: Asked) -> Section:
    counts = Counter(asked.population).by("topic", LOGGED)
    named = {topic.pk: topic for topic in asked.topics}
    values = [
        Value(
            named[pk].name, some["logged"], href=asked.lines(topic=named[pk].slug, count="logged")
        )
        for pk, some in counts.items()
        if pk in named
    ]
    values.sort(key=lambda value: (-(value.value or 0), value.label))
    shown, rest = values[:MOST_TOPICS], values[MOST_TOPICS:]
    if rest:
        words = f"{len(rest)} more topic{'' if len(rest) == 1 else 's'}"
        shown.append(Value(words, sum(value.value or 0 for value in rest)))
    if 0 in counts:
        none = asked.lines(topic="none", count="logged")
        shown.append(Value("No topic yet", counts[0]["logged"], href=none))
    note = "" if shown else "Nothing was logged in these shift days."
    return Section("topics", "What it was about", drawings=_pareto(shown), note=note)


def _pareto(values: list[Value]) -> tuple[Drawing, ...]:
    about = About(
        "client-topics",
        "Topics by size",
        "How many escalations each topic had, the largest first.",
        "escalations",
        "Topic",
    )
    return (pareto(about, values),) if values else ()


def _open(asked: Asked) -> Section:
    """What waits for the client's answer now, the longest first."""
    letters = Forwarding.objects.visible_to(asked.membership).waiting()
    items = ForwardedItem.objects.filter(is_open=True, forwarding__in=letters)
    found = list(
        items.select_related(
            "forwarding", "escalation__topic", "escalation__agent", "escalation__logged_by"
        ).order_by("forwarding__sent_at", "forwarding", "position")
    )
    late = sum(one.forwarding.is_overdue(timezone.now()) for one in found)
    url = reverse("letters", kwargs={"p": asked.program.slug})
    facts = (
        Fact("Open questions", f"{len(found):,}", OPEN, f"{url}?state=sent", value=len(found)),
        Fact("Past the promise", f"{late:,}", OPEN, f"{url}?state=overdue", value=late),
    )
    if not found:
        return Section("open", "Open questions with you", facts)
    headings = ("Question", "Topic", "What was asked", "Sent", "Days waiting", "Promised by", "")
    rows = tuple(_open_row(one, asked) for one in found)
    listed = Listed("questions", "Longest waiting first", Table(headings, rows))
    return Section("open", "Open questions with you", facts, lists=(listed,))


def _open_row(one: ForwardedItem, asked: Asked) -> tuple[Cell, ...]:
    letter, program, now = one.forwarding, asked.program, timezone.now()
    due = day(letter.due_at, program)
    state = "past the promise" if letter.is_overdue(now) else "within the promise"
    return (
        Cell(_place(one), _url(one, asked)),
        Cell(_topic(one)),
        Cell(_asked(one)),
        Cell(day(letter.sent_at, program)),
        Cell(f"{letter.days_waiting(now):,}"),
        Cell(due),
        Cell(state),
    )


def _changed(asked: Asked) -> Section:
    """The last answer to each question answered in these days, and what it put in force."""
    bounds = asked.population.bounds
    letters = Forwarding.objects.visible_to(asked.membership)
    answers = (
        ClientAnswer.objects.filter(
            item__forwarding__in=letters, at__gte=bounds[0][0], at__lt=bounds[-1][1]
        )
        .select_related("item__forwarding", "item__escalation__topic")
        .prefetch_related("item__practices")
        .order_by("item", "-pk")
        .distinct("item")
    )
    found = sorted(answers, key=lambda one: (one.at, one.pk))
    said = Tally(one.get_verdict_display() for one in found)
    url = reverse("letters", kwargs={"p": asked.program.slug})
    facts = tuple(
        Fact(name, f"{count:,}", ANSWERS, url, value=count) for name, count in sorted(said.items())
    )
    title = "What your answers changed"
    if not found:
        return Section("changed", title, note="No answer came in these shift days.")
    headings = ("Question", "Topic", "Answered", "Answer", "In your words", RULINGS)
    rows = tuple(_answer_row(one, asked) for one in found)
    return Section(
        "changed", title, facts, lists=(Listed("answers", ANSWERS, Table(headings, rows)),)
    )


def _answer_row(one: ClientAnswer, asked: Asked) -> tuple[Cell, ...]:
    rulings = [made for made in one.item.practices.all() if made.effective_from]
    words = ", ".join(
        f"“{made.title}”, {day(made.effective_from, asked.program)}" for made in rulings
    )
    return (
        Cell(_place(one.item), _url(one.item, asked)),
        Cell(_topic(one.item)),
        Cell(day(one.at, asked.program)),
        Cell(one.get_verdict_display()),
        Cell(one.text or NO_FIGURE),
        Cell(words or NO_FIGURE),
    )


def _asked(item: ForwardedItem) -> str:
    """The question, or without one the concern; no agent, customer or SME of the line named."""
    line = item.escalation
    text = without_names(
        item.question or item.concern, line.agent.name, line.agent.employee_id, line.customer_ref
    )
    return without_names(text, line.logged_by.name, "", "").replace("[agent]", "[name]")


def _place(item: ForwardedItem) -> str:
    return f"Letter {item.forwarding.number}, {item.position}"


def _url(item: ForwardedItem, asked: Asked) -> str:
    parts = {"p": asked.program.slug, "n": item.forwarding.number}
    return f"{reverse('letter', kwargs=parts)}#item-{item.position}"


def _topic(item: ForwardedItem) -> str:
    return item.escalation.topic.name if item.escalation.topic else NO_FIGURE
