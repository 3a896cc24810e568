"""Grouping steps in any order, undone in any order: every line is where the rule says, once."""

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from escalations.actions import topics
from escalations.models import Escalation, Topic, TopicStep
from escalations.tests.factories import EscalationFactory
from people.refusals import ActionRefused
from people.tests.factories import AgentFactory

NAMES = st.sampled_from(["Fees", "Refunds", "Outage", "Authorization", "Billing", "fees"])
PLACES = st.integers(0, 30)


class Grouping(RuleBasedStateMachine):
    """The database beside a model that knows nothing but the rule of the house."""

    cast: object
    agent: object
    numbers = count(1)

    def __init__(self):
        super().__init__()
        self.start = TopicStep.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.bases: dict[int, int | None] = {}
        self.steps: list[tuple[int, dict[int, int | None], bool]] = []
        self.merged: dict[int, tuple[int, int]] = {}  # topic → (into, step)
        self.topics: list[int] = []
        for _ in range(6):
            self._log(None)

    def _log(self, topic):
        line = EscalationFactory(program=self.cast.program, agent=self.agent, topic=topic)
        self.bases[line.pk] = topic.pk if topic else None

    def _root(self, topic):
        while topic in self.merged:
            topic = self.merged[topic][0]
        return topic

    def _place(self, line):
        place = self.bases[line]
        for _, moves, stands in self.steps:
            if stands and line in moves:
                place = moves[line]
        return self._root(place)

    def _live(self):
        return [Topic.objects.get(pk=pk) for pk in self.topics if Topic.objects.get(pk=pk).is_live]

    def _note(self, step, lines, to):
        self.steps.append((step.pk, {line: to for line in lines if self._place(line) != to}, True))

    def _some(self, which):
        lines = list(self.bases)
        return [lines[n % len(lines)] for n in which]

    @rule(name=NAMES, which=st.sets(PLACES, max_size=3))
    def create(self, name, which):
        lines = self._some(which)
        try:
            step = topics.create(name, Escalation.objects.filter(pk__in=lines), by=self.cast)
        except ActionRefused:
            return
        self.topics.append(step.topic_id)
        self._note(step, lines, step.topic_id)

    @rule(topic=PLACES, which=st.sets(PLACES, min_size=1, max_size=4))
    def group(self, topic, which):
        targets = [None, *self._live()]
        to = targets[topic % len(targets)]
        lines = self._some(which)
        step = topics.move(Escalation.objects.filter(pk__in=lines), to, by=self.cast)
        self._note(step, lines, to.pk if to else None)

    @rule(topic=PLACES, into=PLACES)
    def merge(self, topic, into):
        live = self._live()
        if len(live) < 2 or topic % len(live) == into % len(live):
            return
        gone, kept = live[topic % len(live)], live[into % len(live)]
        step = topics.merge(gone, kept, by=self.cast)
        its_own = [line for line in self.bases if self._place(line) == gone.pk]
        self._note(step, its_own, kept.pk)
        self.merged[gone.pk] = (kept.pk, step.pk)

    @rule(topic=PLACES, name=NAMES, which=st.sets(PLACES, min_size=1, max_size=3))
    def split(self, topic, name, which):
        live = self._live()
        if not live:
            return
        old, lines = live[topic % len(live)], self._some(which)
        try:
            some = Escalation.objects.filter(pk__in=lines)
            step = topics.split(old, some, name, by=self.cast)
        except ActionRefused:
            return
        self.topics.append(step.topic_id)
        self._note(step, [n for n in lines if self._place(n) == old.pk], step.topic_id)

    @rule(topic=PLACES, name=NAMES)
    def rename(self, topic, name):
        live = self._live()
        if not live:
            return
        try:
            step = topics.rename(live[topic % len(live)], name, by=self.cast)
        except ActionRefused:
            return
        self._note(step, [], None)

    @rule(topic=PLACES)
    def log(self, topic):
        targets = [None, *self._live()]
        self._log(targets[topic % len(targets)])

    @rule(which=PLACES)
    def undo(self, which):
        if not self.steps:
            return
        at = which % len(self.steps)
        pk, moves, _ = self.steps[at]
        topics.undo(TopicStep.objects.get(pk=pk), by=self.cast)
        self.steps[at] = (pk, moves, False)
        self.merged = {a: (b, step) for a, (b, step) in self.merged.items() if step != pk}

    @invariant()
    def every_line_is_where_the_rule_says(self):
        stored = dict(Escalation.objects.filter(pk__in=self.bases).values_list("pk", "topic_id"))
        assert stored == {line: self._place(line) for line in self.bases}

    @invariant()
    def lines_are_under_live_topics_only(self):
        mine = Escalation.objects.filter(pk__in=self.bases, topic__isnull=False)
        used = set(mine.values_list("topic_id", flat=True))
        assert used <= set(Topic.objects.live().values_list("pk", flat=True))

    @invariant()
    def history_tells_each_step(self):
        told = TopicStep.objects.filter(pk__gt=self.start).order_by("pk")
        assert [(s.pk, s.lines, s.undone_at is None) for s in told] == [
            (pk, len(moves), stands) for pk, moves, stands in self.steps
        ]

    def teardown(self):
        for step in reversed(self.steps):
            topics.undo(TopicStep.objects.get(pk=step[0]), by=self.cast)
        left = Escalation.objects.filter(pk__in=self.bases)
        assert dict(left.values_list("pk", "topic_id")) == self.bases
        Topic.objects.live().filter(program=self.cast.program).update(
            merged_into=None, withdrawn_at="2026-01-01T00:00Z"
        )


@pytest.mark.django_db
def test_no_order_of_steps_loses_or_doubles_a_line(cora):
    Grouping.cast, Grouping.agent = cora, AgentFactory(program=cora.program)
    quick = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Grouping, settings=quick)
