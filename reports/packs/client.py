"""What the client gets: the rate, the topics, what is open with them, what their answers changed.

Nobody of the floor is named, no customer reference and nothing of the feedback is in it.
"""

from __future__ import annotations

from collections import Counter

from django.urls import reverse
from django.utils import timezone

from calibration.actions.session_steps import without_names
from escalations.charts.drawing import Cell, Table
from escalations.models import ClientAnswer, ForwardedItem, Forwarding
from people.templatetags.tala import day
from reports.asked import Asked
from reports.kinds import overview, topics
from reports.report import NO_FIGURE, Fact, Listed, Report, Section

FIGURES = ("logged", "rate", "calls", "volume-hours")
CHARTS = ("logged-by-period", "rate-by-period")
TOPICS = "topics-pareto"
OPEN = (
    "Questions in letters that are with you and not answered yet, now; whole days since the letter"
    " was sent, against the day by which an answer was promised. Unit: questions."
)
LATE = "Open questions whose promised day is over now. Unit: questions."
ANSWERS = "Answers given in these shift days; of an answer that was corrected the last one."
RULINGS = "In force since then"
OF_ITEM = ("forwarding", *(f"escalation__{name}" for name in ("topic", "agent", "logged_by")))


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
    """The topics by size as their report draws them, and nothing of how they were resolved."""
    sections = topics.KIND.make(asked)
    drawings = tuple(d for one in sections for d in one.drawings if d.name == TOPICS)
    note = "" if drawings else "Nothing was logged in these shift days."
    return Section("topics", "What it was about", drawings=drawings, note=note)


def _open(asked: Asked) -> Section:
    """What waits for the client's answer now, the longest first."""
    letters = Forwarding.objects.visible_to(asked.membership).waiting()
    items = ForwardedItem.objects.filter(is_open=True, forwarding__in=letters)
    found = list(
        items.select_related(*OF_ITEM).order_by("forwarding__sent_at", "forwarding", "position")
    )
    late = sum(one.forwarding.is_overdue(timezone.now()) for one in found)
    here = "#client-questions"
    facts = (
        Fact("Open questions", f"{len(found):,}", OPEN, here if found else "", value=len(found)),
        Fact("Past the promise", f"{late:,}", LATE, here if late else "", value=late),
    )
    if not found:
        return Section("open", "Open questions with you", facts)
    headings = (
        "Question",
        "Topic",
        "What was asked",
        "Sent",
        "Days waiting",
        "Promised by",
        "Promise",
    )
    rows = tuple(_open_row(one, asked) for one in found)
    listed = Listed("questions", "Longest waiting first", Table(headings, rows))
    return Section("open", "Open questions with you", facts, lists=(listed,))


def _open_row(one: ForwardedItem, asked: Asked) -> tuple[Cell, ...]:
    letter, program, now = one.forwarding, asked.program, timezone.now()
    due = day(letter.due_at, program)
    state = "over" if letter.is_overdue(now) else "not over yet"
    return (
        Cell(_place(one), _url(one, asked)),
        Cell(_topic(one)),
        Cell(_nameless(one.question or one.concern, one)),
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
        .select_related(*(f"item__{name}" for name in OF_ITEM))
        .prefetch_related("item__practices")
        .order_by("item_id", "-pk")
        .distinct("item_id")
    )
    found = sorted(answers, key=lambda one: (one.at, one.pk))
    said = Counter(one.get_verdict_display() for one in found)
    facts = tuple(
        Fact(name, f"{count:,}", ANSWERS, "#client-answers", value=count)
        for name, count in sorted(said.items())
    )
    title = "What your answers changed"
    if not found:
        return Section("changed", title, note="No answer came in these shift days.")
    headings = ("Question", "Topic", "Answered", "Answer", "In your words", RULINGS)
    rows = tuple(_answer_row(one, asked) for one in found)
    listed = Listed("answers", "Answers given", Table(headings, rows), ANSWERS)
    return Section("changed", title, facts, lists=(listed,))


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
        Cell(_nameless(one.text, one.item) or NO_FIGURE),
        Cell(words or NO_FIGURE),
    )


def _nameless(text: str, item: ForwardedItem) -> str:
    """A text about a line without its agent, its customer and the SME who logged it."""
    line = item.escalation
    agent = line.agent
    text = without_names(text, agent.name, agent.employee_id, line.customer_ref)
    return without_names(text, line.logged_by.name, "", "").replace("[agent]", "[name]")


def _place(item: ForwardedItem) -> str:
    return f"Letter {item.forwarding.number}, {item.position}"


def _url(item: ForwardedItem, asked: Asked) -> str:
    parts = {"p": asked.program.slug, "n": item.forwarding.number}
    return f"{reverse('letter', kwargs=parts)}#item-{item.position}"


def _topic(item: ForwardedItem) -> str:
    return item.escalation.topic.name if item.escalation.topic else NO_FIGURE
