"""Jobs of exports and deletions."""

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from privacy import mails
from privacy.deletion import service as deletion
from privacy.deletion.forget import forget
from privacy.deletion.label_notices import tell_labels
from privacy.export import service as export

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name=export.BUILD, retry=RETRY)
def build_export(*, export_id: int) -> bool:
    """Make an export; return whether it was made now."""
    return export.build(export_id)


@app.task(name="privacy.mail_export", retry=RETRY)
def mail_export(*, export_id: int) -> None:
    """Tell its person that an export is ready."""
    mails.tell_ready(export_id)


@app.periodic(cron="35 4 * * *")
@app.task(name="privacy.delete_exports", queueing_lock="privacy.delete_exports", pass_context=False)
def delete_exports(timestamp: int = 0) -> int:
    """Delete exports whose week is over; return how many."""
    return export.delete_old()


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="privacy.delete_accounts", queueing_lock="privacy.delete_accounts", pass_context=False, retry=RETRY
)
def delete_accounts(timestamp: int = 0) -> int:
    """Queue the deletions that are due; return how many."""
    return deletion.go_through()


@app.task(name=deletion.DELETE, retry=RETRY)
def delete_account(*, user_id: int) -> bool:
    """Delete an account whose time has come; return whether it was deleted now."""
    return deletion.delete(user_id)


@app.task(name=deletion.MAIL, retry=RETRY)
def mail_deletion(*, user_id: int, kind: str, due: str) -> None:
    """Tell somebody that their account will be deleted, unless that changed meanwhile, or that it is kept."""
    mails.tell_deletion(user_id, kind, due)


@app.task(name=deletion.TELL_LABELS, retry=RETRY)
def tell_labels_of_deletion(*, user_id: int, kind: str, due: str) -> int:
    """Tell labels with a signed deal that its producer deletes their account, or keeps it; return of how many demos."""
    return tell_labels(User.objects.get(pk=user_id), due=datetime.fromisoformat(due), is_kept=kind == "kept")


@app.task(name="privacy.forget_person", retry=RETRY)
def forget_person(*, user_id: int) -> None:
    """Empty what remains of an anonymised person; a listener of anonymisation."""
    forget(User.objects.get(pk=user_id))
