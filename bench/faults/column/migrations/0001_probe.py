"""Adds a column to the log as a release would: with a default, in one short statement."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("escalations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE escalations_escalation ADD COLUMN probe integer NOT NULL DEFAULT 7",
            "ALTER TABLE escalations_escalation DROP COLUMN probe",
        )
    ]
