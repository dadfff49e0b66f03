"""What the team writes stays as written, whoever writes; the function is the history's own."""

from django.db import migrations

GUARDS = """
CREATE TRIGGER memo_stays BEFORE UPDATE OR DELETE ON desk_memo
    FOR EACH ROW EXECUTE FUNCTION submissions_refuse();
CREATE TRIGGER memo_not_emptied BEFORE TRUNCATE ON desk_memo
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_refuse();
ALTER TABLE desk_memo ENABLE ALWAYS TRIGGER memo_stays;
ALTER TABLE desk_memo ENABLE ALWAYS TRIGGER memo_not_emptied;
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial"), ("submissions", "0002_guards")]

    operations = [migrations.RunSQL(GUARDS)]
