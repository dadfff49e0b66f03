"""Reminders are append-only, whoever writes."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER reminder_stays BEFORE UPDATE OR DELETE ON submissions_reminder
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER reminder_not_emptied BEFORE TRUNCATE ON submissions_reminder
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
ALTER TABLE submissions_reminder ENABLE ALWAYS TRIGGER reminder_stays;
ALTER TABLE submissions_reminder ENABLE ALWAYS TRIGGER reminder_not_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_message_guards")]

    operations = [migrations.RunSQL(GUARDS)]
