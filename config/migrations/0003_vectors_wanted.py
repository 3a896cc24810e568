"""Whose concern is new or changed is noted by the database; a line's vector goes with it."""

from django.db import migrations

# They see COPY, bulk changes and SQL by hand as well.
NOTED = """
CREATE FUNCTION tala_vectors_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO calibration_vectorwanted (escalation) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE FUNCTION tala_vector_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO calibration_vectorwanted (escalation) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION tala_vectors_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM calibration_linevector AS kept USING removed WHERE kept.escalation_id = removed.id;
    RETURN NULL;
END $$;

CREATE TRIGGER vectors_insert AFTER INSERT ON escalations_escalation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tala_vectors_wanted();

CREATE TRIGGER vectors_update AFTER UPDATE OF concern ON escalations_escalation
    FOR EACH ROW WHEN (OLD.concern IS DISTINCT FROM NEW.concern)
    EXECUTE FUNCTION tala_vector_wanted();

CREATE TRIGGER vectors_delete AFTER DELETE ON escalations_escalation
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION tala_vectors_gone();

INSERT INTO calibration_vectorwanted (escalation) SELECT id FROM escalations_escalation ORDER BY id;
"""

UNNOTED = """
DROP TRIGGER vectors_insert ON escalations_escalation;
DROP TRIGGER vectors_update ON escalations_escalation;
DROP TRIGGER vectors_delete ON escalations_escalation;
DROP FUNCTION tala_vectors_wanted();
DROP FUNCTION tala_vector_wanted();
DROP FUNCTION tala_vectors_gone();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0002_demo_rows"),
        ("escalations", "0001_initial"),
        ("calibration", "0001_initial"),
    ]
    operations = [migrations.RunSQL(NOTED, UNNOTED)]
