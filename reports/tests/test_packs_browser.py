"""Packs on paper: so many pages of A4, no chart cut at a page's end, nothing for screens only."""

from datetime import timedelta

import pytest

from config.tests.browser import printed_pages
from escalations.actions import topics as grouping
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = {"width": 688, "height": 1017}
"""What A4 with its margins leaves, in CSS pixels."""


def test_packs_print_on_a4_with_whole_charts(cora, mona, browse_as, axe):
    program = cora.program
    day = program.current_shift() - timedelta(days=40)
    topics = [grouping.create(f"Topic {n}", by=cora).topic for n in range(5)]
    agent = AgentFactory(program=program)
    for n in range(40):
        at = program.shift_bounds(day + n * timedelta(days=1))[0]
        a_line(
            cora, number=n + 1, agent=agent, occurred_at=at, topic=topics[n % 5], feedback="owed"
        )
    page = browse_as(mona)
    for which, most in (("week", 8), ("month", 24), ("client", 3)):
        page.goto(f"/p/skyline/reports/pack/{which}/?from={day + timedelta(days=10)}")
        if which == "week":
            axe(page)
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, width
        assert 1 <= printed_pages(page) <= most, which
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        charts = page.locator(".report-pack .chart")
        tall = charts.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
        assert tall, which
        assert max(tall) < PAPER["height"], which
        inside = charts.evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")
        assert set(inside) == {"avoid"}
        for hidden in (".top", ".btn", ".ch-table"):
            assert not page.locator(hidden).first.is_visible(), hidden
        page.emulate_media(media="screen")
