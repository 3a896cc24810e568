"""Tries from an address are counted exactly, however many come at the same moment."""

import pytest
from django.db import connection
from django.test import RequestFactory

from people import attempts
from people.attempts import is_within

pytestmark = pytest.mark.django_db


@pytest.fixture
def tried(settings):
    settings.ACCOUNT_RATE_LIMITS = {"reply": "3/m/ip", "join": "1/m/ip"}

    def count(times, address="198.51.100.1", action="reply"):
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        return [is_within(request, action) for _ in range(times)]

    return count


def test_so_many_and_no_more_each_address_and_each_action_by_itself(tried):
    assert tried(5) == [True, True, True, False, False]
    assert tried(3, address="198.51.100.2") == [True] * 3
    assert tried(2, action="join") == [True, False]


def test_what_succeeded_is_taken_off_the_count_again(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "9/m/ip,2/m/key"}
    request = RequestFactory().post("/")
    for _ in range(5):
        attempts.tried(request, "login_failed", "tina").rollback()
    tina = [attempts.tried(request, "login_failed", "tina") for _ in range(3)]
    assert [bool(one) for one in tina] == [True, True, False]
    assert attempts.tried(request, "login_failed", "tom")


def test_when_the_time_is_over_it_starts_anew(tried):
    tried(9)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = now() WHERE cache_key LIKE 'tries:%'")
    assert tried(4) == [True, True, True, False]
