"""The steps of a script: each goes through the door that the pages use."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.models import User
from demo import deals, offers, releases
from demo.answers import answers_of
from demo.scores import score_heard
from demo.story import Play, Story
from demo.tables import CHANGES, Change
from demo.tracks import change_track, link_at, promise_to, rework_track
from desk.assignment.service import assign
from desk.models import Proposal
from desk.outbox import service as outbox
from desk.review.plays import silent_host
from kit.clock import now
from labels.choices import Role
from submissions.choices import Transition
from submissions.drafts import service as drafts
from submissions.models import Draft

T = Transition
PROPOSALS = {"accept": "offer", "reject": "pass", "request_changes": "ask"}


def draft(story: Story, argument: str) -> None:
    """Leave a half-filled draft."""
    story.track.refresh_from_db()
    promise_to(story.track, alone=_goes_alone(story))
    story.submission = drafts.start(story.owner, story.track, story.target.intake)
    answers = answers_of(story)
    kept = dict(list(answers.items())[: len(answers) // 2 if story.script.is_draft else None])
    note = story.note("submit") if story.script.is_draft else ""
    code = "" if story.script.is_draft else story.target.intake.access_code
    Draft.objects.filter(submission=story.sent).update(
        answers=kept, note=note, access_code=code, saved_at=now()
    )


def send(story: Story, argument: str) -> None:
    draft(story, argument)
    story.act(T.SUBMIT, story.owner, story.note("submit"))


def again(story: Story, argument: str) -> None:
    """Send the same track again, reworked if the label asked for that."""
    if story.sent.state == "rejected":
        story.track.refresh_from_db()
        rework_track(story.track, story.producer, story.rng)
    draft(story, argument)
    story.act(T.SUBMIT, story.owner, story.note("again"))
    story.chosen = None


def open_(story: Story, argument: str) -> None:
    """Open it; every other time the opener is assigned."""
    story.act(T.START_REVIEW, story.reviewer)
    if story.rng.random() < 0.5:
        assign(story.sent, story.reviewer, actor=story.reviewer)


def hear(story: Story, argument: str) -> None:
    """Play it in the page, or `too`: let a colleague do so; hosts whose players tell nothing leave no fact."""
    total = story.track.duration or 300
    share = story.rng.choice([0.21, 0.48, 0.77, 1, 1, 1])
    listener = _colleague(story) if argument else story.reviewer
    if not silent_host(story.sent.revisions.order_by("number").last()):
        story.act(T.LISTENED, listener, seconds=max(1, int(total * share)), total=total)


def short(story: Story, argument: str) -> None:
    story.act(T.SHORTLIST, story.reviewer, story.note("short"))


def ask(story: Story, argument: str) -> None:
    story.change = CHANGES[argument]
    story.act(T.REQUEST_CHANGES, story.decider, story.notes.about(story.track, story.change.asked))


def resend(story: Story, argument: str) -> None:
    change = story.change or Change("", "")
    story.track.refresh_from_db()
    change_track(story.track, change, story.producer, story.rng)
    drafts.draft_of(story.sent, story.sent.revisions.last()).save()
    story.act(T.RESUBMIT, story.owner, change.answered)


def pass_(story: Story, argument: str) -> None:
    story.act(T.REJECT, story.decider, _why(story, argument), **_verdict(argument))


def propose(story: Story, argument: str) -> None:
    """Prepare a decision for a manager to send."""
    what, _, why = argument.partition(",")
    note, details = _prepared(story, what, why or "arrangement,another")
    reviewers = story.team.at_least(Role.REVIEWER, but=story.owner)
    outbox.propose(
        story.sent, what, user=reviewers[0], turn=story.sent.turn, key=story.key(), note=note, details=details
    )


def release(story: Story, argument: str) -> None:
    """Send what a reviewer prepared."""
    prepared = Proposal.objects.open().get(submission=story.sent)
    story.submission = outbox.send(prepared, user=story.decider).submission


def discard(story: Story, argument: str) -> None:
    """Discard what a reviewer prepared."""
    outbox.discard(Proposal.objects.open().get(submission=story.sent), user=story.decider)


def reopen(story: Story, argument: str) -> None:
    story.act(T.REOPEN, story.decider, story.note("reopen"))


def rescind(story: Story, argument: str) -> None:
    story.act(T.RESCIND, story.decider, story.note("rescind"), reason=argument)


def decline(story: Story, argument: str) -> None:
    story.act(T.DECLINE, story.owner, story.note("decline"))


def plan(story: Story, argument: str) -> None:
    """Set a release date, on a Friday as everybody does."""
    day = now().astimezone(story.label.zone).date() + timedelta(days=int(argument))
    friday = day - timedelta(days=(day.weekday() - 4) % 7)
    releases.plan_single(story, friday, f"{story.team.prefix} {story.rng.randrange(32, 999):03}")


def out(story: Story, argument: str) -> None:
    releases.come_out(story)


def back(story: Story, argument: str) -> None:
    story.act(T.WITHDRAW, story.owner, story.note(f"back={argument}"), reason=argument)


def lapse(story: Story, argument: str) -> None:
    story.act(T.EXPIRE)


def dead(story: Story, argument: str) -> None:
    story.act(T.LINK_FAILED, slot="audio", problem=argument)


def alive(story: Story, argument: str) -> None:
    story.act(T.LINK_RECOVERED, slot="audio")


def relink(story: Story, argument: str) -> None:
    url = link_at("soundcloud", story.producer.handle, f"{story.track.title} again", story.rng)
    story.act(T.REPLACE_LINK, story.owner, story.note("relink"), slot="audio", url=url)


def remind(story: Story, argument: str) -> None:
    story.act(T.NUDGE, story.owner)


def more(story: Story, argument: str) -> None:
    until = (story.sent.due_at or now()) + timedelta(days=int(argument))
    story.act(T.EXTEND, story.decider, story.note("more"), until=until)


def _colleague(story: Story) -> User:
    """Return another member, or the same if there is no other."""
    team = story.team.at_least(Role.REVIEWER, but=story.owner)
    others = [each for each in team if each != story.reviewer]
    return story.rng.choice(others or [story.reviewer])


def _goes_alone(story: Story) -> bool:
    """Whether the track is sent to this label alone: because it demands that, or the producer offers it."""
    return story.target.intake.exclusivity_policy == "exclusive" or len(story.spec.scripts) == 1


def _why(story: Story, argument: str) -> str:
    return story.note(f"pass={argument.split(',')[0]}")


def _verdict(argument: str) -> dict[str, str]:
    reason, _, welcome = argument.partition(",")
    return {"reason": reason, "welcome": welcome or "another"}


def _prepared(story: Story, what: str, argument: str) -> tuple[str, dict[str, Any]]:
    if what == T.ACCEPT:
        return story.note("offer"), offers.offered(story)
    if what == T.REJECT:
        return _why(story, argument), _verdict(argument)
    return story.notes.about(story.track, CHANGES["intro"].asked), {}


STEPS: Mapping[str, Play] = {
    "draft": draft,
    "send": send,
    "again": again,
    "open": open_,
    "hear": hear,
    "score": score_heard,
    "short": short,
    "ask": ask,
    "resend": resend,
    "offer": offers.offer,
    "counter": offers.counter,
    "agree": offers.agree,
    "hold": offers.hold,
    "held": offers.held,
    "unheld": offers.unheld,
    "freed": offers.freed,
    "pass": pass_,
    "propose": propose,
    "release": release,
    "discard": discard,
    "reopen": reopen,
    "rescind": rescind,
    "sign": offers.sign,
    "split": deals.split,
    "agreed": deals.agreed,
    "disputed": deals.disputed,
    "settle": deals.settle,
    "asks": deals.asks,
    "hands": deals.hands,
    "fine": deals.fine,
    "redo": deals.redo,
    "spare": deals.spare,
    "decline": decline,
    "plan": plan,
    "out": out,
    "back": back,
    "lapse": lapse,
    "dead": dead,
    "alive": alive,
    "relink": relink,
    "more": more,
    "remind": remind,
}
