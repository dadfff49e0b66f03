"""Jobs: create the deliveries of events and suspensions, then send the mails.

Every job may be repeated: a `Delivery` is unique, and a sent one is not sent again.
"""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from kit import clock, jobs
from kit.log_context import say
from labels.models import Invitation, Label, Suspension
from notifications import deliverable_notices, mail, share_mail, studio_notices, team_mail
from notifications.audience import (
    may_receive,
    message_recipients,
    recipients,
    reminder_recipients,
    share_awaits,
    suspension_recipients,
)
from notifications.audience_table import EVERY_CHANNEL
from notifications.bounces.service import ASK, forget
from notifications.choices import DeliveryStatus
from notifications.deliveries import SEND, SEND_INVITATION, deliver, deliver_links
from notifications.digests import service as digests
from notifications.digests.service import SEND_DIGEST
from notifications.models import Announcement, Delivery, RefusedAddress
from notifications.models.preferences import preferences_of
from notifications.preferences.service import outcome_of, ways_of
from studio.models import StudioEvent
from submissions.choices import Transition
from submissions.models import CoProducer, Deliverable, Event, Message, Reminder, Share, Submission
from submissions.splits import co_producers
from submissions.splits.link_mail import spend_mail

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)  # from 5 seconds to 4 days: a week in all


@app.task(name="notifications.announce", retry=RETRY)
def announce(*, event_id: int) -> None:
    """Notify the recipients of an event, once, and write down how many deliveries that makes."""
    event = Event.objects.select_related("submission__producer").get(pk=event_id)
    say(reference=event.submission.reference)
    with transaction.atomic():
        people = recipients(event)
        known = Announcement.objects.filter(event=event).exists()
        links = 0 if known else deliver_links(event)
        told = {"told": sum(map(len, people.values())) + links}
        _, is_new = Announcement.objects.get_or_create(event=event, defaults=told)
        if is_new:
            deliver(people.items(), event.recorded_at, event=event)
            if event.transition == Transition.SUBMIT:
                co_producers.invite(event.submission)


@app.task(name="notifications.announce_suspension", retry=RETRY)
def announce_suspension(*, suspension_id: int) -> None:
    """Notify producers of a suspension's start and end."""
    suspension = Suspension.objects.get(pk=suspension_id)
    with transaction.atomic():
        for is_end, moment in ((False, suspension.started_at), (True, suspension.ended_at)):
            if moment:
                people = suspension_recipients(suspension, is_end=is_end)
                people_channels = [(person, EVERY_CHANNEL) for person in people]
                deliver(people_channels, moment, suspension=suspension, is_end=is_end)


@app.task(name="notifications.announce_message", retry=RETRY)
def announce_message(*, message_id: int) -> None:
    """Notify the other side of a message; a listener of `message`."""
    message = Message.objects.select_related("submission__producer").get(pk=message_id)
    with transaction.atomic():
        people_channels = [(person, EVERY_CHANNEL) for person in message_recipients(message)]
        deliver(people_channels, message.written_at, message=message)


@app.task(name="notifications.announce_reminder", retry=RETRY)
def announce_reminder(*, reminder_id: int) -> None:
    """Notify those whom a reminder concerns; a listener of reminders."""
    rows = Reminder.objects.select_related("submission__label", "submission__producer")
    reminder = rows.get(pk=reminder_id)
    with transaction.atomic():
        people = [(person, EVERY_CHANNEL) for person in reminder_recipients(reminder)]
        deliver(people, reminder.made_at, reminder=reminder)


