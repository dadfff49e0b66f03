"""Mails with the link of a share or of a co-producer: to somebody who may have no account."""

from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import truncatechars

from catalog.choices import CollaboratorRole
from notifications.mail import LONGEST_NAME, one_line
from notifications.team_mail import mail_to_address
from submissions.models import CoProducer, Share
from submissions.splits.co_producers import co_producer_at
from submissions.splits.links import co_token_of, token_of


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
        "token": _token_of(share),
        "sheet_digest": share.sheet.digest_hex,
    }
    title = truncatechars(context["title"], LONGEST_NAME)
    return mail_to_address(
        "share", f"Your share of “{title}”: please confirm", context, to=said["email"], name=name
    )


def _token_of(share: Share) -> str:
    """Return the token of the person's one link: a co-producer's, which outlives sheets, else that of the line."""
    person = co_producer_at(share.sheet.submission, share.address)
    return co_token_of(person) if person and not person.ended_at else token_of(share)


def follow_mail(person: CoProducer, *, name: str) -> EmailMultiAlternatives:
    """Return the mail that invites a co-producer to follow a submission; expects it with its submission."""
    submission = person.submission
    artist, title = one_line(submission.artist) or "The producer", one_line(submission.shown_title)
    context = {
        "title": title,
        "artist": artist,
        "label": one_line(submission.label.name),
        "name": one_line(person.name),
        "role": CollaboratorRole(person.role).label,
        "token": co_token_of(person),
    }
    shown = truncatechars(title, LONGEST_NAME)
    subject = f"{truncatechars(artist, LONGEST_NAME)} sent “{shown}”: follow it"
    return mail_to_address("follow", subject, context, to=person.email, name=name)
