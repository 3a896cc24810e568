"""The tables of calibration."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import calibration.models.vectors
from people.tables_at_once import TablesAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("escalations", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        TablesAtOnce(
            [
                migrations.CreateModel(
                    name="BestPractice",
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
                                help_text="Made by the form; one practice per user and key."
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("answer", "Answer"), ("technique", "Technique")],
                                max_length=9,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        (
                            "when",
                            models.TextField(
                                blank=True, default="", verbose_name="when it applies"
                            ),
                        ),
                        ("do", models.TextField(blank=True, default="", verbose_name="what to do")),
                        (
                            "say",
                            models.TextField(blank=True, default="", verbose_name="what to say"),
                        ),
                        (
                            "dont",
                            models.TextField(blank=True, default="", verbose_name="what not to do"),
                        ),
                        (
                            "who_may",
                            models.TextField(blank=True, default="", verbose_name="who may do it"),
                        ),
                        (
                            "guide",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="“handling” or “handover”: of the guide.",
                                max_length=8,
                            ),
                        ),
                        ("guide_place", models.PositiveSmallIntegerField(default=0)),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("interim", "Interim"),
                                    ("calibrated", "Calibrated"),
                                    ("manager", "Manager"),
                                    ("client", "Client"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=200,
                                verbose_name="where it comes from",
                            ),
                        ),
                        (
                            "session",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="The number of the session it came from.",
                                null=True,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Why it replaced a higher authority.",
                                max_length=300,
                            ),
                        ),
                        ("effective_from", models.DateTimeField(blank=True, null=True)),
                        ("effective_until", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="BestPracticeEvent",
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
                                help_text="Made by the form; one practice per user and key."
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("answer", "Answer"), ("technique", "Technique")],
                                max_length=9,
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        (
                            "when",
                            models.TextField(
                                blank=True, default="", verbose_name="when it applies"
                            ),
                        ),
                        ("do", models.TextField(blank=True, default="", verbose_name="what to do")),
                        (
                            "say",
                            models.TextField(blank=True, default="", verbose_name="what to say"),
                        ),
                        (
                            "dont",
                            models.TextField(blank=True, default="", verbose_name="what not to do"),
                        ),
                        (
                            "who_may",
                            models.TextField(blank=True, default="", verbose_name="who may do it"),
                        ),
                        (
                            "guide",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="“handling” or “handover”: of the guide.",
                                max_length=8,
                            ),
                        ),
                        ("guide_place", models.PositiveSmallIntegerField(default=0)),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("interim", "Interim"),
                                    ("calibrated", "Calibrated"),
                                    ("manager", "Manager"),
                                    ("client", "Client"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=200,
                                verbose_name="where it comes from",
                            ),
                        ),
                        (
                            "session",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="The number of the session it came from.",
                                null=True,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                    ("retired", "Retired"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Why it replaced a higher authority.",
                                max_length=300,
                            ),
                        ),
                        ("effective_from", models.DateTimeField(blank=True, null=True)),
                        ("effective_until", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.CharField(blank=True, default="", max_length=300)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("order", models.PositiveSmallIntegerField()),
                        ("concern", models.TextField()),
                        ("offered", models.TextField(blank=True, default="")),
                        ("refused_because", models.TextField(blank=True, default="")),
                        ("wanted", models.TextField(blank=True, default="")),
                        (
                            "resolution",
                            models.TextField(
                                blank=True,
                                default="",
                                help_text="What was done then; not shown before the reveal.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["session", "order"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("order", models.PositiveSmallIntegerField()),
                        ("concern", models.TextField()),
                        ("offered", models.TextField(blank=True, default="")),
                        ("refused_because", models.TextField(blank=True, default="")),
                        ("wanted", models.TextField(blank=True, default="")),
                        (
                            "resolution",
                            models.TextField(
                                blank=True,
                                default="",
                                help_text="What was done then; not shown before the reveal.",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Position",
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
                                help_text="Made by the form; one position per user and key."
                            ),
                        ),
                        ("disposition", models.CharField(max_length=60)),
                        ("how", models.TextField()),
                        ("why", models.TextField(blank=True, default="")),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["case", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LineVector",
                    fields=[
                        (
                            "escalation",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="vector",
                                serialize=False,
                                to="escalations.escalation",
                            ),
                        ),
                        (
                            "bucket",
                            models.SmallIntegerField(
                                default=0, help_text="Where in the program's space it lies."
                            ),
                        ),
                        (
                            "signs",
                            calibration.models.vectors.BitField(
                                help_text="Which numbers of its meaning are above 0."
                            ),
                        ),
                        (
                            "packed",
                            models.BinaryField(help_text="384 bytes of meaning, 256 of letters."),
                        ),
                        (
                            "digest",
                            models.BigIntegerField(
                                help_text="Of the concern: the same text is encoded once."
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Participant",
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
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attended",
                            models.BooleanField(
                                blank=True, help_text="Unknown until it is noted.", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["session", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("invited_at", models.DateTimeField(blank=True, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "attended",
                            models.BooleanField(
                                blank=True, help_text="Unknown until it is noted.", null=True
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PositionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PracticeRead",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeUse",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("used", "Used"),
                                    ("did_not_fit", "Did not fit"),
                                    ("nothing", "Nothing known"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PracticeUseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("used", "Used"),
                                    ("did_not_fit", "Did not fit"),
                                    ("nothing", "Nothing known"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, default="", max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Proposals",
                    fields=[
                        (
                            "program",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="proposals",
                                serialize=False,
                                to="people.program",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        ("groups", models.JSONField(blank=True, default=list)),
                        (
                            "pool",
                            models.PositiveIntegerField(
                                default=0, help_text="How many lines were looked at."
                            ),
                        ),
                        (
                            "capped",
                            models.BooleanField(
                                default=False, help_text="Whether there were more than that."
                            ),
                        ),
                        ("engine", models.CharField(blank=True, default="", max_length=10)),
                    ],
                    options={
                        "verbose_name_plural": "proposals",
                    },
                ),
                migrations.CreateModel(
                    name="Ruling",
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
                                help_text="Made by the form; one ruling per user and key."
                            ),
                        ),
                        ("disposition", models.CharField(max_length=60)),
                        ("how", models.TextField(blank=True, default="")),
                        ("reason", models.TextField()),
                        ("dissent", models.TextField(blank=True, default="")),
                        ("ruled_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["case"],
                    },
                ),
                migrations.CreateModel(
                    name="RulingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one ruling per user and key."
                            ),
                        ),
                        ("disposition", models.CharField(max_length=60)),
                        ("how", models.TextField(blank=True, default="")),
                        ("reason", models.TextField()),
                        ("dissent", models.TextField(blank=True, default="")),
                        ("ruled_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Session",
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
                                help_text="The program's own running number of sessions."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one session per user and key."
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("open", "Open"),
                                    ("revealed", "Revealed"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="prepared",
                                max_length=9,
                            ),
                        ),
                        (
                            "deadline",
                            models.DateTimeField(help_text="Until when answers are asked for."),
                        ),
                        (
                            "dispositions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                help_text="The program's list as it was at the opening.",
                                size=None,
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("revealed_at", models.DateTimeField(blank=True, null=True)),
                        ("concluded_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", help_text="Of calling off.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["-number"],
                    },
                ),
                migrations.CreateModel(
                    name="SessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "number",
                            models.PositiveIntegerField(
                                help_text="The program's own running number of sessions."
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                help_text="Made by the form; one session per user and key."
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("open", "Open"),
                                    ("revealed", "Revealed"),
                                    ("concluded", "Concluded"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="prepared",
                                max_length=9,
                            ),
                        ),
                        (
                            "deadline",
                            models.DateTimeField(help_text="Until when answers are asked for."),
                        ),
                        (
                            "dispositions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                help_text="The program's list as it was at the opening.",
                                size=None,
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("revealed_at", models.DateTimeField(blank=True, null=True)),
                        ("concluded_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", help_text="Of calling off.", max_length=300
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VectorSpace",
                    fields=[
                        (
                            "program",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="people.program",
                            ),
                        ),
                        (
                            "made",
                            models.BigIntegerField(
                                default=0, help_text="How many vectors were made so far."
                            ),
                        ),
                        (
                            "centres",
                            models.BinaryField(
                                help_text="Of the buckets, 32-bit; none while few.", null=True
                            ),
                        ),
                        ("learnt_from", models.CharField(blank=True, default="", max_length=200)),
                        (
                            "topics",
                            models.BinaryField(
                                default=b"", help_text="Primary keys that were learnt, 64-bit."
                            ),
                        ),
                        (
                            "weights",
                            models.BinaryField(default=b"", help_text="Of the regression, 16-bit."),
                        ),
                        (
                            "cut",
                            models.FloatField(
                                help_text="How far apart groups stay; none while few.", null=True
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="VectorWanted",
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
                            models.BigIntegerField(verbose_name="the line's primary key"),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "vectors wanted",
                    },
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="ended_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="item",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The item of a letter whose answer it is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="escalations.forwardeditem",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practices",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="published_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="supersedes",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="topic",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="escalations.topic",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpractice",
                    name="written_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="bestpracticeevent",
                    name="ended_by",
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
                    model_name="bestpracticeevent",
                    name="item",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The item of a letter whose answer it is.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.forwardeditem",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpracticeevent",
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
                    model_name="bestpracticeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpracticeevent",
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
                    model_name="bestpracticeevent",
                    name="published_by",
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
                    model_name="bestpracticeevent",
                    name="supersedes",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpracticeevent",
                    name="topic",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.topic",
                    ),
                ),
                migrations.AddField(
                    model_name="bestpracticeevent",
                    name="written_by",
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
                    model_name="case",
                    name="escalation",
                    field=models.ForeignKey(
                        help_text="None once its line is gone with an import that was undone.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cases",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="escalation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        help_text="None once its line is gone with an import that was undone.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
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
                    model_name="caseevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.case",
                    ),
                ),
                migrations.CreateModel(
                    name="Grouping",
                    fields=[
                        (
                            "position",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="grouping",
                                serialize=False,
                                to="calibration.position",
                            ),
                        ),
                        (
                            "group",
                            models.PositiveSmallIntegerField(
                                help_text="The same number, the same answer."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.AddField(
                    model_name="position",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="position",
                    name="case",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="calibration.case",
                    ),
                ),
                migrations.AddField(
                    model_name="linevector",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="participant",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions_asked_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="participantevent",
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
                    model_name="participantevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.participant",
                    ),
                ),
                migrations.AddField(
                    model_name="participantevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="positionevent",
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
                    model_name="positionevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.case",
                    ),
                ),
                migrations.AddField(
                    model_name="positionevent",
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
                    model_name="positionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="id_case_by_version_changed_at_events",
                        to="calibration.position",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceread",
                    name="practice",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reads",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceread",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices_read",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuse",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuse",
                    name="escalation",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="practice_uses",
                        to="escalations.escalation",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuse",
                    name="practice",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuse",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuseevent",
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
                    model_name="practiceuseevent",
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
                    model_name="practiceuseevent",
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
                    model_name="practiceuseevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.practiceuse",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuseevent",
                    name="practice",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.bestpractice",
                    ),
                ),
                migrations.AddField(
                    model_name="practiceuseevent",
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
                    model_name="ruling",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="ruling",
                    name="case",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ruling",
                        to="calibration.case",
                    ),
                ),
                migrations.AddField(
                    model_name="rulingevent",
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
                    model_name="rulingevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.case",
                    ),
                ),
                migrations.AddField(
                    model_name="rulingevent",
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
                    model_name="rulingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.ruling",
                    ),
                ),
                migrations.AddField(
                    model_name="session",
                    name="first_round",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_rounds",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="session",
                    name="prepared_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="session",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="people.program",
                    ),
                ),
                migrations.AddField(
                    model_name="session",
                    name="topic",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="escalations.topic",
                    ),
                ),
                migrations.AddField(
                    model_name="participantevent",
                    name="session",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="participant",
                    name="session",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="session",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="session",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionevent",
                    name="first_round",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionevent",
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
                    model_name="sessionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="calibration.session",
                    ),
                ),
                migrations.AddField(
                    model_name="sessionevent",
                    name="prepared_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="sessionevent",
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
                    model_name="sessionevent",
                    name="topic",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="escalations.topic",
                    ),
                ),
                migrations.AddIndex(
                    model_name="bestpractice",
                    index=models.Index(
                        fields=["program", "state", "kind"], name="practice_by_state"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.UniqueConstraint(
                        fields=("program", "number"), name="practice_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.UniqueConstraint(
                        fields=("written_by", "key"), name="practice_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("kind", "answer"), ("state", "in_force")),
                        fields=("topic",),
                        name="practice_one_answer_in_force",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "in_force"), models.Q(("guide", ""), _negated=True)
                        ),
                        fields=("program", "guide", "guide_place"),
                        name="practice_one_in_force_per_guide_place",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="practice_titled"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "answer"), ("topic__isnull", False)),
                            models.Q(("kind", "technique"), ("topic", None)),
                            _connector="OR",
                        ),
                        name="practice_answers_a_topic",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("authority__in", ["interim", "calibrated", "manager", "client"]),
                            ("guide__in", ["", "handling", "handover"]),
                            ("state__in", ["draft", "in_force", "superseded", "retired"]),
                        ),
                        name="practice_known_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("effective_from", None),
                                ("effective_until", None),
                                ("published_at", None),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("effective_from__isnull", False),
                                ("effective_until", None),
                                ("published_at__isnull", False),
                                ("state", "in_force"),
                            ),
                            models.Q(
                                ("effective_from__isnull", False),
                                ("effective_until__isnull", False),
                                ("state", "superseded"),
                            ),
                            ("state", "retired"),
                            _connector="OR",
                        ),
                        name="practice_in_force_since",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="bestpractice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("supersedes", models.F("id")), _negated=True),
                        name="practice_not_after_itself",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bestpractice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_bestpracticeevent" ("authority", "do", "dont", "effective_from", "effective_until", "end_reason", "ended_by_id", "guide", "guide_place", "id", "item_id", "key", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "published_at", "published_by_id", "reason", "say", "session", "source", "state", "supersedes_id", "title", "topic_id", "version", "when", "who_may", "written_at", "written_by_id") VALUES (OLD."authority", OLD."do", OLD."dont", OLD."effective_from", OLD."effective_until", OLD."end_reason", OLD."ended_by_id", OLD."guide", OLD."guide_place", OLD."id", OLD."item_id", OLD."key", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."published_at", OLD."published_by_id", OLD."reason", OLD."say", OLD."session", OLD."source", OLD."state", OLD."supersedes_id", OLD."title", OLD."topic_id", OLD."version", OLD."when", OLD."who_may", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="4e47631928a11ba93b079f5dca49ae10f6f40aaa",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_f4867",
                            table="calibration_bestpractice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bestpractice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_its_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT one.program_id, one.effective_from, coalesce(one.effective_until, now()), one.effective_from FROM (VALUES (NEW.program_id, NEW.kind, NEW.effective_from, NEW.effective_until), (OLD.program_id, OLD.kind, OLD.effective_from, OLD.effective_until)) AS one (program_id, kind, effective_from, effective_until) WHERE one.kind = 'answer' AND one.effective_from IS NOT NULL; RETURN NULL;",
                            hash="c2930dd133d8b7bea12282924239b6b51fe37a71",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_touches_its_time_893b2",
                            table="calibration_bestpractice",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="grouping",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(fields=("case", "by"), name="position_once"),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(
                        fields=("by", "key"), name="position_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposition", ""), _negated=True),
                            models.Q(("how", ""), _negated=True),
                        ),
                        name="position_says_something",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="position_while_open",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM calibration_session AS session\n    JOIN calibration_case AS asked ON asked.session_id = session.id\n    WHERE asked.id = NEW.case_id AND session.state = 'open'\n    FOR SHARE OF session;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'positions are given and changed while their session is open'\n        USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                            hash="96ecf5d09a415de13295f7b3fa08868880ef2e9a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_position_while_open_bb0af",
                            table="calibration_position",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="position_kept_after",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM calibration_session AS session\n    JOIN calibration_case AS asked ON asked.session_id = session.id\n    WHERE asked.id = OLD.case_id AND session.state = 'open'\n    FOR SHARE OF session;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'positions are given and changed while their session is open'\n        USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN OLD;\n",
                            hash="4c7ff797b0e5b790cc9b0f20debf8394bbd54cc7",
                            operation="DELETE",
                            pgid="pgtrigger_position_kept_after_99fa1",
                            table="calibration_position",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "calibration_positionevent" ("by_id", "case_id", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."by_id", OLD."case_id", OLD."changed_at", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."version"); RETURN NULL;',
                            hash="fb30bd5c89fbeb934e408e9663b557ea01a8f17b",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_9de5f",
                            table="calibration_position",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="linevector",
                    index=models.Index(
                        fields=["program", "bucket"],
                        include=("signs", "escalation"),
                        name="vector_near",
                    ),
                ),
                migrations.AddIndex(
                    model_name="linevector",
                    index=models.Index(fields=["digest"], name="vector_same_text"),
                ),
                migrations.AddConstraint(
                    model_name="practiceread",
                    constraint=models.UniqueConstraint(
                        fields=("practice", "user"), name="practice_read_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="practiceuse",
                    index=models.Index(
                        fields=["program", "outcome", "-at"], name="practice_use_newest"
                    ),
                ),
                migrations.AddIndex(
                    model_name="practiceuse",
                    index=models.Index(
                        fields=["practice", "-at", "-id"], name="practice_use_of_it"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practiceuse",
                    constraint=models.UniqueConstraint(
                        fields=("escalation", "by"), name="practice_use_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practiceuse",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "nothing"), ("practice", None)),
                            models.Q(
                                ("outcome__in", ["used", "did_not_fit"]),
                                ("practice__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="practice_use_of_what",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practiceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_practiceuseevent" ("at", "by_id", "escalation_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id", "program_id", "reason") VALUES (OLD."at", OLD."by_id", OLD."escalation_id", OLD."id", OLD."outcome", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."practice_id", OLD."program_id", OLD."reason"); RETURN NULL;',
                            hash="88d4fa9e754bc86fd14479e96404fc433813c8ba",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_e48dc",
                            table="calibration_practiceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practiceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="87c8d5a848de4e2ece976167b70088ff236aa6cb",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_touches_lines_insert_82b4a",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="calibration_practiceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practiceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="e71f7f7796f7c282584da6e675b005f57ff1d3e0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_touches_lines_update_f116d",
                            referencing="REFERENCING NEW TABLE AS said ",
                            table="calibration_practiceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="practiceuse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="touches_lines_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO escalations_touched (program_id, starts, ends, reaches) SELECT program_id, hour, hour + interval '1 hour', CASE WHEN bool_or(moved) THEN hour + interval '31 days' ELSE hour + interval '1 hour' END FROM (SELECT line.program_id, date_trunc('hour', line.occurred_at, 'UTC'), false FROM escalations_escalation AS line WHERE line.id IN (SELECT escalation_id FROM said)) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;",
                            hash="915fa5a3cf61c97d3eaf0da0754606a6ca6f7d43",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_touches_lines_delete_e7659",
                            referencing="REFERENCING OLD TABLE AS said ",
                            table="calibration_practiceuse",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ruling",
                    constraint=models.UniqueConstraint(
                        fields=("by", "key"), name="ruling_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ruling",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposition", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="ruling_with_reason",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ruling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ruled_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "calibration_rulingevent" ("by_id", "case_id", "disposition", "dissent", "how", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ruled_at", "version") VALUES (NEW."by_id", NEW."case_id", NEW."disposition", NEW."dissent", NEW."how", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'ruled\', NEW."id", NEW."reason", NEW."ruled_at", NEW."version"); RETURN NULL;',
                            hash="620256abfd9a47af372158cf425b5b6b056d32ce",
                            operation="INSERT",
                            pgid="pgtrigger_ruled_insert_6c075",
                            table="calibration_ruling",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ruling",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_rulingevent" ("by_id", "case_id", "disposition", "dissent", "how", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ruled_at", "version") VALUES (OLD."by_id", OLD."case_id", OLD."disposition", OLD."dissent", OLD."how", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."reason", OLD."ruled_at", OLD."version"); RETURN NULL;',
                            hash="e21d712c3fb40d82d428a4c3070f16df2de0d85b",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_982c3",
                            table="calibration_ruling",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.UniqueConstraint(
                        fields=("program", "number"), name="session_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.UniqueConstraint(
                        fields=("prepared_by", "key"), name="session_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("first_round",),
                        name="session_second_round_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_round", None), ("round", 1)),
                            models.Q(("first_round__isnull", False), ("round", 2)),
                            _connector="OR",
                        ),
                        name="session_round_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "cancelled"),
                            models.Q(("opened_at", None), ("state", "prepared")),
                            models.Q(
                                ("opened_at__isnull", False),
                                ("state__in", ["open", "revealed", "concluded"]),
                            ),
                            _connector="OR",
                        ),
                        name="session_opened_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state", "cancelled"),
                            models.Q(("revealed_at", None), ("state__in", ["prepared", "open"])),
                            models.Q(
                                ("revealed_at__isnull", False),
                                ("state__in", ["revealed", "concluded"]),
                            ),
                            _connector="OR",
                        ),
                        name="session_revealed_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_at__isnull", False), ("state", "concluded")),
                            models.Q(
                                models.Q(("state", "concluded"), _negated=True),
                                ("concluded_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="session_concluded_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_at", None),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="session_cancelled_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="session",
                    trigger=pgtrigger.compiler.Trigger(
                        name="prepared_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "calibration_sessionevent" ("cancelled_at", "concluded_at", "deadline", "dispositions", "first_round_id", "id", "key", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "program_id", "reason", "revealed_at", "round", "state", "topic_id", "version") VALUES (NEW."cancelled_at", NEW."concluded_at", NEW."deadline", NEW."dispositions", NEW."first_round_id", NEW."id", NEW."key", NEW."number", NEW."opened_at", _pgh_attach_context(), NOW(), \'prepared\', NEW."id", NEW."prepared_at", NEW."prepared_by_id", NEW."program_id", NEW."reason", NEW."revealed_at", NEW."round", NEW."state", NEW."topic_id", NEW."version"); RETURN NULL;',
                            hash="5cce0860f1778deb1f815eb493bba2a9f6c8349d",
                            operation="INSERT",
                            pgid="pgtrigger_prepared_insert_b766a",
                            table="calibration_session",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="session",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_sessionevent" ("cancelled_at", "concluded_at", "deadline", "dispositions", "first_round_id", "id", "key", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "program_id", "reason", "revealed_at", "round", "state", "topic_id", "version") VALUES (OLD."cancelled_at", OLD."concluded_at", OLD."deadline", OLD."dispositions", OLD."first_round_id", OLD."id", OLD."key", OLD."number", OLD."opened_at", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."prepared_at", OLD."prepared_by_id", OLD."program_id", OLD."reason", OLD."revealed_at", OLD."round", OLD."state", OLD."topic_id", OLD."version"); RETURN NULL;',
                            hash="a86ad0b4196fa98883949a9d7a043bbee7f430b8",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_1a365",
                            table="calibration_session",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="participant",
                    constraint=models.UniqueConstraint(
                        fields=("session", "user"), name="participant_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="asked_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "calibration_participantevent" ("attended", "id", "invited_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "session_id", "user_id") VALUES (NEW."attended", NEW."id", NEW."invited_at", _pgh_attach_context(), NOW(), \'asked\', NEW."id", NEW."reminded_at", NEW."session_id", NEW."user_id"); RETURN NULL;',
                            hash="5f93484b54ec25c7f412e971175fa4c5f0e556a1",
                            operation="INSERT",
                            pgid="pgtrigger_asked_insert_dbd99",
                            table="calibration_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_participantevent" ("attended", "id", "invited_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "session_id", "user_id") VALUES (OLD."attended", OLD."id", OLD."invited_at", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."reminded_at", OLD."session_id", OLD."user_id"); RETURN NULL;',
                            hash="b9c7727ee4fa273302f95325bcd5a709cdab6ea7",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_b33e6",
                            table="calibration_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="not_asked_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "calibration_participantevent" ("attended", "id", "invited_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "session_id", "user_id") VALUES (OLD."attended", OLD."id", OLD."invited_at", _pgh_attach_context(), NOW(), \'not asked\', OLD."id", OLD."reminded_at", OLD."session_id", OLD."user_id"); RETURN NULL;',
                            hash="7a8a060e1ce2366366a0761e8787bf32ae535723",
                            operation="DELETE",
                            pgid="pgtrigger_not_asked_delete_57f5a",
                            table="calibration_participant",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.UniqueConstraint(
                        fields=("session", "escalation"), name="case_line_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("session", "order"),
                        name="case_order_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("concern", ""), _negated=True),
                        name="case_says_something",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "calibration_caseevent" ("concern", "escalation_id", "id", "offered", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused_because", "resolution", "session_id", "wanted") VALUES (OLD."concern", OLD."escalation_id", OLD."id", OLD."offered", OLD."order", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."refused_because", OLD."resolution", OLD."session_id", OLD."wanted"); RETURN NULL;',
                            hash="7886b48001b998bcb781c864153c0ece72d5970a",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_dea6f",
                            table="calibration_case",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
