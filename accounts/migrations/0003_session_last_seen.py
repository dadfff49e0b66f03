from django.db import migrations, models

import kit.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_thumbnails"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="last_seen_at",
            field=models.DateTimeField(default=kit.clock.now),
        ),
    ]
