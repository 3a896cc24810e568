"""The worker learns every program's topics, and reads their lines only when something changed."""

import pytest

from calibration import concerns, knowledge, likeness
from calibration.actions import learning, vectors
from calibration.tests.factories import log
from escalations.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgetful():
    """What a process keeps in mind belongs to one database."""
    for kept in (knowledge._KNOWN, concerns._RECENT, learning._SEEN):
        kept.clear()


def test_more_programs_than_are_kept_in_mind_are_not_read_again_and_again(sam, olga, monkeypatch):
    monkeypatch.setattr(knowledge, "MOST_PROGRAMS", 1)
    for member in (sam, olga):
        named = {"name": "Late fee", "slug": "late-fee", "created_by": member.user}
        log(member, "waive the fee", topic=Topic.objects.create(program=member.program, **named))
    vectors.make(seconds=None)
    assert learning.learn() == 2
    assert learning.learn() == 0
    read = []
    monkeypatch.setattr(knowledge, "_read", lambda known, program: read.append(program))
    assert learning.learn() == 0
    assert not read


def test_fewer_buckets_are_read_the_more_lines_a_program_has(monkeypatch):
    read = []
    monkeypatch.setattr(likeness, "_centres", lambda program: None)
    monkeypatch.setattr(
        "calibration.grouping.buckets.nearest_buckets", lambda asked, centres, most: [most]
    )
    for made in (20_000, 499_999, 500_000, 799_999, 800_000):
        read += likeness._buckets(1, None, made=made)
    assert read == [8, 8, 6, 6, 4]
