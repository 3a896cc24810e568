"""The tables of calibration."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import calibration.models.vectors
from people.tables_at_once import TablesAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("escalations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        TablesAtOnce(
            [
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
                    model_name="linevector",
                    name="program",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.program",
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
            ]
        )
    ]
