"""The first migration of an app: its tables at once are the tables its operations would make."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from people.tables_at_once import TablesAtOnce

LOCKED = UpsertTriggerSql(
    func="RETURN NULL;",
    hash="0",
    operation="DELETE",
    pgid="pgtrigger_book_is_kept",
    table="people_book",
    when="BEFORE",
)
OPERATIONS = [
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Book",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("title", models.TextField()),
            ("copies", models.PositiveSmallIntegerField(default=1)),
            ("bought_at", models.DateTimeField(db_default=Now())),
        ],
    ),
    migrations.AddField("Shelf", "first", models.ForeignKey("Book", models.CASCADE, null=True)),
    migrations.AddField("Book", "shelf", models.ForeignKey("Shelf", models.CASCADE)),
    migrations.AddIndex("Book", models.Index(fields=["shelf", "id"], name="book_of_shelf")),
    migrations.AddConstraint(
        "Book", models.CheckConstraint(condition=models.Q(id__gt=0), name="book_number")
    ),
    migrations.AddField("Book", "author", models.CharField(max_length=80, default="")),
    AddTrigger("book", Trigger(name="book_is_kept", sql=LOCKED)),
]

SHAPE = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE conrelid::regclass::text LIKE 'people\\_%%'
    UNION ALL
    SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'people\\_%%'
    UNION ALL
    SELECT table_name, column_name, concat_ws(
        ' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
    FROM information_schema.columns WHERE table_name LIKE 'people\\_%%'
    UNION ALL
    SELECT tgrelid::regclass::text, tgname,
        pg_get_triggerdef(pg_trigger.oid) || pg_get_functiondef(tgfoid)
    FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'people\\_%%'
    ORDER BY 1, 2, 3
"""


def shape() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        return [row for row in cursor.fetchall() if row[0] in {"people_shelf", "people_book"}]


def run(operations):
    """What the operations leave in the database; then what their way back leaves."""
    migration = migrations.Migration("0001_test", "people")
    migration.operations = operations
    start = ProjectState()
    with connection.schema_editor(atomic=False) as editor:
        migration.apply(start.clone(), editor)
    made = shape()
    with connection.schema_editor(atomic=False) as editor:
        migration.unapply(start.clone(), editor)
    return made, shape()


@pytest.mark.django_db(transaction=True)
def test_tables_made_at_once_are_those_made_one_by_one():
    one_by_one, _ = run(OPERATIONS)
    at_once, gone = run([TablesAtOnce(OPERATIONS)])
    assert at_once == one_by_one
    assert {"author", "book_number", "book_of_shelf", "bought_at", "copies", "title"} <= {
        name for _, name, _ in at_once
    }
    assert [name for _, name, how in at_once if "EXECUTE FUNCTION" in how] == [LOCKED.pgid]
    assert gone == []


@pytest.mark.django_db
def test_nothing_is_left_to_migrate():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
