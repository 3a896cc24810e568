"""The tables of people."""

import datetime

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import people.models.invitation
import people.models.messages
import people.models.program
import people.models.roster
from people.tables_at_once import TablesAtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("config", "0001_database"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        TablesAtOnce(
            [
                migrations.CreateModel(
                    name="Client",
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
                        ("name", models.CharField(max_length=120, unique=True)),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPoint",
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
                        ("tier", models.PositiveSmallIntegerField(default=1)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "duty",
                            models.CharField(blank=True, max_length=120, verbose_name="what for"),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "from_time",
                            models.TimeField(blank=True, null=True, verbose_name="reachable from"),
                        ),
                        (
                            "to_time",
                            models.TimeField(blank=True, null=True, verbose_name="reachable until"),
                        ),
                        (
                            "up_to_severity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1 alone, the worst"), (2, "1 and 2"), (3, "1 to 3")],
                                null=True,
                                verbose_name="only for severity",
                            ),
                        ),
                        (
                            "topic",
                            models.SlugField(
                                blank=True,
                                default="",
                                help_text="A topic's slug.",
                                max_length=80,
                                verbose_name="only for topic",
                            ),
                        ),
                        ("verified_on", models.DateField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "ordering": ["tier", "name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                        ("kind", models.CharField(max_length=40)),
                        ("to_email", models.EmailField(max_length=254)),
                        ("to_name", models.CharField(blank=True, max_length=120)),
                        ("from_name", models.CharField(blank=True, max_length=120)),
                        ("subject", models.CharField(max_length=200)),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        (
                            "sealed",
                            models.CharField(
                                blank=True,
                                help_text="The secret of its link, unreadable without the key.",
                                max_length=200,
                            ),
                        ),
                        (
                            "message_id",
                            models.CharField(
                                default=people.models.messages.new_message_id,
                                max_length=200,
                                unique=True,
                            ),
                        ),
                        ("in_reply_to", models.CharField(blank=True, max_length=200)),
                        ("references", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "On its way"),
                                    ("sent", "Sent"),
                                    ("failed", "Not delivered"),
                                    ("cancelled", "Taken back"),
                                ],
                                default="queued",
                                max_length=9,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "crashes",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Workers that took it and were not heard of again.",
                            ),
                        ),
                        ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("first_tried_at", models.DateTimeField(blank=True, null=True)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("leased_by", models.CharField(blank=True, max_length=64)),
                        ("last_error", models.CharField(blank=True, max_length=300)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pruned_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When its text was removed; the row stays.",
                                null=True,
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                blank=True, help_text="For example letter:12.", max_length=60
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={
                                    "unique": "A user with that username already exists."
                                },
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "theme",
                            models.CharField(
                                choices=[
                                    ("system", "As the device"),
                                    ("light", "Light"),
                                    ("dark", "Dark"),
                                ],
                                default="system",
                                max_length=6,
                            ),
                        ),
                        (
                            "density",
                            models.CharField(
                                choices=[("dense", "Dense"), ("roomy", "Roomy")],
                                default="dense",
                                max_length=5,
                            ),
                        ),
                        (
                            "single_keys",
                            models.BooleanField(default=True, verbose_name="single-key shortcuts"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                    },
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Agent",
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
                            "employee_id",
                            models.CharField(
                                max_length=32,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\\Z",
                                        "An employee ID has letters and digits only, at most 32.",
                                    )
                                ],
                                verbose_name="employee ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("team", models.CharField(blank=True, max_length=60)),
                        ("left_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=people.models.roster.Folded("name", "employee_id"),
                                output_field=models.TextField(db_collation="C"),
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agent_records",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaptainAppointment",
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
                        ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="captaincies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("name", models.CharField(max_length=120)),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("agent", "Agent"),
                                        ("sme", "SME"),
                                        ("manager", "Operations Manager"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                            ),
                        ),
                        ("token_hash", models.CharField(blank=True, default="", max_length=64)),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "expires_at",
                            models.DateTimeField(default=people.models.invitation.default_expiry),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                help_text="The mail with the valid link; none when the link was handed over.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.message",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-invited_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("agent", "Agent"),
                                        ("sme", "SME"),
                                        ("manager", "Operations Manager"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["program", "user"],
                    },
                ),
                migrations.CreateModel(
                    name="MessageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "On its way"),
                                    ("sent", "Sent"),
                                    ("failed", "Not delivered"),
                                    ("cancelled", "Taken back"),
                                ],
                                default="queued",
                                max_length=9,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_error", models.CharField(blank=True, max_length=300)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="id_state_attempts_last_error_sent_at_events",
                                to="people.message",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Program",
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
                        ("name", models.CharField(max_length=120)),
                        ("slug", models.SlugField(unique=True)),
                        (
                            "time_zone",
                            models.CharField(
                                help_text="An IANA name, e.g. Asia/Manila.",
                                max_length=64,
                                validators=[people.models.program.check_time_zone],
                            ),
                        ),
                        (
                            "shift_starts_at",
                            models.TimeField(
                                default=datetime.time(18, 0),
                                help_text="Local time at which a shift day begins.",
                            ),
                        ),
                        (
                            "promise_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Days within which the client promises an answer.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                            ),
                        ),
                        (
                            "dispositions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=people.models.program.default_dispositions,
                                size=None,
                            ),
                        ),
                        (
                            "not_cards",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16),
                                blank=True,
                                default=list,
                                editable=False,
                                help_text="Numbers a captain said are no payment cards: first six, last four, how many.",
                                size=None,
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="programs",
                                to="people.client",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="NotificationChoice",
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
                        ("kind", models.CharField(max_length=40)),
                        ("screen", models.BooleanField()),
                        ("mail", models.BooleanField()),
                        (
                            "user",
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
                                related_name="+",
                                to="people.program",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("kind", models.CharField(max_length=40)),
                        ("sentence", models.CharField(max_length=300)),
                        (
                            "link",
                            models.CharField(help_text="A path of this site.", max_length=300),
                        ),
                        (
                            "once",
                            models.CharField(
                                blank=True,
                                help_text="The same kind is not told twice under one name.",
                                max_length=100,
                            ),
                        ),
                        ("on_screen", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                    },
                ),
                migrations.AddField(
                    model_name="message",
                    name="program",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("agent", "Agent"),
                                        ("sme", "SME"),
                                        ("manager", "Operations Manager"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
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
                                to="people.membership",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.AddField(
                    model_name="membership",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("name", models.CharField(max_length=120)),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("agent", "Agent"),
                                        ("sme", "SME"),
                                        ("manager", "Operations Manager"),
                                    ],
                                    max_length=10,
                                ),
                                size=None,
                            ),
                        ),
                        ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "expires_at",
                            models.DateTimeField(default=people.models.invitation.default_expiry),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
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
                        (
                            "invited_by",
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
                                to="people.invitation",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The mail with the valid link; none when the link was handed over.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.message",
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
                migrations.AddField(
                    model_name="invitation",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="ContactPointEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("tier", models.PositiveSmallIntegerField(default=1)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "duty",
                            models.CharField(blank=True, max_length=120, verbose_name="what for"),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "from_time",
                            models.TimeField(blank=True, null=True, verbose_name="reachable from"),
                        ),
                        (
                            "to_time",
                            models.TimeField(blank=True, null=True, verbose_name="reachable until"),
                        ),
                        (
                            "up_to_severity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "1 alone, the worst"), (2, "1 and 2"), (3, "1 to 3")],
                                null=True,
                                verbose_name="only for severity",
                            ),
                        ),
                        (
                            "topic",
                            models.SlugField(
                                blank=True,
                                db_index=False,
                                default="",
                                help_text="A topic's slug.",
                                max_length=80,
                                verbose_name="only for topic",
                            ),
                        ),
                        ("verified_on", models.DateField(blank=True, null=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
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
                                to="people.contactpoint",
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
                migrations.AddField(
                    model_name="contactpoint",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_points",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="CaptainAppointmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("starts_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
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
                                to="people.captainappointment",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.AddField(
                    model_name="captainappointment",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captain_appointments",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="AgentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "employee_id",
                            models.CharField(
                                max_length=32,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}\\Z",
                                        "An employee ID has letters and digits only, at most 32.",
                                    )
                                ],
                                verbose_name="employee ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("team", models.CharField(blank=True, max_length=60)),
                        ("left_on", models.DateField(blank=True, null=True)),
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
                                to="people.agent",
                            ),
                        ),
                        (
                            "user",
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
                migrations.AddField(
                    model_name="agent",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agents",
                        to="people.program",
                    ),
                ),
                migrations.CreateModel(
                    name="ProgramEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("slug", models.SlugField(db_index=False)),
                        (
                            "time_zone",
                            models.CharField(
                                help_text="An IANA name, e.g. Asia/Manila.",
                                max_length=64,
                                validators=[people.models.program.check_time_zone],
                            ),
                        ),
                        (
                            "shift_starts_at",
                            models.TimeField(
                                default=datetime.time(18, 0),
                                help_text="Local time at which a shift day begins.",
                            ),
                        ),
                        (
                            "promise_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="Days within which the client promises an answer.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(365),
                                ],
                            ),
                        ),
                        (
                            "dispositions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                default=people.models.program.default_dispositions,
                                size=None,
                            ),
                        ),
                        (
                            "not_cards",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16),
                                blank=True,
                                default=list,
                                editable=False,
                                help_text="Numbers a captain said are no payment cards: first six, last four, how many.",
                                size=None,
                            ),
                        ),
                        (
                            "client",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.client",
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
                                to="people.program",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="user_email_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="user",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("username"), name="user_username_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="program",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("promise_days__gte", 1)),
                        name="program_promise_positive",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="program",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_programevent" ("client_id", "dispositions", "id", "name", "not_cards", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "promise_days", "shift_starts_at", "slug", "time_zone") VALUES (OLD."client_id", OLD."dispositions", OLD."id", OLD."name", OLD."not_cards", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."promise_days", OLD."shift_starts_at", OLD."slug", OLD."time_zone"); RETURN NULL;',
                            hash="0598e8c765ca8ec50ef16c2e28e9dab27a4b51cc",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_6f97f",
                            table="people_program",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notificationchoice",
                    constraint=models.UniqueConstraint(
                        fields=("user", "program", "kind"), name="notification_choice_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("on_screen", True), ("read_at__isnull", True)),
                        fields=["user", "program"],
                        include=("kind",),
                        name="notice_unread",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        fields=["user", "-created_at", "-id"], name="notice_by_user"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("once", ""), _negated=True),
                        fields=("user", "program", "kind", "once"),
                        name="notice_told_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("link__regex", "^/([^/\\\\]|$)")),
                        name="notice_link_is_ours",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["due_at", "id"],
                        name="message_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("state__in", ["queued", "failed"])),
                        fields=["program", "state", "-created_at"],
                        name="message_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["program", "-sent_at", "-id"],
                        name="message_sent",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(
                            ("pruned_at", None), models.Q(("state", "queued"), _negated=True)
                        ),
                        fields=["created_at", "id"],
                        name="message_to_prune",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(fields=["about"], name="message_by_about"),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("to_email__regex", '^[^\\s,;:<>\\"()\\\\]+@[^\\s,;:<>\\"()\\\\@]+$')
                        ),
                        name="message_to_one_address",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_name__regex", "[\\r\\n]"), _negated=True),
                            models.Q(("from_name__regex", "[\\r\\n]"), _negated=True),
                            models.Q(("subject__regex", "[\\r\\n]"), _negated=True),
                        ),
                        name="message_lines_are_lines",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_sent_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("pruned_at", None),
                            models.Q(
                                models.Q(("state", "queued"), _negated=True),
                                ("html", ""),
                                ("sealed", ""),
                                ("text", ""),
                            ),
                            _connector="OR",
                        ),
                        name="message_pruned_is_over",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."last_error" IS DISTINCT FROM (NEW."last_error") OR OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func='INSERT INTO "people_messageevent" ("attempts", "id", "last_error", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state") VALUES (OLD."attempts", OLD."id", OLD."last_error", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."sent_at", OLD."state"); RETURN NULL;',
                            hash="f55b5702bea290d088cee7ec8086e9a32d128d06",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_9079f",
                            table="people_message",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.UniqueConstraint(
                        fields=("user", "program"), name="membership_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("roles__contained_by", ["agent", "sme", "manager"])),
                        name="membership_roles_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="added_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "roles", "user_id", "version") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."program_id", NEW."roles", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="efbfcd7591cf18f9f0e058bb6a477bc8fd511f5c",
                            operation="INSERT",
                            pgid="pgtrigger_added_insert_043dc",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "roles", "user_id", "version") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."roles", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="02eb99aee19c06f6d4e46aecded876373fbee673",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_3dbc7",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "roles", "user_id", "version") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."roles", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="f9e2248b696ad9b1d91f9053e6d478352a892c4e",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_9246e",
                            table="people_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="invitation_token_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("roles__contained_by", ["agent", "sme", "manager"]),
                            models.Q(("roles", []), _negated=True),
                        ),
                        name="invitation_roles_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="invitation_accepted_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invited_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_invitationevent" ("accepted_at", "accepted_by_id", "email", "expires_at", "id", "invited_at", "invited_by_id", "message_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "revoked_at", "roles") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."email", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."message_id", NEW."name", _pgh_attach_context(), NOW(), \'invited\', NEW."id", NEW."program_id", NEW."revoked_at", NEW."roles"); RETURN NULL;',
                            hash="5374d77ea83231349ca1e8c8474e1ef3ef349b8a",
                            operation="INSERT",
                            pgid="pgtrigger_invited_insert_c25b8",
                            table="people_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."roles" IS DISTINCT FROM (NEW."roles"))',
                            func='INSERT INTO "people_invitationevent" ("accepted_at", "accepted_by_id", "email", "expires_at", "id", "invited_at", "invited_by_id", "message_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "revoked_at", "roles") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."email", OLD."expires_at", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."message_id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."revoked_at", OLD."roles"); RETURN NULL;',
                            hash="31d1406da2e4737968072c121ca9838ece548f2c",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_12830",
                            table="people_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("email", ""), ("phone", ""), _negated=True),
                        name="contact_reachable_somehow",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_time__isnull", True), ("to_time__isnull", True)),
                            models.Q(("from_time__isnull", False), ("to_time__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_hours_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("tier__gte", 1)), name="contact_tier_from_one"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpoint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("up_to_severity__isnull", True),
                            ("up_to_severity__range", (1, 3)),
                            _connector="OR",
                        ),
                        name="contact_severity_1_to_3",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="added_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_contactpointevent" ("duty", "email", "from_time", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "program_id", "removed_at", "tier", "to_time", "topic", "up_to_severity", "verified_on", "version") VALUES (NEW."duty", NEW."email", NEW."from_time", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."phone", NEW."program_id", NEW."removed_at", NEW."tier", NEW."to_time", NEW."topic", NEW."up_to_severity", NEW."verified_on", NEW."version"); RETURN NULL;',
                            hash="783d8c8fb5121ceae18f30a06ab0b35285791dd5",
                            operation="INSERT",
                            pgid="pgtrigger_added_insert_42adc",
                            table="people_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_contactpointevent" ("duty", "email", "from_time", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "program_id", "removed_at", "tier", "to_time", "topic", "up_to_severity", "verified_on", "version") VALUES (OLD."duty", OLD."email", OLD."from_time", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."phone", OLD."program_id", OLD."removed_at", OLD."tier", OLD."to_time", OLD."topic", OLD."up_to_severity", OLD."verified_on", OLD."version"); RETURN NULL;',
                            hash="c126bb91fdebfa9af7722a9ba7d72e923bf96ce6",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_84327",
                            table="people_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="captainappointment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("program",),
                        name="captain_one_open_per_program",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="captainappointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="captain_ended_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="captainappointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="appointed_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_captainappointmentevent" ("appointed_by_id", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "starts_at", "until", "user_id") VALUES (NEW."appointed_by_id", NEW."ended_at", NEW."ended_by_id", NEW."id", _pgh_attach_context(), NOW(), \'appointed\', NEW."id", NEW."program_id", NEW."starts_at", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="193eb426dfd6284ed7dec67a64208c03d633b25c",
                            operation="INSERT",
                            pgid="pgtrigger_appointed_insert_0b2a4",
                            table="people_captainappointment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="captainappointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "people_captainappointmentevent" ("appointed_by_id", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "starts_at", "until", "user_id") VALUES (OLD."appointed_by_id", OLD."ended_at", OLD."ended_by_id", OLD."id", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."starts_at", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="060d02b32b151a0eb1a54f92266f04a6f2d848d8",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_9cfea",
                            table="people_captainappointment",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="agent",
                    index=models.Index(
                        models.F("program"),
                        models.F("search_text"),
                        models.F("id"),
                        name="agent_by_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="agent",
                    index=models.Index(
                        models.F("program"),
                        django.db.models.functions.text.Upper("employee_id"),
                        name="agent_by_id",
                    ),
                ),
                migrations.AddIndex(
                    model_name="agent",
                    index=django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_text", name="gin_trgm_ops"),
                        name="agent_search",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agent",
                    constraint=models.UniqueConstraint(
                        fields=("program", "employee_id"), name="agent_employee_id_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("program", "user"),
                        name="agent_login_once",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="added_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_agentevent" ("employee_id", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "team", "user_id", "version") VALUES (NEW."employee_id", NEW."id", NEW."left_on", NEW."name", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."program_id", NEW."team", NEW."user_id", NEW."version"); RETURN NULL;',
                            hash="f5cc54dd57c2def2dae975f1cfd6f2c5e6fd9734",
                            operation="INSERT",
                            pgid="pgtrigger_added_insert_3e92c",
                            table="people_agent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="changed_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."employee_id" IS DISTINCT FROM (NEW."employee_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."team" IS DISTINCT FROM (NEW."team") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "people_agentevent" ("employee_id", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "team", "user_id", "version") VALUES (OLD."employee_id", OLD."id", OLD."left_on", OLD."name", _pgh_attach_context(), NOW(), \'changed\', OLD."id", OLD."program_id", OLD."team", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="fcb23a3e6355a459ad689272b68ce1bb4bddd099",
                            operation="UPDATE",
                            pgid="pgtrigger_changed_update_657d7",
                            table="people_agent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "people_agentevent" ("employee_id", "id", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "team", "user_id", "version") VALUES (OLD."employee_id", OLD."id", OLD."left_on", OLD."name", _pgh_attach_context(), NOW(), \'removed\', OLD."id", OLD."program_id", OLD."team", OLD."user_id", OLD."version"); RETURN NULL;',
                            hash="cf511758459aaf4eef8efd00a525b8978e4127b9",
                            operation="DELETE",
                            pgid="pgtrigger_removed_delete_e5d46",
                            table="people_agent",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
