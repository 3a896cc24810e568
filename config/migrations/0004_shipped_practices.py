"""Every program begins with the techniques that ship: the database puts them into a new one."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from calibration.shipped import SHIPPED

# However a program is made: in the admin, by a command, by SQL by hand.
PUT = """
CREATE FUNCTION tala_ship_practices(program bigint) RETURNS void LANGUAGE sql AS $put$
    INSERT INTO calibration_bestpractice (
        program_id, number, key, kind, title, "when", "do", say, dont, who_may, guide, guide_place,
        authority, source, state, written_at, published_at, effective_from, reason, end_reason,
        version)
    SELECT program, coalesce((SELECT max(number) FROM calibration_bestpractice AS had
            WHERE had.program_id = program), 0) + place, gen_random_uuid(), 'technique',
        title, "when", "do", say, dont, who_may, guide, place,
        'interim', '', 'in_force', now(), now(), now(), '', '', 1
    FROM (VALUES {rows}) AS shipped (place, guide, title, "when", "do", say, dont, who_may)
$put$;

CREATE FUNCTION tala_program_made() RETURNS trigger LANGUAGE plpgsql AS $made$
BEGIN
    PERFORM tala_ship_practices(NEW.id);
    RETURN NULL;
END $made$;

CREATE TRIGGER practices_shipped AFTER INSERT ON people_program
    FOR EACH ROW EXECUTE FUNCTION tala_program_made();

SELECT tala_ship_practices(id) FROM people_program;
"""

TAKEN_BACK = """
DROP TRIGGER practices_shipped ON people_program;
DROP FUNCTION tala_program_made();
DROP FUNCTION tala_ship_practices(bigint);
"""

PARTS = ("guide", "title", "when", "do", "say", "dont", "who_may")


def put(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write what ships into a function of the database, and call it for the programs there are."""
    quoted = schema_editor.quote_value  # type: ignore[attr-defined]
    rows = ", ".join(
        f"({place}, {', '.join(quoted(getattr(card, part)) for part in PARTS)})"
        for place, card in enumerate(SHIPPED, start=1)
    )
    schema_editor.execute(PUT.replace("{rows}", rows), params=None)


def take_back(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put nothing into new programs any more; what is there stays."""
    schema_editor.execute(TAKEN_BACK, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0003_vectors_wanted"),
        ("people", "0001_initial"),
        ("calibration", "0001_initial"),
    ]
    operations = [migrations.RunPython(put, take_back)]
