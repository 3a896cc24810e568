"""The tables of reports."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

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
                    name="CallVolume",
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
                                help_text="The UTC instant at which the clock hour begins."
                            ),
                        ),
                        (
                            "ends_at",
                            models.DateTimeField(
                                help_text="When it ends: sooner where the clocks are moved."
                            ),
                        ),
                        (
                            "average_wait_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        (
                            "average_handling_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        ("calls", models.IntegerField()),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["program", "hour"],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                                help_text="Made by the form; one view per user and key."
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.SlugField(
                                db_index=False, help_text="The report's slug.", max_length=40
                            ),
                        ),
                        (
                            "query",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Its filters, as an address has them.",
                                max_length=600,
                            ),
                        ),
                        ("span", models.CharField(blank=True, default="", max_length=20)),
                        ("first_day", models.DateField(blank=True, null=True)),
                        ("last_day", models.DateField(blank=True, null=True)),
                        ("is_shared", models.BooleanField(default=False)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SavedViewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one view per user and key."
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.SlugField(
                                db_index=False, help_text="The report's slug.", max_length=40
                            ),
                        ),
                        (
                            "query",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Its filters, as an address has them.",
                                max_length=600,
                            ),
                        ),
                        ("span", models.CharField(blank=True, default="", max_length=20)),
                        ("first_day", models.DateField(blank=True, null=True)),
                        ("last_day", models.DateField(blank=True, null=True)),
                        ("is_shared", models.BooleanField(default=False)),
                        ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
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
                                to="reports.savedview",
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
                    name="Settled",
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
                                    ("plain", "What a line says by itself"),
                                    ("reaching", "What depends on earlier lines"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[("day", "Shift day"), ("month", "Month of shift days")],
                                max_length=5,
                            ),
                        ),
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        ("rules", models.CharField(max_length=16)),
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
                    name="ReachingSum",
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
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("all", "All lines"),
                                    ("topic", "Topic"),
                                    ("agent", "Agent"),
                                    ("sme", "SME"),
                                    ("severity", "Severity"),
                                    ("agent-topic", "Agent and topic"),
                                    ("sme-topic", "SME and topic"),
                                    ("severity-topic", "Severity and topic"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("key", models.BigIntegerField(default=0)),
                        ("topic", models.BigIntegerField(default=0)),
                        (
                            "repeat_agent",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Same agent, same topic again"
                            ),
                        ),
                        (
                            "repeat_topic",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Same topic again, floor-wide"
                            ),
                        ),
                        (
                            "repeat_customer",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Same customer again"
                            ),
                        ),
                        (
                            "settled",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.settled",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlainSum",
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
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("all", "All lines"),
                                    ("topic", "Topic"),
                                    ("agent", "Agent"),
                                    ("sme", "SME"),
                                    ("severity", "Severity"),
                                    ("agent-topic", "Agent and topic"),
                                    ("sme-topic", "SME and topic"),
                                    ("severity-topic", "Severity and topic"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("key", models.BigIntegerField(default=0)),
                        ("topic", models.BigIntegerField(default=0)),
                        (
                            "hours",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), blank=True, null=True, size=None
                            ),
                        ),
                        (
                            "logged",
                            models.IntegerField(blank=True, null=True, verbose_name="Logged"),
                        ),
                        (
                            "resolved",
                            models.IntegerField(blank=True, null=True, verbose_name="Resolved"),
                        ),
                        (
                            "open",
                            models.IntegerField(blank=True, null=True, verbose_name="Still open"),
                        ),
                        (
                            "unresolved",
                            models.IntegerField(blank=True, null=True, verbose_name="Unresolved"),
                        ),
                        (
                            "forwarded",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="With the client"
                            ),
                        ),
                        (
                            "answered",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Answered by the client"
                            ),
                        ),
                        (
                            "feedback_asked",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Feedback required"
                            ),
                        ),
                        (
                            "feedback_owed",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Feedback owed"
                            ),
                        ),
                        (
                            "feedback_given",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Feedback given"
                            ),
                        ),
                        (
                            "feedback_acknowledged",
                            models.IntegerField(blank=True, null=True, verbose_name="Acknowledged"),
                        ),
                        (
                            "feedback_helped",
                            models.IntegerField(blank=True, null=True, verbose_name="It helped"),
                        ),
                        (
                            "feedback_did_not_help",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="It did not help"
                            ),
                        ),
                        (
                            "given_4h",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Given within 4 hours"
                            ),
                        ),
                        (
                            "given_1d",
                            models.IntegerField(
                                blank=True,
                                null=True,
                                verbose_name="Given after 4 and within 24 hours",
                            ),
                        ),
                        (
                            "given_3d",
                            models.IntegerField(
                                blank=True,
                                null=True,
                                verbose_name="Given after 1 and within 3 days",
                            ),
                        ),
                        (
                            "given_7d",
                            models.IntegerField(
                                blank=True,
                                null=True,
                                verbose_name="Given after 3 and within 7 days",
                            ),
                        ),
                        (
                            "given_later",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Given later than 7 days"
                            ),
                        ),
                        (
                            "callback_promised",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Call-backs promised"
                            ),
                        ),
                        (
                            "callback_kept",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Called back in time"
                            ),
                        ),
                        (
                            "callback_late",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Called back late"
                            ),
                        ),
                        (
                            "callback_open",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Not called back yet"
                            ),
                        ),
                        (
                            "satisfaction_asked",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Asked how content"
                            ),
                        ),
                        (
                            "satisfaction_content",
                            models.IntegerField(blank=True, null=True, verbose_name="Content"),
                        ),
                        (
                            "satisfaction_not_content",
                            models.IntegerField(blank=True, null=True, verbose_name="Not content"),
                        ),
                        (
                            "with_topic",
                            models.IntegerField(blank=True, null=True, verbose_name="With a topic"),
                        ),
                        (
                            "with_reference",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="With a customer reference"
                            ),
                        ),
                        ("known", models.IntegerField(blank=True, null=True, verbose_name="Known")),
                        (
                            "known_used",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Best practice used"
                            ),
                        ),
                        (
                            "known_did_not_fit",
                            models.IntegerField(blank=True, null=True, verbose_name="Did not fit"),
                        ),
                        (
                            "known_nothing",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Nothing known"
                            ),
                        ),
                        (
                            "handover_complete",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Handed over completely"
                            ),
                        ),
                        (
                            "without_offered",
                            models.IntegerField(
                                blank=True, null=True, verbose_name="Without what was offered"
                            ),
                        ),
                        (
                            "without_refused_because",
                            models.IntegerField(
                                blank=True,
                                null=True,
                                verbose_name="Without why the customer does not accept it",
                            ),
                        ),
                        (
                            "without_wanted",
                            models.IntegerField(
                                blank=True,
                                null=True,
                                verbose_name="Without what the customer wants",
                            ),
                        ),
                        (
                            "settled",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="reports.settled",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VolumeEntry",
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
                                help_text="The UTC instant at which the clock hour begins."
                            ),
                        ),
                        (
                            "ends_at",
                            models.DateTimeField(
                                help_text="When it ends: sooner where the clocks are moved."
                            ),
                        ),
                        (
                            "average_wait_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        (
                            "average_handling_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        ("calls", models.IntegerField(blank=True, null=True)),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recording", "hour"],
                    },
                ),
                migrations.CreateModel(
                    name="CallVolumeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "hour",
                            models.DateTimeField(
                                help_text="The UTC instant at which the clock hour begins."
                            ),
                        ),
                        (
                            "ends_at",
                            models.DateTimeField(
                                help_text="When it ends: sooner where the clocks are moved."
                            ),
                        ),
                        (
                            "average_wait_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        (
                            "average_handling_seconds",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=7, null=True
                            ),
                        ),
                        ("calls", models.IntegerField()),
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
                                to="reports.callvolume",
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
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reports.volumeentry",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="callvolume",
                    name="entry",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.volumeentry",
                    ),
                ),
                migrations.CreateModel(
                    name="VolumeRecording",
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
                                help_text="Made by the form; one recording per user and key."
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                help_text="SHA-256 of what was asked for.", max_length=64
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "source",
                            models.CharField(
                                help_text="The file's name, or how it came.", max_length=200
                            ),
                        ),
                        (
                            "hours",
                            models.PositiveIntegerField(help_text="Hours it says something of."),
                        ),
                        (
                            "changed",
                            models.PositiveIntegerField(
                                help_text="Hours that were different before."
                            ),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.AddField(
                    model_name="volumeentry",
                    name="recording",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="reports.volumerecording",
                    ),
                ),
                migrations.CreateModel(
                    name="VolumeRecordingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one recording per user and key."
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                help_text="SHA-256 of what was asked for.", max_length=64
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "source",
                            models.CharField(
                                help_text="The file's name, or how it came.", max_length=200
                            ),
                        ),
                        (
                            "hours",
                            models.PositiveIntegerField(help_text="Hours it says something of."),
                        ),
                        (
                            "changed",
                            models.PositiveIntegerField(
                                help_text="Hours that were different before."
                            ),
                        ),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                to="reports.volumerecording",
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
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WeekTold",
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
                        ("monday", models.DateField(help_text="The first shift day of the week.")),
                        (
                            "told",
                            models.PositiveIntegerField(
                                help_text="How many people were told; 0 without a line."
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "program",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["program", "-monday"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        fields=("owner", "key"), name="saved_view_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(
                        models.F("program"),
                        models.F("owner"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("removed_at", None)),
                        name="saved_view_name_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_named"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_day__isnull", False),
                                ("last_day__gte", models.F("first_day")),
                                ("span", ""),
                            ),
                            models.Q(
                                models.Q(("span", ""), _negated=True),
                                ("first_day", None),
                                ("last_day", None),
                            ),
                            _connector="OR",
                        ),
                        name="saved_view_days_or_span",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="saved_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_savedviewevent" ("first_day", "id", "is_shared", "key", "kind", "last_day", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "query", "removed_at", "saved_at", "span", "version") VALUES (NEW."first_day", NEW."id", NEW."is_shared", NEW."key", NEW."kind", NEW."last_day", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'saved\', NEW."id", NEW."program_id", NEW."query", NEW."removed_at", NEW."saved_at", NEW."span", NEW."version"); RETURN NULL;',
                            hash="9f6a5b79a6d8c80f986d5dac80d9692119dee368",
                            operation="INSERT",
                            pgid="pgtrigger_saved_insert_ef953",
                            table="reports_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_savedviewevent" ("first_day", "id", "is_shared", "key", "kind", "last_day", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "query", "removed_at", "saved_at", "span", "version") VALUES (OLD."first_day", OLD."id", OLD."is_shared", OLD."key", OLD."kind", OLD."last_day", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."query", OLD."removed_at", OLD."saved_at", OLD."span", OLD."version"); RETURN NULL;',
                            hash="8fdb4aeb866f8239f5f431eb26169666396524c6",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_d1932",
                            table="reports_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="settled",
                    constraint=models.UniqueConstraint(
                        fields=("program", "kind", "starts", "ends"), name="settled_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="settled",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["plain", "reaching"]), ("period__in", ["day", "month"])
                        ),
                        name="settled_known_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reachingsum",
                    constraint=models.UniqueConstraint(
                        fields=("settled", "dimension", "key", "topic"), name="reachingsum_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plainsum",
                    constraint=models.UniqueConstraint(
                        fields=("settled", "dimension", "key", "topic"), name="plainsum_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callvolume",
                    constraint=models.UniqueConstraint(
                        fields=("program", "hour"),
                        include=("ends_at", "calls"),
                        name="volume_hour_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callvolume",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("calls__gte", 0), ("calls__lte", 100000)),
                            ("calls", None),
                            _connector="OR",
                        ),
                        name="volume_calls_believed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callvolume",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("average_wait_seconds", None),
                                ("average_wait_seconds__range", (0, 86400)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("average_handling_seconds", None),
                                ("average_handling_seconds__range", (0, 86400)),
                                _connector="OR",
                            ),
                        ),
                        name="volume_averages_believed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="callvolume",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("hour"))),
                        name="volume_ends_after",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="callvolume",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_callvolumeevent" ("average_handling_seconds", "average_wait_seconds", "calls", "ends_at", "entry_id", "hour", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id") VALUES (OLD."average_handling_seconds", OLD."average_wait_seconds", OLD."calls", OLD."ends_at", OLD."entry_id", OLD."hour", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id"); RETURN NULL;',
                            hash="52d49230623ca50d7d6bfecc01e9e0783acd95be",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_39b98",
                            table="reports_callvolume",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="callvolume",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_callvolumeevent" ("average_handling_seconds", "average_wait_seconds", "calls", "ends_at", "entry_id", "hour", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id") VALUES (OLD."average_handling_seconds", OLD."average_wait_seconds", OLD."calls", OLD."ends_at", OLD."entry_id", OLD."hour", OLD."id", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id"); RETURN NULL;',
                            hash="f82f96dea613d1e0f41946b4eadbd2cb35eef292",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_f0abe",
                            table="reports_callvolume",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="volumerecording",
                    index=models.Index(fields=["program", "-id"], name="volume_recordings"),
                ),
                migrations.AddConstraint(
                    model_name="volumerecording",
                    constraint=models.UniqueConstraint(
                        fields=("recorded_by", "key"), name="volume_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumerecording",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1)), name="volume_some_hours"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumerecording",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("changed__gte", 1)), name="volume_changed_some"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumerecording",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("changed__lte", models.F("hours"))),
                        name="volume_changed_of",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumerecording",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="volume_undone_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="volumerecording",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reports_volumerecordingevent" ("changed", "digest", "hours", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "recorded_at", "recorded_by_id", "source", "undone_at", "undone_by_id", "version") VALUES (OLD."changed", OLD."digest", OLD."hours", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."undone_at", OLD."undone_by_id", OLD."version"); RETURN NULL;',
                            hash="7a4997030ceff6e6ad729f8030e102abb129e833",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_c680b",
                            table="reports_volumerecording",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="volumerecording",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reports_volumerecordingevent" ("changed", "digest", "hours", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "recorded_at", "recorded_by_id", "source", "undone_at", "undone_by_id", "version") VALUES (OLD."changed", OLD."digest", OLD."hours", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."undone_at", OLD."undone_by_id", OLD."version"); RETURN NULL;',
                            hash="bab2aa896cabccd499bc647bed49a1027559d5fa",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_96d9d",
                            table="reports_volumerecording",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="volumeentry",
                    index=models.Index(
                        fields=["program", "hour", "-id"], name="volume_entries_of_hour"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumeentry",
                    constraint=models.UniqueConstraint(
                        fields=("recording", "hour"), name="volume_entry_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumeentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("calls__gte", 0), ("calls__lte", 100000)),
                            ("calls", None),
                            _connector="OR",
                        ),
                        name="volume_entry_calls_believed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumeentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("average_wait_seconds", None),
                                ("average_wait_seconds__range", (0, 86400)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("average_handling_seconds", None),
                                ("average_handling_seconds__range", (0, 86400)),
                                _connector="OR",
                            ),
                        ),
                        name="volume_entry_averages_believed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volumeentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("hour"))),
                        name="volume_entry_ends_after",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="weektold",
                    constraint=models.UniqueConstraint(
                        fields=("program", "monday"), name="week_told_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="weektold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("monday__iso_week_day", 1)),
                        name="week_told_from_monday",
                    ),
                ),
            ]
        )
    ]
