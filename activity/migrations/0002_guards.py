"""What the team writes stays as written, whoever writes; the function is the history's own."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER activity_stays BEFORE UPDATE OR DELETE ON activity_activity
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER activity_not_emptied BEFORE TRUNCATE ON activity_activity
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
ALTER TABLE activity_activity ENABLE ALWAYS TRIGGER activity_stays;
ALTER TABLE activity_activity ENABLE ALWAYS TRIGGER activity_not_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL(GUARDS)]