@app.task(name=SEND, retry=RETRY)
def send(*, delivery_id: int) -> None:
    """Send the mail of a delivery, unless it was sent or its person may no longer get it.

    The row stays locked until the mail server has answered; if it fails, the job is retried.
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).with_subject().select_related("person")
        delivery = rows.get(pk=delivery_id)
        say(**({"reference": delivery.submission.reference} if delivery.submission else {}))
        if delivery.outcome != DeliveryStatus.WAITING:
            return
        if until := _quiet_end(delivery):
            jobs.defer_later(SEND, until, delivery_id=delivery.pk)
            return
        delivery.outcome = _outcome_now(delivery)
        if delivery.outcome == DeliveryStatus.WAITING:
            _message(delivery).send()
            delivery.outcome, delivery.sent_at = DeliveryStatus.SENT, clock.now()
        delivery.save(update_fields=["outcome", "sent_at"])


def _quiet_end(delivery: Delivery) -> datetime | None:
    return preferences_of(delivery.person).quiet_end(clock.now()) if delivery.person else None


def _outcome_now(delivery: Delivery) -> DeliveryStatus:
    """Return what becomes of a mail that waited: its person may have left or chosen otherwise meanwhile."""
    if not may_receive(delivery) or (delivery.share and not spend_mail(delivery.share)):
        return DeliveryStatus.OFF
    [way] = ways_of([delivery])
    return outcome_of(delivery, way)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notifications.make_digests", queueing_lock="notifications.make_digests", pass_context=False)
def make_digests(timestamp: int = 0) -> int:
    """Make the digests whose hour has come, also those of hours that were missed; return how many."""
    return digests.make_due()


@app.task(name=SEND_DIGEST, retry=RETRY)
def send_digest(*, digest_id: int) -> None:
    """Send a digest that was made."""
    digests.send(digest_id)


def _message(delivery: Delivery) -> EmailMultiAlternatives:
    if delivery.share:
        return share_mail.link_mail(delivery.share, name=f"delivery-{delivery.pk}")
    return mail.build(delivery)


@app.task(name=ASK, retry=RETRY)
def ask_address(*, address_id: int) -> None:
    """Mail an address that refused mail before a link to confirm itself with."""
    row = RefusedAddress.objects.get(pk=address_id)
    if row.confirmed_at is None:
        team_mail.address_mail(row).send()


@app.task(name="notifications.forget_addresses", retry=RETRY)
def forget_addresses(*, user_id: int) -> None:
    """Delete the refused addresses of somebody who was anonymised; a listener of anonymisation."""
    forget(User.objects.get(pk=user_id))


@app.task(name=SEND_INVITATION, retry=RETRY)
def send_invitation(*, invitation_id: int, nonce: str) -> None:
    """Mail an invitation's link, unless it has ended or was sent again; a listener of invitations."""
    invitation = Invitation.objects.select_related("label", "invited_by").get(pk=invitation_id)
    if invitation.is_open() and invitation.nonce.hex == nonce:
        team_mail.invitation_mail(invitation).send()


@app.task(name="notifications.send_share_link", retry=RETRY)
def send_share_link(*, share_id: int) -> None:
    """Mail a share's link once more, unless it is answered or its sheet is replaced; a listener of `share_link`."""
    share = Share.objects.with_submission().get(pk=share_id)
    if share_awaits(share) and spend_mail(share):
        share_mail.link_mail(share, name=f"share-{share.pk}.{clock.now():%Y%m%d%H%M%S}").send()


@app.task(name=co_producers.SEND, retry=RETRY)
def send_co_producer_link(*, co_producer_id: int) -> None:
    """Mail a co-producer's link, unless it was mailed or ended, or the address got enough today."""
    with transaction.atomic():
        rows = CoProducer.objects.with_submission().select_for_update(of=("self",))
        person = rows.filter(pk=co_producer_id).first()
        if person is None or not co_producers.spend(person):
            return
        moment = clock.now()
        share_mail.follow_mail(person, name=f"follow-{person.pk}.{moment:%Y%m%d%H%M%S}").send()
        person.mailed_at = moment
        person.save(update_fields=["mailed_at"])


@app.task(name="notifications.remind_of_deliverables", retry=RETRY)
def remind_of_deliverables(*, submission_id: int, ball: str) -> None:
    """Remind one side of what is late between them; a listener of `late_deliverables`."""
    deliverable_notices.remind(
        Submission.objects.select_related("label", "producer").get(pk=submission_id), ball
    )


@app.task(name="notifications.tell_dead_deliverable", retry=RETRY)
def tell_dead_deliverable(*, deliverable_id: int) -> None:
    """Tell both sides that a link which was handed in does not work; a listener of `dead_deliverable`."""
    rows = Deliverable.objects.select_related("submission__label", "submission__producer")
    deliverable_notices.tell_dead(rows.get(pk=deliverable_id))


@app.task(name="notifications.tell_studio", retry=RETRY)
def tell_studio(*, event_id: int) -> None:
    """Tell people what concerns them of the studio; a listener of `studio_event`."""
    rows = StudioEvent.objects.select_related(
        "actor", "project__track", "project__owner", "project__pack", "pack__owner"
    )
    studio_notices.tell_of(rows.get(pk=event_id))


@app.task(name="notifications.forget_studio", retry=RETRY)
def forget_studio(*, user_id: int) -> None:
    """Empty what people were told of an anonymised person's projects and packs; a listener of anonymisation."""
    studio_notices.forget_words(User.objects.get(pk=user_id))


@app.task(name="notifications.send_farewell", retry=RETRY)
def send_farewell(*, label_id: int, user_id: int, by_id: int | None = None) -> None:
    """Mail somebody that they were removed from a team, unless they are back; a listener of departures."""
    label, person = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    if by_id != user_id and person.is_active and label.role_of(person) is None:
        by = User.objects.get(pk=by_id) if by_id else None
        team_mail.farewell_mail(label, person, by=by).send()
