from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_session_last_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "tallies",
            },
        ),
        migrations.RunSQL("ALTER TABLE accounts_tally SET UNLOGGED", "ALTER TABLE accounts_tally SET LOGGED"),
    ]
