"""Minutes on paper: one or two pages, whoever was asked and however much was said."""

import pytest

from calibration.models import Ruling
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed, ruled
from config.tests.browser import printed_pages
from conftest import member

pytestmark = pytest.mark.django_db(transaction=True)


def held(cora, people, cases, words):
    """A revealed session in which everybody chose otherwise and each ruling says `words`."""
    late_fee = topic(
        cora, f"Late fee {people}", *[f"the fee {n}, {words[:300]}" for n in range(cases)]
    )
    smes = [
        member(f"Maria Theresa Santos {people} {n}", cora.program, "sme") for n in range(people)
    ]
    session = make_session(late_fee, lines_of(late_fee), [one.user for one in smes])
    ways = session.dispositions
    for nth, one in enumerate(smes):
        give(session, one.user, *[ways[(nth + case) % len(ways)] for case in range(cases)])
    ruled(revealed(session), cora.user, *["explain"] * cases)
    Ruling.objects.update(how=f"How {words}", reason=f"Why {words}", dissent=f"But {words}")
    return f"/p/skyline/calibration/sessions/{session.number}/minutes/"


def test_minutes_are_two_pages_at_most_and_cut_only_what_they_must(cora, browse_as):
    page, long, shortened = browse_as(cora), "it is explained word by word. " * 130, "are shortened"
    for people, cases in ((5, 10), (12, 10), (25, 10), (4, 3)):
        page.goto(held(cora, people, cases, long))
        assert printed_pages(page) <= 2, (people, cases)
        assert shortened in page.content()
        whose = page.locator(".minute p").first.inner_text()
        assert ("Santos" in whose) == (cases == 3), whose
    page.goto(held(cora, 6, 7, "it is explained. " * 4))
    assert printed_pages(page) <= 2
    assert shortened not in page.content()
    assert page.content().count("But it is explained. it is explained.") == 7
    assert "Santos" in page.locator(".minute p").first.inner_text()
