"""The tables of escalations."""

import datetime

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import escalations.models.escalation
from people.tables_at_once import TablesAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce(
            [
                migrations.CreateModel(
                    name="ClientAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one answer per item and key."
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("do_this", "Do this"),
                                    ("not_possible", "Not possible, final"),
                                    ("need_more", "Need more"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.TextField(blank=True, default="")),
                        ("said_by", models.CharField(max_length=120, verbose_name="name")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["item", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ClientContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one contact per user and key."
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "duty",
                            models.CharField(
                                blank=True, default="", max_length=120, verbose_name="what for"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ClientContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one contact per user and key."
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "duty",
                            models.CharField(
                                blank=True, default="", max_length=120, verbose_name="what for"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Escalation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The program's own running number."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one line per user and key."
                            ),
                        ),
                        ("content_digest", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "occurred_at",
                            models.DateTimeField(
                                help_text="To the minute.", verbose_name="time of escalation"
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="received"
                            ),
                        ),
                        (
                            "typed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When Enter was pressed; none for imports.",
                                null=True,
                                verbose_name="typed",
                            ),
                        ),
                        ("concern", models.TextField()),
                        ("resolution", models.TextField(blank=True, default="")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unresolved", "Unresolved"),
                                    ("forwarded", "Forwarded"),
                                    ("answered", "Answered"),
                                    ("resolved", "Resolved"),
                                    ("void", "Void"),
                                ],
                                default="resolved",
                                max_length=10,
                            ),
                        ),
                        (
                            "feedback",
                            models.CharField(
                                choices=[
                                    ("none", "No feedback"),
                                    ("owed", "Owed"),
                                    ("given", "Given"),
                                    ("acknowledged", "Acknowledged"),
                                ],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        (
                            "severity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1 worst"), (2, "2"), (3, "3"), (4, "4 mild")],
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                            ),
                        ),
                        ("offered", models.TextField(blank=True, default="")),
                        ("refused_because", models.TextField(blank=True, default="")),
                        ("wanted", models.TextField(blank=True, default="")),
                        (
                            "customer_ref",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=80,
                                verbose_name="customer reference",
                            ),
                        ),
                        (
                            "callback_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="promised call-back"
                            ),
                        ),
                        (
                            "called_back_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the promise was kept.",
                                null=True,
                                verbose_name="called back",
                            ),
                        ),
                        ("void_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=escalations.models.escalation.SearchText(
                                    "concern", "resolution", "customer_ref"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-occurred_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="EscalationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The program's own running number."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one line per user and key."
                            ),
                        ),
                        (
                            "occurred_at",
                            models.DateTimeField(
                                help_text="To the minute.", verbose_name="time of escalation"
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="received"
                            ),
                        ),
                        ("concern", models.TextField()),
                        ("resolution", models.TextField(blank=True, default="")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unresolved", "Unresolved"),
                                    ("forwarded", "Forwarded"),
                                    ("answered", "Answered"),
                                    ("resolved", "Resolved"),
                                    ("void", "Void"),
                                ],
                                default="resolved",
                                max_length=10,
                            ),
                        ),
                        (
                            "feedback",
                            models.CharField(
                                choices=[
                                    ("none", "No feedback"),
                                    ("owed", "Owed"),
                                    ("given", "Given"),
                                    ("acknowledged", "Acknowledged"),
                                ],
                                default="none",
                                max_length=12,
                            ),
                        ),
                        (
                            "severity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1 worst"), (2, "2"), (3, "3"), (4, "4 mild")],
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                            ),
                        ),
                        ("offered", models.TextField(blank=True, default="")),
                        ("refused_because", models.TextField(blank=True, default="")),
                        ("wanted", models.TextField(blank=True, default="")),
                        (
                            "customer_ref",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=80,
                                verbose_name="customer reference",
                            ),
                        ),
                        (
                            "callback_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="promised call-back"
                            ),
                        ),
                        (
                            "called_back_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the promise was kept.",
                                null=True,
                                verbose_name="called back",
                            ),
                        ),
                        ("void_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one note per user and key."
                            ),
                        ),
                        ("text", models.TextField(blank=True, default="")),
                        ("in_person", models.BooleanField(default=False)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "words",
                            models.TextField(
                                blank=True, default="", verbose_name="in the agent’s own words"
                            ),
                        ),
                        ("helped", models.BooleanField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["escalation", "round"],
                    },
                ),
                migrations.CreateModel(
                    name="FeedbackNoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one note per user and key."
                            ),
                        ),
                        ("text", models.TextField(blank=True, default="")),
                        ("in_person", models.BooleanField(default=False)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "words",
                            models.TextField(
                                blank=True, default="", verbose_name="in the agent’s own words"
                            ),
                        ),
                        ("helped", models.BooleanField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one call per user and key."
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(help_text="When the call had been promised for."),
                        ),
                        ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("result", models.TextField()),
                        (
                            "satisfaction",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (5, "5, very"),
                                    (4, "4"),
                                    (3, "3"),
                                    (2, "2"),
                                    (1, "1, not at all"),
                                ],
                                help_text="1 to 5; none: not asked.",
                                null=True,
                            ),
                        ),
                        ("again_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-done_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one call per user and key."
                            ),
                        ),
                        (
                            "due_at",
                            models.DateTimeField(help_text="When the call had been promised for."),
                        ),
                        ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("result", models.TextField()),
                        (
                            "satisfaction",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (5, "5, very"),
                                    (4, "4"),
                                    (3, "3"),
                                    (2, "2"),
                                    (1, "1, not at all"),
                                ],
                                help_text="1 to 5; none: not asked.",
                                null=True,
                            ),
                        ),
                        ("again_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ForwardedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "round",
                            models.PositiveSmallIntegerField(
                                help_text="The how-manieth letter about this line."
                            ),
                        ),
                        ("question", models.TextField(blank=True, default="")),
                        ("concern", models.TextField()),
                        ("offered", models.TextField(blank=True, default="")),
                        ("refused_because", models.TextField(blank=True, default="")),
                        ("wanted", models.TextField(blank=True, default="")),
                        (
                            "is_open",
                            models.BooleanField(
                                default=False, help_text="With the client: sent, no answer yet."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["forwarding", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="Forwarding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The program's own running number of letters."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one letter per user and key."
                            ),
                        ),
                        ("subject", models.CharField(max_length=150)),
                        ("opening", models.TextField(blank=True, default="")),
                        ("closing", models.TextField(blank=True, default="")),
                        (
                            "with_names",
                            models.BooleanField(default=False, verbose_name="name agents"),
                        ),
                        (
                            "with_references",
                            models.BooleanField(
                                default=False, verbose_name="give customer references"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("sent", "With the client"),
                                    ("answered", "Answered"),
                                    ("recalled", "Recalled"),
                                    ("discarded", "Discarded"),
                                ],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Until when the client promised an answer.",
                                null=True,
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its last open item was answered.",
                                null=True,
                            ),
                        ),
                        ("recalled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", help_text="Of the recall.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="ForwardingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The program's own running number of letters."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one letter per user and key."
                            ),
                        ),
                        ("subject", models.CharField(max_length=150)),
                        ("opening", models.TextField(blank=True, default="")),
                        ("closing", models.TextField(blank=True, default="")),
                        (
                            "with_names",
                            models.BooleanField(default=False, verbose_name="name agents"),
                        ),
                        (
                            "with_references",
                            models.BooleanField(
                                default=False, verbose_name="give customer references"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("sent", "With the client"),
                                    ("answered", "Answered"),
                                    ("recalled", "Recalled"),
                                    ("discarded", "Discarded"),
                                ],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Until when the client promised an answer.",
                                null=True,
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its last open item was answered.",
                                null=True,
                            ),
                        ),
                        ("recalled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", help_text="Of the recall.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HourCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "hour",
                            models.DateTimeField(
                                help_text="The instant at which the hour begins, in UTC."
                            ),
                        ),
                        ("lines", models.IntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "source_name",
                            models.CharField(
                                help_text="The file's name, or “Pasted rows”.", max_length=200
                            ),
                        ),
                        (
                            "source",
                            models.BinaryField(
                                blank=True,
                                help_text="The sheet as text, packed, until it is confirmed.",
                                null=True,
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "shift",
                            models.DateField(
                                help_text="The shift day the first undated time belongs to."
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "Being read"),
                                    ("staged", "Waiting for your confirmation"),
                                    ("writing", "Being added"),
                                    ("done", "Added"),
                                    ("undoing", "Being undone"),
                                    ("undone", "Undone"),
                                    ("discarded", "Discarded"),
                                    ("failed", "Stopped"),
                                ],
                                default="reading",
                                max_length=10,
                            ),
                        ),
                        ("problem", models.CharField(blank=True, default="", max_length=300)),
                        (
                            "headings",
                            models.JSONField(default=list, help_text="The heading row's cells."),
                        ),
                        ("headings_key", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "heading_row",
                            models.PositiveIntegerField(
                                default=0, help_text="0: the sheet has no headings."
                            ),
                        ),
                        (
                            "mapping",
                            models.JSONField(
                                default=list, help_text="Per column the field it holds, or empty."
                            ),
                        ),
                        (
                            "decisions",
                            models.JSONField(
                                default=dict,
                                help_text="What was said about proposals, by kind and by row.",
                            ),
                        ),
                        (
                            "counts",
                            models.JSONField(
                                default=dict, help_text="What the preview and the result say."
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "done",
                            models.PositiveIntegerField(
                                default=0, help_text="Rows the present step has dealt with."
                            ),
                        ),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The row's number in the sheet, from 1."
                            ),
                        ),
                        ("cells", models.JSONField(default=list)),
                        ("reading", models.JSONField(blank=True, null=True)),
                        ("repairs", models.JSONField(default=list)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("add", "To be added"),
                                    ("duplicate", "Already there"),
                                    ("skipped", "Left out"),
                                    ("unreadable", "Cannot be read"),
                                    ("added", "Added"),
                                    ("removed", "Removed again"),
                                    ("kept", "Changed since, kept"),
                                ],
                                default="unreadable",
                                max_length=10,
                            ),
                        ),
                        ("problem_column", models.CharField(blank=True, default="", max_length=60)),
                        ("problem", models.CharField(blank=True, default="", max_length=300)),
                        ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                    ],
                    options={
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="LogWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("word", models.CharField(db_collation="C", max_length=40)),
                    ],
                ),
                migrations.CreateModel(
                    name="MaskedNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                help_text="The line's field it was typed into.", max_length=20
                            ),
                        ),
                        ("first", models.CharField(max_length=6)),
                        ("last", models.CharField(max_length=4)),
                        (
                            "digits",
                            models.PositiveSmallIntegerField(help_text="How many digits it has."),
                        ),
                        ("masked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("not_a_card_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["masked_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MaskedNumberEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "field",
                            models.CharField(
                                help_text="The line's field it was typed into.", max_length=20
                            ),
                        ),
                        ("first", models.CharField(max_length=6)),
                        ("last", models.CharField(max_length=4)),
                        (
                            "digits",
                            models.PositiveSmallIntegerField(help_text="How many digits it has."),
                        ),
                        ("masked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("not_a_card_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Numbering",
                    fields=[
                        (
                            "program",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="people.program",
                            ),
                        ),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.AddField(
                    model_name="clientanswer",
                    name="recorded_by",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The manager who wrote down what the client said elsewhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontact",
                    name="added_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontact",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="client_contacts",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontactevent",
                    name="added_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontactevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontactevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="escalations.clientcontact",
                    ),
                ),
                migrations.AddField(
                    model_name="clientcontactevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="agent",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="people.agent",
                    ),
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="logged_by",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Who sees to it while it is unresolved.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="agent",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.agent",
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="logged_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="owner",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Who sees to it while it is unresolved.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="past",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknote",
                    name="acknowledged_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknote",
                    name="escalation",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknote",
                    name="given_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknote",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknote",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="acknowledged_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="escalation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="given_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="escalations.feedbacknote",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="feedbacknoteevent",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="done_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="escalation",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="done_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="escalation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="escalations.followup",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="withdrawn_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="forwardeditem",
                    name="escalation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded_items",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="clientanswer",
                    name="item",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="escalations.forwardeditem",
                    ),
                ),
                migrations.AddField(
                    model_name="forwarding",
                    name="contact",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwardings",
                        to="escalations.clientcontact",
                    ),
                ),
                migrations.AddField(
                    model_name="forwarding",
                    name="message",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.message",
                    ),
                ),
                migrations.AddField(
                    model_name="forwarding",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwardings",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="forwarding",
                    name="sent_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="forwarding",
                    name="written_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwardings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="forwardeditem",
                    name="forwarding",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="escalations.forwarding",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="contact",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.clientcontact",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="message",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.message",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="escalations.forwarding",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="sent_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="forwardingevent",
                    name="written_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="hourcount",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="agents",
                    field=models.ManyToManyField(
                        help_text="Those it added.", related_name="+", to="people.agent"
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="undone_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="escalationevent",
                    name="imported_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.import",
                    ),
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="imported_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="escalations.import",
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="batch",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="escalations.import",
                    ),
                ),
                migrations.AddField(
                    model_name="importrow",
                    name="line",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The line it became; taken off again by whoever takes the line out.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="logword",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumber",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumber",
                    name="escalation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="masked_numbers",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumber",
                    name="not_a_card_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumber",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="escalation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="not_a_card_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="escalations.maskednumber",
                    ),
                ),
                migrations.AddField(
                    model_name="maskednumberevent",
                    name="program",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="QuickText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one text per user and key."
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quick_texts",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="QuickTextEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one text per user and key."
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="escalations.quicktext",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("half", "Half of the promised time is over"),
                                    ("near", "Nine tenths of the promised time are over"),
                                    ("overdue", "The promised time is over"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("due_at", models.DateTimeField(help_text="The promise it reminds of.")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "forwarding",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="escalations.forwarding",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(default="reply", editable=False, max_length=10),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="escalations.clientcontact",
                            ),
                        ),
                        (
                            "forwarding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="escalations.forwarding",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "slug",
                            models.SlugField(
                                help_text="Stays the same when the name changes.", max_length=80
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="swallowed",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": [django.db.models.functions.text.Lower("name"), "pk"],
                    },
                ),
                migrations.AddField(
                    model_name="escalation",
                    name="topic",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="escalations.topic",
                    ),
                ),
                migrations.CreateModel(
                    name="TopicEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=80)),
                        (
                            "slug",
                            models.SlugField(
                                db_index=False,
                                help_text="Stays the same when the name changes.",
                                max_length=80,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TopicStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("create", "New topic"),
                                    ("group", "Grouped"),
                                    ("merge", "Merged"),
                                    ("split", "Split"),
                                    ("rename", "Renamed"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one step per user and key."
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("name_before", models.CharField(blank=True, default="", max_length=80)),
                        ("name_after", models.CharField(blank=True, default="", max_length=80)),
                        (
                            "lines",
                            models.PositiveIntegerField(
                                default=0, help_text="How many lines it moved."
                            ),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_steps",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                blank=True,
                                help_text="The topic that was merged away or split.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps_from",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_steps",
                                to="people.program",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where the lines went; the renamed one. None: out of all topics.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TopicMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "escalation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="topic_moves",
                                to="escalations.escalation",
                            ),
                        ),
                        (
                            "from_topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "to_topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="escalations.topic",
                            ),
                        ),
                        (
                            "step",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="escalations.topicstep",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Touched",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        ("reaches", models.DateTimeField()),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Vocabulary",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "read_to",
                            models.BigIntegerField(
                                default=0, help_text="The primary key of the last line read."
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="vocabulary_one"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="clientcontact",
                    constraint=models.UniqueConstraint(
                        fields=("added_by", "key"), name="client_contact_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcontact",
                    constraint=models.UniqueConstraint(
                        models.F("program"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("removed_at", None)),
                        name="client_contact_address_once",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clientcontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="added_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_clientcontactevent" ("added_by_id", "duty", "email", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "removed_at", "version") VALUES (NEW."added_by_id", NEW."duty", NEW."email", NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."program_id", NEW."removed_at", NEW."version"); RETURN NULL;',
                            hash="e4e80d7f9ba2c37ab41504e6b53f7b89d1e8b52f",
                            operation="INSERT",
                            pgid="pgtrigger_added_insert_f003b",
                            table="escalations_clientcontact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clientcontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_clientcontactevent" ("added_by_id", "duty", "email", "id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "removed_at", "version") VALUES (OLD."added_by_id", OLD."duty", OLD."email", OLD."id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."removed_at", OLD."version"); RETURN NULL;',
                            hash="4bf4b17bfaffc897f0b1ee60c4a9cb68e9faa9a6",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_0ccb1",
                            table="escalations_clientcontact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.UniqueConstraint(
                        fields=("escalation", "round"), name="note_round_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.UniqueConstraint(
                        fields=("given_by", "key"), name="note_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("escalation",),
                        name="note_one_standing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("in_person", False), ("text", ""), _negated=True),
                        name="note_says_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at", None),
                                ("acknowledged_by", None),
                                ("helped", None),
                                ("words", ""),
                            ),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="note_acknowledged_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedbacknote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="note_withdrawn_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedbacknote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_feedbacknoteevent" ("acknowledged_at", "acknowledged_by_id", "escalation_id", "given_at", "given_by_id", "helped", "id", "in_person", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "round", "text", "version", "withdrawn_at", "withdrawn_by_id", "words") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."escalation_id", OLD."given_at", OLD."given_by_id", OLD."helped", OLD."id", OLD."in_person", OLD."key", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."round", OLD."text", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."words"); RETURN NULL;',
                            hash="9e6f3e041a661885084492a677f71dd001723393",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_d57b5",
                            table="escalations_feedbacknote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedbacknote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_feedbacknoteevent" ("acknowledged_at", "acknowledged_by_id", "escalation_id", "given_at", "given_by_id", "helped", "id", "in_person", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "round", "text", "version", "withdrawn_at", "withdrawn_by_id", "words") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."escalation_id", OLD."given_at", OLD."given_by_id", OLD."helped", OLD."id", OLD."in_person", OLD."key", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."round", OLD."text", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."words"); RETURN NULL;',
                            hash="0ae4ec7b7f12232fc5acfd1a0925b905d0d8b9a8",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_9f41b",
                            table="escalations_feedbacknote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedbacknote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="62097278f785272968b21cb338acac6d1232814b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_touches_lines_insert_f3235",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="escalations_feedbacknote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedbacknote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="288545ab5e4c94d739dba26ee3a604fa6c8144c3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_touches_lines_update_6b2ed",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="escalations_feedbacknote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedbacknote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="4f4394d9b96913bbec964f4e77d012742b008de7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_touches_lines_delete_faa52",
                            referencing="REFERENCING OLD TABLE AS said ",
                            table="escalations_feedbacknote",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="followup",
                    index=models.Index(fields=["escalation", "-done_at"], name="follow_up_of_line"),
                ),
                migrations.AddIndex(
                    model_name="followup",
                    index=models.Index(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=["program", "-done_at", "-id"],
                        name="follow_up_done",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.UniqueConstraint(
                        fields=("done_by", "key"), name="follow_up_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("result", ""), _negated=True),
                        name="follow_up_has_result",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("satisfaction", None), ("satisfaction__range", (1, 5)), _connector="OR"
                        ),
                        name="follow_up_content_1_to_5",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("again_at", None),
                            ("again_at__gt", models.F("done_at")),
                            _connector="OR",
                        ),
                        name="follow_up_again_later",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="followup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_withdrawn_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_followupevent" ("again_at", "done_at", "done_by_id", "due_at", "escalation_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "result", "satisfaction", "version", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."again_at", OLD."done_at", OLD."done_by_id", OLD."due_at", OLD."escalation_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."result", OLD."satisfaction", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="297b557a23451a9183df79af2488cb51e15d3fb3",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_947a4",
                            table="escalations_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_followupevent" ("again_at", "done_at", "done_by_id", "due_at", "escalation_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "result", "satisfaction", "version", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."again_at", OLD."done_at", OLD."done_by_id", OLD."due_at", OLD."escalation_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."result", OLD."satisfaction", OLD."version", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="85f7996e213fc2282d716c20608a18b3c585aa61",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_f3029",
                            table="escalations_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="7b78ee441c3da19a7ceca5911844e8c4fcb7ac81",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_touches_lines_insert_69f65",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="escalations_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="cda96e4a696c638e9676481be6d60b9d52ff2ef4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_touches_lines_update_ec9d6",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="escalations_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="e9b36ab0b3a7bf0ff89ff96a04e5511e7a01d1d2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_touches_lines_delete_406a0",
                            referencing="REFERENCING OLD TABLE AS said ",
                            table="escalations_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientanswer",
                    constraint=models.UniqueConstraint(
                        fields=("item", "key"), name="client_answer_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["do_this", "not_possible", "need_more"])
                        ),
                        name="client_answer_verdict_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "not_possible"),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="client_answer_do_what",
                    ),
                ),
                migrations.AddIndex(
                    model_name="forwarding",
                    index=models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["due_at", "id"],
                        name="forwarding_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwarding",
                    constraint=models.UniqueConstraint(
                        fields=("program", "number"), name="forwarding_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwarding",
                    constraint=models.UniqueConstraint(
                        fields=("written_by", "key"), name="forwarding_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwarding",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_at", None),
                                ("message", None),
                                ("sent_at", None),
                                ("sent_by", None),
                                ("state__in", ["draft", "discarded"]),
                            ),
                            models.Q(
                                ("contact__isnull", False),
                                ("due_at__isnull", False),
                                ("message__isnull", False),
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                ("state__in", ["sent", "answered", "recalled"]),
                            ),
                            _connector="OR",
                        ),
                        name="forwarding_sent_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwarding",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recalled_at__isnull", False), ("state", "recalled")),
                            models.Q(
                                models.Q(("state", "recalled"), _negated=True),
                                ("recalled_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="forwarding_recalled_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="forwarding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="written_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_forwardingevent" ("answered_at", "closing", "contact_id", "due_at", "id", "key", "message_id", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "reason", "recalled_at", "sent_at", "sent_by_id", "state", "subject", "version", "with_names", "with_references", "written_at", "written_by_id") VALUES (NEW."answered_at", NEW."closing", NEW."contact_id", NEW."due_at", NEW."id", NEW."key", NEW."message_id", NEW."number", NEW."opening", _pgh_attach_context(), NOW(), \'written\', NEW."id", NEW."program_id", NEW."reason", NEW."recalled_at", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."subject", NEW."version", NEW."with_names", NEW."with_references", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="39f0f93b6d71fc9befa812fd90c278d1f91e3146",
                            operation="INSERT",
                            pgid="pgtrigger_written_insert_8580e",
                            table="escalations_forwarding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="forwarding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_forwardingevent" ("answered_at", "closing", "contact_id", "due_at", "id", "key", "message_id", "number", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "reason", "recalled_at", "sent_at", "sent_by_id", "state", "subject", "version", "with_names", "with_references", "written_at", "written_by_id") VALUES (OLD."answered_at", OLD."closing", OLD."contact_id", OLD."due_at", OLD."id", OLD."key", OLD."message_id", OLD."number", OLD."opening", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."reason", OLD."recalled_at", OLD."sent_at", OLD."sent_by_id", OLD."state", OLD."subject", OLD."version", OLD."with_names", OLD."with_references", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="6b6fb19e349ea08b8980d40e904f32b15e1feb02",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_9df7c",
                            table="escalations_forwarding",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwardeditem",
                    constraint=models.UniqueConstraint(
                        fields=("forwarding", "escalation"), name="forwarded_item_once_a_letter"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwardeditem",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("forwarding", "position"),
                        name="forwarded_item_position_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forwardeditem",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_open", True)),
                        fields=("escalation",),
                        name="forwarded_item_open_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hourcount",
                    constraint=models.UniqueConstraint(
                        fields=("program", "hour"), name="hour_counted_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(fields=["program", "-created_at"], name="import_latest"),
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(fields=["program", "sha256"], name="import_same_file"),
                ),
                migrations.AddIndex(
                    model_name="import",
                    index=models.Index(
                        fields=["program", "headings_key"], name="import_same_headings"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="import_confirmed_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_undone_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrow",
                    constraint=models.UniqueConstraint(
                        fields=("batch", "number"), name="import_row_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="logword",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                        name="log_word_alike",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="logword",
                    constraint=models.UniqueConstraint(
                        fields=("program", "word"), name="log_word_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="maskednumber",
                    index=models.Index(
                        condition=models.Q(("not_a_card_at__isnull", False)),
                        fields=["program"],
                        name="masked_number_let_through",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maskednumber",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first__regex", "^\\d{6}$"), ("last__regex", "^\\d{4}$")
                        ),
                        name="masked_number_truncated",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maskednumber",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("digits__range", (13, 19))),
                        name="masked_number_13_to_19",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maskednumber",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("not_a_card_at__isnull", True), ("not_a_card_by__isnull", True)
                            ),
                            models.Q(
                                ("not_a_card_at__isnull", False), ("not_a_card_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="masked_number_not_a_card_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="maskednumber",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_maskednumberevent" ("by_id", "digits", "escalation_id", "field", "first", "id", "last", "masked_at", "not_a_card_at", "not_a_card_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id") VALUES (OLD."by_id", OLD."digits", OLD."escalation_id", OLD."field", OLD."first", OLD."id", OLD."last", OLD."masked_at", OLD."not_a_card_at", OLD."not_a_card_by_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id"); RETURN NULL;',
                            hash="3183c37d275ac55631db0129242e474cb708088b",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_b623b",
                            table="escalations_maskednumber",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="maskednumber",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_maskednumberevent" ("by_id", "digits", "escalation_id", "field", "first", "id", "last", "masked_at", "not_a_card_at", "not_a_card_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id") VALUES (OLD."by_id", OLD."digits", OLD."escalation_id", OLD."field", OLD."first", OLD."id", OLD."last", OLD."masked_at", OLD."not_a_card_at", OLD."not_a_card_by_id", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id"); RETURN NULL;',
                            hash="542a7d6368f56c6aa8b4b973038f7e1997bf88ca",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_6a52e",
                            table="escalations_maskednumber",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quicktext",
                    constraint=models.UniqueConstraint(
                        fields=("added_by", "key"), name="quick_text_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quicktext",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="quick_text_said"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quicktext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_quicktextevent" ("added_at", "added_by_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "removed_at", "text", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."removed_at", OLD."text", OLD."version"); RETURN NULL;',
                            hash="1f58d4376302ab9def087a5f42305ec799eb0f55",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_db049",
                            table="escalations_quicktext",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quicktext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_quicktextevent" ("added_at", "added_by_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "removed_at", "text", "version") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."removed_at", OLD."text", OLD."version"); RETURN NULL;',
                            hash="31d7e01f3b7cbe2b62f2ffe1814f4355c77c047d",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_b2421",
                            table="escalations_quicktext",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reminder",
                    constraint=models.UniqueConstraint(
                        fields=("forwarding", "kind", "due_at"), name="reminder_once_a_promise"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="replylink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("purpose", "reply")), name="reply_link_for_replies"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topic",
                    constraint=models.UniqueConstraint(
                        fields=("program", "slug"), name="topic_slug_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topic",
                    constraint=models.UniqueConstraint(
                        models.F("program"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("merged_into", None), ("withdrawn_at", None)),
                        name="topic_name_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topic",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="topic_named"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topic",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="topic_not_into_itself",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="topic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "escalations_topicevent" ("created_at", "created_by_id", "id", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slug", "withdrawn_at") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."slug", OLD."withdrawn_at"); RETURN NULL;',
                            hash="f2525696ed5e653e3436b10156417464f992e5d6",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_548a1",
                            table="escalations_topic",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="topic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_its_answers",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id"))',
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT one.program_id, one.effective_from, coalesce(one.effective_until, now()), one.effective_from FROM calibration_bestpractice AS one WHERE one.program_id = NEW.program_id AND one.kind = 'answer' AND one.effective_from IS NOT NULL; RETURN NULL;",
                            hash="1262f0c8863a14cb27a45daa658389201bdfbbff",
                            operation="UPDATE",
                            pgid="pgtrigger_touches_its_answers_1a59a",
                            table="escalations_topic",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "-occurred_at", "-id"],
                        include=("agent", "status", "feedback", "logged_by", "topic"),
                        name="escalation_sheet",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "agent", "-occurred_at", "-id"],
                        include=("status", "feedback", "logged_by", "topic"),
                        name="escalation_by_agent",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "status", "-occurred_at", "-id"],
                        include=("agent", "feedback", "logged_by", "topic"),
                        name="escalation_by_status",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "feedback", "-occurred_at", "-id"],
                        include=("agent", "status", "logged_by", "topic"),
                        name="escalation_by_feedback",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "logged_by", "-occurred_at", "-id"],
                        include=("agent", "status", "feedback", "topic"),
                        name="escalation_by_sme",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        fields=["program", "topic", "-occurred_at", "-id"],
                        include=("agent", "status", "feedback", "logged_by"),
                        name="escalation_by_topic",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        models.F("program"),
                        django.db.models.functions.comparison.Coalesce("severity", 5),
                        django.db.models.functions.comparison.Coalesce(
                            "callback_at",
                            models.Value(
                                datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC)
                            ),
                        ),
                        models.F("occurred_at"),
                        models.F("id"),
                        condition=models.Q(("status", "unresolved")),
                        include=("topic", "owner"),
                        name="escalation_waiting",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        models.F("program"),
                        models.F("topic"),
                        django.db.models.functions.comparison.Coalesce("severity", 5),
                        django.db.models.functions.comparison.Coalesce(
                            "callback_at",
                            models.Value(
                                datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC)
                            ),
                        ),
                        models.F("occurred_at"),
                        models.F("id"),
                        condition=models.Q(("status", "unresolved")),
                        include=("owner", "severity"),
                        name="escalation_waiting_topic",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        models.F("program"),
                        models.F("owner"),
                        django.db.models.functions.comparison.Coalesce("severity", 5),
                        django.db.models.functions.comparison.Coalesce(
                            "callback_at",
                            models.Value(
                                datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC)
                            ),
                        ),
                        models.F("occurred_at"),
                        models.F("id"),
                        condition=models.Q(("status", "unresolved")),
                        include=("topic",),
                        name="escalation_waiting_owner",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        condition=models.Q(
                            ("feedback", "owed"), models.Q(("status", "void"), _negated=True)
                        ),
                        fields=["program", "logged_by", "occurred_at", "id"],
                        include=("agent",),
                        name="escalation_owed",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        condition=models.Q(
                            ("callback_at__isnull", False),
                            ("called_back_at", None),
                            models.Q(("status", "void"), _negated=True),
                        ),
                        fields=["program", "callback_at", "id"],
                        include=("logged_by",),
                        name="escalation_promised",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        condition=models.Q(("imported_by__isnull", False)),
                        fields=["imported_by"],
                        name="escalation_imported",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=models.Index(
                        condition=models.Q(("customer_ref", ""), _negated=True),
                        fields=["program", "customer_ref", "occurred_at", "id"],
                        include=("status",),
                        name="escalation_by_customer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="escalation",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_text", name="gin_trgm_ops"),
                        name="escalation_search",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.UniqueConstraint(
                        fields=("program", "number"), name="escalation_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.UniqueConstraint(
                        fields=("logged_by", "key"), name="escalation_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("fingerprint", ""), _negated=True),
                        fields=("program", "fingerprint"),
                        name="escalation_fingerprint_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["unresolved", "forwarded", "answered", "resolved", "void"],
                            )
                        ),
                        name="escalation_status_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("feedback__in", ["none", "owed", "given", "acknowledged"])
                        ),
                        name="escalation_feedback_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("severity__isnull", True), ("severity__range", (1, 4)), _connector="OR"
                        ),
                        name="escalation_severity_1_to_4",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status", "void"), ("void_reason", ""), _connector="XOR"
                        ),
                        name="escalation_void_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("concern", ""), _negated=True),
                        name="escalation_concern_said",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="escalation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("called_back_at", None),
                            ("callback_at__isnull", False),
                            _connector="OR",
                        ),
                        name="escalation_called_back_as_promised",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agent_id" IS DISTINCT FROM (NEW."agent_id") OR OLD."callback_at" IS DISTINCT FROM (NEW."callback_at") OR OLD."called_back_at" IS DISTINCT FROM (NEW."called_back_at") OR OLD."concern" IS DISTINCT FROM (NEW."concern") OR OLD."customer_ref" IS DISTINCT FROM (NEW."customer_ref") OR OLD."feedback" IS DISTINCT FROM (NEW."feedback") OR OLD."fingerprint" IS DISTINCT FROM (NEW."fingerprint") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."imported_by_id" IS DISTINCT FROM (NEW."imported_by_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."logged_by_id" IS DISTINCT FROM (NEW."logged_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."offered" IS DISTINCT FROM (NEW."offered") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."refused_because" IS DISTINCT FROM (NEW."refused_because") OR OLD."resolution" IS DISTINCT FROM (NEW."resolution") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."void_reason" IS DISTINCT FROM (NEW."void_reason") OR OLD."wanted" IS DISTINCT FROM (NEW."wanted"))',
                            func='INSERT INTO "escalations_escalationevent" ("agent_id", "callback_at", "called_back_at", "concern", "customer_ref", "feedback", "fingerprint", "id", "imported_by_id", "key", "logged_by_id", "number", "occurred_at", "offered", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "received_at", "refused_because", "resolution", "severity", "status", "version", "void_reason", "wanted") VALUES (OLD."agent_id", OLD."callback_at", OLD."called_back_at", OLD."concern", OLD."customer_ref", OLD."feedback", OLD."fingerprint", OLD."id", OLD."imported_by_id", OLD."key", OLD."logged_by_id", OLD."number", OLD."occurred_at", OLD."offered", OLD."owner_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."received_at", OLD."refused_because", OLD."resolution", OLD."severity", OLD."status", OLD."version", OLD."void_reason", OLD."wanted"); RETURN NULL;',
                            hash="f7a0677b5f53355efebecd352e847fced85c8e7b",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_83930",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "escalations_escalationevent" ("agent_id", "callback_at", "called_back_at", "concern", "customer_ref", "feedback", "fingerprint", "id", "imported_by_id", "key", "logged_by_id", "number", "occurred_at", "offered", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "received_at", "refused_because", "resolution", "severity", "status", "version", "void_reason", "wanted") VALUES (OLD."agent_id", OLD."callback_at", OLD."called_back_at", OLD."concern", OLD."customer_ref", OLD."feedback", OLD."fingerprint", OLD."id", OLD."imported_by_id", OLD."key", OLD."logged_by_id", OLD."number", OLD."occurred_at", OLD."offered", OLD."owner_id", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."received_at", OLD."refused_because", OLD."resolution", OLD."severity", OLD."status", OLD."version", OLD."void_reason", OLD."wanted"); RETURN NULL;',
                            hash="5e75596479cadadf7f5a4e4d2695c30ab6fb940e",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_77389",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hours_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_hourcount AS kept (program_id, hour, lines) SELECT program_id, date_trunc('hour', occurred_at, 'UTC'), count(*) FROM added GROUP BY 1, 2 HAVING count(*) <> 0 ORDER BY 1, 2 ON CONFLICT (program_id, hour) DO UPDATE SET lines = kept.lines + EXCLUDED.lines; RETURN NULL;",
                            hash="3cdfa54abd4b874e227c5669ec9b076cdd775525",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_hours_insert_780d4",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hours_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_hourcount AS kept (program_id, hour, lines) SELECT program_id, date_trunc('hour', occurred_at, 'UTC'), -count(*) FROM removed GROUP BY 1, 2 HAVING -count(*) <> 0 ORDER BY 1, 2 ON CONFLICT (program_id, hour) DO UPDATE SET lines = kept.lines + EXCLUDED.lines; RETURN NULL;",
                            hash="2ba10694ae3cbe4c8fb4b71f4aaf3727155c89fc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_hours_delete_a7984",
                            referencing="REFERENCING OLD TABLE AS removed ",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hours_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id"))',
                            func="INSERT INTO escalations_hourcount AS kept (program_id, hour, lines) SELECT program_id, hour, sum(lines) FROM (VALUES (OLD.program_id, date_trunc('hour', OLD.occurred_at, 'UTC'), -1), (NEW.program_id, date_trunc('hour', NEW.occurred_at, 'UTC'), 1)) AS moved (program_id, hour, lines) GROUP BY 1, 2 HAVING sum(lines) <> 0 ORDER BY 1, 2 ON CONFLICT (program_id, hour) DO UPDATE SET lines = kept.lines + EXCLUDED.lines; RETURN NULL;",
                            hash="e9dd785b23b2c57e6943b66b99e0073926aed1c7",
                            operation="UPDATE",
                            pgid="pgtrigger_hours_update_8725d",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hours_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="DELETE FROM escalations_hourcount; RETURN NULL;",
                            hash="7e0c9cc9335d0e39270654de5ca12addd28fef66",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_hours_truncate_ba55e",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touched_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT program_id, date_trunc('hour', added.occurred_at, 'UTC'), true FROM added) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="a336d71877203c0e79df1857ad20071fe9a85f43",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_touched_insert_2af1c",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touched_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT program_id, date_trunc('hour', removed.occurred_at, 'UTC'), true FROM removed) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="0930cfb411f648db1b4f83313a35e367f7c642e8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_touched_delete_719a3",
                            referencing="REFERENCING OLD TABLE AS removed ",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touched_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT program_id, date_trunc('hour', was.occurred_at, 'UTC'), false FROM was UNION ALL SELECT program_id, date_trunc('hour', is_now.occurred_at, 'UTC'), false FROM is_now UNION ALL SELECT program_id, date_trunc('hour', one.occurred_at, 'UTC'), true FROM (SELECT id, program_id, occurred_at, agent_id, topic_id, customer_ref, status = 'void' FROM was EXCEPT SELECT id, program_id, occurred_at, agent_id, topic_id, customer_ref, status = 'void' FROM is_now) AS one UNION ALL SELECT program_id, date_trunc('hour', one.occurred_at, 'UTC'), true FROM (SELECT id, program_id, occurred_at, agent_id, topic_id, customer_ref, status = 'void' FROM is_now EXCEPT SELECT id, program_id, occurred_at, agent_id, topic_id, customer_ref, status = 'void' FROM was) AS one) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="aadce05f3d4b854c24fb75ea6340104f77dc8c7e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_touched_update_d6426",
                            referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS is_now ",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="escalation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touched_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT id, '-infinity', 'infinity', 'infinity' FROM people_program; RETURN NULL;",
                            hash="f103712642d7ba729431eb48fd75b1d8f9e9b94b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_touched_truncate_1a1ec",
                            table="escalations_escalation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topicstep",
                    constraint=models.UniqueConstraint(
                        fields=("by", "key"), name="topic_step_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topicstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_step_undone_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topicstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["create", "group", "merge", "split", "rename"])
                        ),
                        name="topic_step_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="topicmove",
                    constraint=models.UniqueConstraint(
                        fields=("escalation", "step"), name="topic_move_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="touched",
                    index=models.Index(fields=["program", "starts"], name="touched_by_program"),
                ),
            ]
        )
    ]
