"""Which rows the demo floor made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("config", "0001_database")]

    operations = [
        migrations.CreateModel(
            name="DemoRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("model", "row"), name="demo_row_once")
                ],
            },
        ),
    ]
