"""A ready statement answers as the plain one does, and is planned once for each connection."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from people.models import User
from people.ready import planned
from people.retries import whole

SOME = "SELECT username FROM people_user WHERE starts_with(username, %s) AND id < %s ORDER BY 1"


@pytest.fixture
def floor(sam, sol, mona):
    return User.objects.order_by("username")


def of_this_connection():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


def test_it_answers_each_time_with_the_values_of_that_time(floor, django_assert_num_queries):
    for begin in ("s", "sa", "%", "'; --"):
        said = [(user.username,) for user in floor if user.username.startswith(begin)]
        with django_assert_num_queries(1):
            assert planned(SOME, [begin, 10**9]) == said
    assert sum("starts_with(username, $1)" in text for text in of_this_connection()) == 1


def test_a_value_may_be_named_and_be_asked_for_twice(floor):
    sql = "SELECT %(n)s::integer + %(n)s::integer, %(words)s::text"
    assert planned(sql, {"n": 2, "words": "%s"}) == [(4, "%s")]
    assert planned(sql, {"n": 4, "words": ""}) == [(8, "")]
    assert planned("SELECT 7", []) == [(7,)]


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_is_gone_or_whose_columns_are_others_is_made_again():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept AS SELECT 7 AS n")
        assert planned("SELECT n FROM kept", []) == [(7,)]
        cursor.execute("ALTER TABLE kept ALTER n TYPE text")
        assert planned("SELECT n FROM kept", []) == [("7",)]
        cursor.execute("DEALLOCATE ALL")
        assert planned("SELECT n FROM kept", []) == [("7",)]
        cursor.execute("ALTER TABLE kept ALTER n TYPE integer USING n::integer")
        assert whole(lambda: planned("SELECT n FROM kept", []))() == [(7,)]
        cursor.execute("DROP TABLE kept")
    with pytest.raises(ProgrammingError, match="kept"):
        planned("SELECT n FROM kept", [])
    assert planned("SELECT 7", []) == [(7,)]
