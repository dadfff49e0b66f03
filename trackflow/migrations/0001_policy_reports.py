from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PolicyReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("directive", models.CharField(max_length=40)),
                ("blocked", models.CharField(max_length=100, verbose_name="what was kept out")),
                ("page", models.CharField(max_length=100)),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "report of a browser",
                "verbose_name_plural": "reports of browsers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "directive", "blocked", "page"), name="policy_report_of_day"
                    )
                ],
            },
        ),
    ]
