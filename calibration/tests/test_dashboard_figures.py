"""The captain's dashboard: few questions of the database, and every number leads to its rows."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calibration.actions.uses import record_use
from calibration.tests.factories import log, topic
from calibration.tests.practices import in_force
from calibration.tests.sessionworld import lines_of, make_session
from escalations.actions import topics

HOME = "/p/skyline/calibration/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def late_fee(cora, sam):
    """A topic in a session, and two lines of no topic for which nothing is known."""
    made = topic(cora, "Late fee", "waive the fee", "fee twice")
    make_session(made, lines_of(made), [cora.user, sam.user])
    for line in log(cora, "odd beep at night", "box speaks to me"):
        for who in (cora, sam):
            record_use(line, outcome="nothing", by=who)
    return made


def test_it_asks_twelve_questions_at_most(late_fee, cora, browse):
    browser = browse(cora)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as asked:
        text = browser.get(HOME).content.decode()
    assert len(asked) <= 12
    assert "session 1" in text


def test_the_gaps_are_counted_as_their_list_has_them(late_fee, cora, browse):
    text = browse(cora).get(HOME).content.decode()
    link = f"{HOME}topics/?gaps=1"
    assert f'<a href="{link}">2 concerns with nothing known</a>' in text
    assert browse(cora).get(link).content.decode().count('name="line"') == 2


def test_what_did_not_fit_leads_to_the_review_also_after_a_merge(late_fee, cora, sam, browse):
    old = topic(cora, "Fee for being late", "a fee for being late")
    card = in_force(cora, old)
    technique = in_force(cora, words={"title": "Breathe"})
    for practice, who in ((card, sam), (technique, cora)):
        said = {"outcome": "did_not_fit", "practice": practice, "reason": "Too old."}
        record_use(lines_of(old)[0], **said, by=who)
    topics.merge(old, late_fee, by=cora, key=uuid.uuid4())
    text = browse(cora).get(HOME).content.decode()
    shelf = '/p/skyline/practices/?state=review">2 of those in force did not fit lately'
    assert shelf in text
    assert "its answer did not fit 1 time" in text
    assert "no answer in force" not in text
