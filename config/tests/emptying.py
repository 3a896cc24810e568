"""After a test that committed: empty the tables that hold rows, and only those.

Django's own way truncates every table and makes content types and permissions anew, which takes
as long as many of the tests themselves.
"""

import pgtrigger
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = frozenset({"auth_permission", "django_content_type", "django_site"})
"""What `migrate` puts there and no test changes."""


def empty_what_was_filled(case: TransactionTestCase) -> None:
    """Delete every row a test left; history last, since deleting is history too."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    while filled := _filled(tables):
        # Foreign keys are looked at when it ends; some triggers let nothing be deleted.
        with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
            for table in sorted(filled, key=lambda table: table.endswith("event")):
                cursor.execute(f'DELETE FROM "{table}"')


def _filled(tables: list[str]) -> list[str]:
    ask = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return [table for (table,) in cursor.fetchall()]


def use() -> None:
    """Let every transactional test end this way."""
    TransactionTestCase._fixture_teardown = empty_what_was_filled  # type: ignore[method-assign]
