"""The mail with the link of a share: to somebody who may have no account."""

from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import truncatechars

from catalog.choices import CollaboratorRole
from notifications.mail import LONGEST_NAME, one_line
from notifications.team_mail import mail_to_address
from submissions.models import Share
from submissions.splits.links import token_of


def link_mail(share: Share, *, name: str) -> EmailMultiAlternatives:
    """Return the mail that asks somebody to confirm their share; `name` begins its Message-ID.

    Expects the share with its submission. It carries the sheet’s fingerprint.
    """
    submission, said = share.sheet.submission, share.said
    context = {
        "title": one_line(submission.shown_title),
        "artist": one_line(submission.artist) or "the producer",
        "label": one_line(submission.label.name),
        "name": one_line(said["name"]),
        "role": CollaboratorRole(said["role"]).label,
        "percentage": said["percentage"],
        "token": token_of(share),
        "sheet_digest": share.sheet.digest_hex,
    }
    title = truncatechars(context["title"], LONGEST_NAME)
    return mail_to_address(
        "share", f"Your share of “{title}”: please confirm", context, to=said["email"], name=name
    )
