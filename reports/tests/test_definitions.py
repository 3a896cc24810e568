"""Which lines each number counts and which it does not, by a log made by hand."""

import re
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client as Browser

from people.tests.factories import MembershipFactory
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.families import FAMILIES, NUMBERS
from reports.definitions.feedback import ACKNOWLEDGED, GIVEN, OWED, SOON
from reports.definitions.logged import LOGGED, UNRESOLVED
from reports.definitions.rests import RESTS, with_rests
from reports.report import definition, fact
from reports.tests import handmade, handmade_topics
from reports.tests.handmade import Floor

pytestmark = pytest.mark.django_db
EVERY = (*NUMBERS.values(), *RESTS)
NAMED = re.compile(r"about \[([\w-]+)\]")


@pytest.fixture(scope="module")
def floor(django_db_setup, django_db_blocker):
    """Built once and only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Floor()
        for family in (handmade.ends, handmade.feedback, handmade.callbacks, handmade.handover):
            family(made)
        handmade_topics.repeats(made)
        handmade_topics.known(made)
        yield made
        transaction.set_rollback(True)


def span_of(floor, number):
    """The days in which a number's lines lie, and the names of these lines."""
    (found,) = (span for span in floor.spans.values() if number.slug in span.counts)
    return found, found.counts[number.slug]


def asked_of(floor, span):
    asked = Asked(QueryDict(f"from={span.first}&to={span.last}"), floor.by)
    assert not asked.errors
    return asked


@pytest.mark.parametrize("number", EVERY, ids=lambda number: number.slug)
def test_a_number_counts_these_lines_and_no_others(number, floor):
    span, names = span_of(floor, number)
    asked = asked_of(floor, span)
    parts = (number.whole, *number.parts) if number in RESTS else (number,)
    counts = with_rests(Counter(asked.population).total(*parts))
    assert counts[number.slug] == len(names)
    browser = Browser()
    browser.force_login(floor.by.user)
    address = asked.lines(count=number.slug)
    page = browser.get(address)
    assert page.status_code == 200
    assert set(NAMED.findall(page.content.decode())) == names
    export = browser.get(address.replace("/log/?", "/log/export.csv?"))
    lines = NAMED.findall(b"".join(export).decode())
    assert sorted(lines) == sorted(names)


def test_every_span_says_all_numbers_of_its_family(floor):
    said = {slug for span in floor.spans.values() for slug in span.counts}
    assert said == {number.slug for number in EVERY}


def test_parts_together_are_their_whole(floor):
    span = floor.spans["feedback"]
    counts = Counter(asked_of(floor, span).population).total(GIVEN, *SOON)
    assert counts[GIVEN.slug] == sum(counts[one.slug] for one in SOON)
    for rest in RESTS:
        of = Counter(asked_of(floor, span_of(floor, rest)[0]).population)
        counts = with_rests(of.total(rest.whole, *rest.parts))
        parts = sum(counts[part.slug] for part in rest.parts)
        assert counts[rest.whole.slug] == counts[rest.slug] + parts


def test_a_log_without_a_line_has_noughts_and_no_shares(floor):
    asked = Asked(QueryDict(""), MembershipFactory(program__client=floor.by.program.client))
    counts = Counter(asked.population).total(*NUMBERS.values())
    assert set(counts.values()) == {0}
    for number in NUMBERS.values():
        said = fact(number, counts, asked)
        assert (said.said, said.share, said.interval, said.value) == ("0", "", "", 0)


def test_one_line_of_one_is_all_of_it_with_a_wide_interval(floor):
    asked = asked_of(floor, floor.spans["logged"])
    said = fact(UNRESOLVED, {LOGGED.slug: 1, UNRESOLVED.slug: 1}, asked)
    assert (said.share, said.interval, said.of) == ("100 %", "20.7 % to 100 %", "of 1 logged")
    said = fact(ACKNOWLEDGED, {GIVEN.slug: 1, ACKNOWLEDGED.slug: 0}, asked)
    assert (said.share, said.interval) == ("0 %", "0 % to 79.3 %")


def test_a_share_is_of_what_its_definition_says(floor):
    numbers = {**NUMBERS, **{rest.slug: rest for rest in RESTS}}
    for family in FAMILIES:
        for number in family.numbers:
            words = definition(number)
            assert number.rule in words
            if number.out_of:
                whole = numbers[number.out_of]
                assert whole.name.lower() in words
                span, names = span_of(floor, number)
                if number.out_of in span.counts:
                    assert names <= span.counts[number.out_of], number.slug
    assert OWED.out_of == "feedback-asked"


def test_no_number_looks_into_another_program(floor):
    stranger = MembershipFactory(program__client=floor.by.program.client)
    browser = Browser()
    browser.force_login(stranger.user)
    span = floor.spans["repeats"]
    address = partial(asked_of(floor, span).lines, count="repeat-customer")
    assert browser.get(address()).status_code == 404
    other = replace(asked_of(floor, span).population, program=stranger.program)
    assert set(Counter(other).total(*NUMBERS.values()).values()) == {0}
