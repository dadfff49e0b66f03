"""The recipients of events, reminders, suspensions and notices."""

from collections.abc import Iterable, Sequence

from accounts.models import User
from labels.choices import Role
from labels.models import Label, Membership, Suspension
from notifications.audience_table import ChannelSet, channels_for
from notifications.bounces.service import is_refused
from notifications.models import Delivery, Notice
from submissions.choices import MessageSide, ReminderKind
from submissions.models import Event, Message, Reminder, Share, Submission
from submissions.reminders.occasions import OF_PRODUCER
from submissions.reminders.service import still_counts


def recipients(event: Event) -> dict[User, ChannelSet]:
    """Return an event's recipients with their channels, without those who acted or are inactive.

    The producer gets what confirms their own act. A team member gets news of their own demo only as its producer.
    """
    submission, sides = event.submission, channels_for(event.transition, event.actor_role)
    channels = dict.fromkeys(team_recipients(submission), sides.team) if sides.team else {}
    channels[submission.producer] = sides.producer
    acted = {event.actor_id, event.acted_by_id}
    return {
        person: ways
        for person, ways in channels.items()
        if ways and person.is_active and (person == submission.producer or person.pk not in acted)
    }


def team_recipients(submission: Submission) -> list[User]:
    """Return the assignee if an active member, else the active managers and owners; never the producer."""
    team = Membership.objects.active().filter(label=submission.label_id).exclude(user=submission.producer_id)
    members = list(team.select_related("user").order_by("pk"))
    assigned = [member.user for member in members if member.user_id == submission.team_assignee_id]
    return assigned or [member.user for member in members if member.role >= Role.MANAGER]


def message_recipients(message: Message) -> list[User]:
    """Return the producer, or for what they wrote the team as for their other acts, with whoever wrote before."""
    submission = message.submission
    if message.is_of_label:
        return [submission.producer] if submission.producer.is_active else []
    wrote = Message.objects.filter(submission=submission, side=MessageSide.LABEL).values("author")
    team = Membership.objects.active().filter(label=submission.label_id, user__in=wrote)
    writers = [member.user for member in team.select_related("user").order_by("pk")]
    people = dict.fromkeys([*team_recipients(submission), *writers])
    return [person for person in people if person.pk not in (message.author_id, submission.producer_id)]


def reminder_recipients(reminder: Reminder) -> list[User]:
    """Return who is reminded: the producer of theirs; else whoever has the demo, once it is late the managers too."""
    submission = reminder.submission
    if reminder.kind in (*OF_PRODUCER.values(), ReminderKind.CLEARING):
        return [submission.producer] if submission.producer.is_active else []
    people = team_recipients(submission)
    if reminder.kind == ReminderKind.ESCALATED:
        people += [each for each in managers_for(submission) if each not in people]
    return people


def managers_for(submission: Submission) -> list[User]:
    """Return the active managers and owners of a submission's label; never its producer."""
    team = Membership.objects.active().at_least(Role.MANAGER).filter(label=submission.label_id)
    members = team.exclude(user=submission.producer_id).select_related("user").order_by("pk")
    return [member.user for member in members]


def suspension_recipients(suspension: Suspension, *, is_end: bool) -> list[User]:
    """Return the producers with a live submission at the label; for its end, those notified of its start."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if is_end:
        notified = Delivery.objects.filter(suspension=suspension, is_end=False)
        return list(people.filter(pk__in=notified.values("person")))
    live = Submission.objects.live().filter(
        label=suspension.label_id, submitted_at__lte=suspension.started_at
    )
    return list(people.filter(pk__in=live.values("producer")))


def may_receive(delivery: Delivery) -> bool:
    """Whether this mail may leave: the account is active, its address refused none, a team's member is still one.

    Nobody gets the mail of a message that was redacted.
    """
    if delivery.share:
        return share_awaits(delivery.share) and not is_refused(delivery.share.said.get("email", ""))
    if delivery.message and delivery.message.redacted_at:
        return False
    assert delivery.person
    if not delivery.person.is_active or is_refused(delivery.person.email):
        return False
    if delivery.reminder and not still_counts([delivery.reminder]):
        return False
    if not delivery.is_to_team:
        return True
    return delivery.label is not None and delivery.label.role_of(delivery.person) is not None


def may_receive_of(person: User, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Return those of a person's mails that they may still get, without reminders of what was answered.

    Two queries at most; one more where a label of a reminder was ever suspended.
    """
    if not person.is_active or is_refused(person.email):
        return []
    to_team = [each for each in deliveries if each.is_to_team]
    desks = set(Label.objects.desks_of(person).values_list("pk", flat=True)) if to_team else set()
    refused = {each.pk for each in to_team if each.label_id not in desks}
    refused |= {each.pk for each in deliveries if each.message and each.message.redacted_at}
    counting = still_counts([each.reminder for each in deliveries if each.reminder])
    refused |= {each.pk for each in deliveries if each.reminder_id and each.reminder_id not in counting}
    return [each for each in deliveries if each.pk not in refused]


def share_awaits(share: Share) -> bool:
    """Whether a share's link still leads to a question: its sheet is the last one, and its person did not confirm."""
    return share.can_be_mailed and Share.objects.current().filter(pk=share.pk).exists()


def notice_recipients(people: Iterable[User], notice: Notice) -> list[User]:
    """Return those who are active members of the notice's label, without its author and the producer."""
    team = Membership.objects.active().filter(label=notice.label_id, user__in=list(people))
    if notice.submission:
        team = team.exclude(user=notice.submission.producer_id)
    members = team.select_related("user").order_by("pk")
    return [member.user for member in members if member.user_id != notice.who_id]
