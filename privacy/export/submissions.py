"""A submission with its whole history, as its producer may see it; and what others gave the person a share of."""

from dataclasses import asdict
from typing import Any

from accounts.models import User
from privacy.export.page import Page, Record, Section, without_blanks
from submissions.copy_view import copy_view
from submissions.deliverables.page import rows_of
from submissions.models import CoProducer, Draft, Event, LinkCheck, Message, Reminder, Submission
from submissions.offers.page import offers_of
from submissions.splits.collaborator_page import followed_for, shares_for, states_of
from submissions.splits.page import sheets_of
from submissions.state_machine import STATES
from submissions.timeline import timeline, who


def submission_page(submission: Submission) -> Page:
    """Return all that the producer of a submission may see of it. Some ten queries."""
    events = list(Event.objects.of(submission).with_people())
    sections = [
        Section("Submission", [_facts(submission)]),
        Section("Draft", _draft(submission)),
        Section("History", _history(submission, events)),
        Section("What was sent", _revisions(submission)),
        Section("Offers", _offers(submission)),
        Section("Splits", _splits(submission), "Other people's addresses are left out: they are theirs."),
        Section("Deliverables", _deliverables(submission)),
        Section("Messages", _messages(submission)),
        Section("Co-producers", _co_producers(submission)),
        Section("Reminders", _reminders(submission)),
        Section("Checks of your links", _link_checks(submission)),
    ]
    return Page(submission.reference.lower(), f"{submission.reference} {submission.shown_title}", sections)


def shares_page(person: User) -> Page:
    """Return the shares and the demos of others that this account may see."""
    shares = [_own_share(each) for each in shares_for(person)]
    followed = [_followed(each) for each in followed_for(person)]
    return Page(
        "shares",
        "Shares in tracks of others",
        [Section("Your shares", shares), Section("Demos you may follow", followed)],
    )


def _own_share(each: Any) -> Record:
    line, said = each.line, each.line.share.said
    return without_blanks(
        {"Demo": each.submission.reference, "Name": line.name, "Address": said.get("email", "")}
        | {"Role": line.role, "Percent": line.percentage, "Answer": line.answer, "Your objection": line.note}
    )


def _followed(each: Any) -> Record:
    person = each.person
    return without_blanks(
        {"Demo": each.submission.reference, "Name": person.name, "Address": person.email}
        | {"Role": person.get_role_display(), "Invited": person.invited_at, "Mailed": person.mailed_at}
        | {"Following since": person.followed_at, "Ended": person.ended_at}
        | {"States": [f"{state.name}: {state.when.isoformat()}" for state in states_of(each.submission)]}
        if person.is_following
        else {"Demo": each.submission.reference, "Name": person.name, "Address": person.email}
    )


def _facts(submission: Submission) -> Record:
    return without_blanks(
        {
            "Reference": submission.reference,
            "Track": submission.track.code,
            "Label": submission.label.name,
            "Intake": str(submission.intake),
            "State": STATES[submission.state].producer_name,
            "Begun": submission.created_at,
            "Sent": submission.submitted_at,
            "Answer due": submission.due_at,
            "Release date": submission.release_on,
            "Catalogue number": submission.catalogue_number,
            "Follows": submission.previous.reference if submission.previous else "",
        }
    )


def _draft(submission: Submission) -> list[Record]:
    draft = Draft.objects.filter(submission=submission).first()
    if draft is None:
        return []
    said = {"Answers": draft.answers, "Note": draft.note, "Access code": draft.access_code}
    return [without_blanks(said | {"Saved": draft.saved_at})]


def _history(submission: Submission, events: list[Event]) -> list[Record]:
    return [
        without_blanks(
            {"When": entry.when, "Who": entry.who, "What": entry.what, "Note": entry.note}
            | dict(entry.lines)
            | {"Changed": [asdict(change) for change in entry.changes]}
            | {"Fingerprint": entry.digest, "Emptied": entry.redacted_at}
        )
        for entry in timeline(submission, team=False, events=events)
    ]


def _revisions(submission: Submission) -> list[Record]:
    found = []
    for revision in submission.revisions.all():
        view = copy_view(revision, links=True)
        facts = {fact.name: fact.value for _, facts in view.groups for fact in facts}
        links = {name: revision.copy.get(field) for name, field in LINKS.items()}
        people = [{"Name": each.name, "Role": each.role, "Percent": each.split} for each in view.people]
        answers = [{"Question": each.question, "Answer": each.value} for each in view.answers]
        found.append(
            without_blanks(
                {"Revision": view.number, "Title": view.title, "Artist": view.artist, **facts, **links}
                | {"Password for the link": view.password, "Collaborators": people, "Answers": answers}
                | {page.name: page.href for page in view.pages}
                | {"Emptied": revision.redacted_at}
            )
        )
    return found


LINKS = {"Audio link": "audio_url", "Backup link": "backup_url"}


def _offers(submission: Submission) -> list[Record]:
    offers = offers_of(submission)
    return [
        without_blanks(
            {"Offer": column.number, "From": column.whose, "Made": column.made_at}
            | {line.name: line.value for line in column.lines}
            | {"Text": column.offer.text, "Fingerprint": column.offer.digest_hex}
        )
        for column in (offers.columns if offers else [])
    ]


def _splits(submission: Submission) -> list[Record]:
    return [
        {
            "Sheet": page.sheet.number,
            "Shares": [
                without_blanks(
                    {"Name": line.name, "Role": line.role, "Percent": line.percentage}
                    | {"Answer": line.answer, "Objection": line.note}
                )
                for line in page.lines
            ],
        }
        for page in sheets_of(submission)
        if page.sheet
    ]


def _deliverables(submission: Submission) -> list[Record]:
    return [
        without_blanks(
            {"Item": row.item.name, "Kind": row.kind, "State": row.state, "What to do": row.item.instructions}
            | {"Due": row.item.due_at, "Reminded": row.item.reminded_at, "Asked again": row.asked_again}
            | dict(row.value)
        )
        for row in rows_of(submission, team=False, sees_personal=True)
    ]


def _messages(submission: Submission) -> list[Record]:
    return [
        without_blanks(
            {"When": message.written_at, "Who": who(message, submission, team=False), "Text": message.text}
            | {"Emptied": message.redacted_at}
        )
        for message in Message.objects.of(submission).said()
    ]


def _co_producers(submission: Submission) -> list[Record]:
    return [
        without_blanks(
            {"Name": each.name, "Role": each.get_role_display(), "Invited": each.invited_at}
            | {"Following since": each.followed_at, "Ended": each.ended_at}
        )
        for each in CoProducer.objects.of(submission)
    ]


def _reminders(submission: Submission) -> list[Record]:
    reminders = Reminder.objects.filter(submission=submission).order_by("pk")
    return [{"Kind": each.get_kind_display(), "Due": each.due_at, "Made": each.made_at} for each in reminders]


def _link_checks(submission: Submission) -> list[Record]:
    return [
        {
            "Link": check.get_slot_display(),
            "Outcome": check.get_outcome_display(),
            "Checked": check.checked_at,
        }
        for check in LinkCheck.objects.filter(submission=submission).order_by("pk")
    ]
