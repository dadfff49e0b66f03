"""Complete histories in memory, built by the functions that the door uses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.codes import code
from bench.life_table import AT_THE_BIG_LABEL, ELSEWHERE, LifeSampler, Step
from bench.plan import Plan
from bench.population import Actor, Desk, Population
from bench.tracks import PreparedTrack
from bench.word_table import NOTES
from kit import canonical
from submissions import deadlines, details, history, payloads, projections
from submissions import revisions as submissions_revisions
from submissions.choices import ActorRole, Deal, OfferSide, Reason, Transition, Welcome
from submissions.details import plain_part
from submissions.models import Event, Offer, Revision, Submission
from submissions.offers import records as offer_records
from submissions.offers.terms import Terms
from submissions.offers.wording import summary
from submissions.payloads import Nothing
from submissions.transition_table import PRODUCER, RULES, SYSTEM

T = Transition
BIG, OTHERS = LifeSampler(AT_THE_BIG_LABEL), LifeSampler(ELSEWHERE)
REASONS, WELCOMES = [*Reason.values], [*Welcome.values]


TERMS = Terms(deal=Deal.NON_EXCLUSIVE.value, percentage="50.00", years=5)
RELEASE = "RL-0000-0000"
"""Submissions are loaded without the releases that they follow."""


@dataclass
class History:
    """A submission as an empty draft, and its events, revisions and columns version by version."""

    submission: Submission
    events: list[Event] = field(default_factory=list)
    revisions: list[Revision | None] = field(default_factory=list)
    offers: list[Offer | None] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        entry: history.Entry,
        moment: datetime,
        revision: Revision | None = None,
        offer: Offer | None = None,
    ) -> None:
        last = self.events[-1] if self.events else None
        event = history.build(self.submission, last, entry, moment=moment)
        self.events.append(event)
        self.revisions.append(revision)
        self.offers.append(offer)
        if offer:
            offer.event = event
        columns = projections.from_events(self.events)
        if revision:
            revision.event = event
            columns |= projections.from_copy(revision.copy)
        self.columns.append(columns)

    @property
    def revision(self) -> Revision:
        return next(each for each in reversed(self.revisions) if each)

    @property
    def offer(self) -> Offer:
        return next(each for each in reversed(self.offers) if each)

    @property
    def clock(self) -> deadlines.Deadlines:
        return deadlines.read(self.events)


@dataclass(frozen=True)
class HistoryBuilder:
    """Builds one submission's history."""

    plan: Plan
    desk: Desk
    cut: PreparedTrack
    rng: Random
    result: History

    def build(self, steps: tuple[Step, ...], moment: datetime) -> History:
        self._submit(moment)
        for transition, soonest, latest in steps:
            moment = self._next(transition, moment + timedelta(days=self.rng.uniform(soonest, latest)))
            if moment > self.plan.until:
                break
            self._step(transition, moment)
        return self.result

    def _next(self, transition: T, moment: datetime) -> datetime:
        """Return the moment of a step; expiry comes right after its deadline."""
        expires = self.result.clock.expires if transition == T.EXPIRE else None
        return max(moment, expires + timedelta(minutes=5)) if expires else moment

    def _submit(self, moment: datetime) -> None:
        intake = self.result.submission.intake
        revision = submissions_revisions.build(self.result.submission, None, self.cut.copied, [])
        digest = bytes(revision.digest).hex()
        payload = payloads.Submit(intake.code, intake.promise_days, intake.grace_days, 1, digest, None)
        self.result.add(self._entry(T.SUBMIT, payload), moment, revision)

    def _step(self, transition: T, moment: datetime) -> None:
        private: Any = Nothing()
        revision = offer = None
        if transition == T.RESUBMIT:
            payload, private, revision = self._resubmission()
        elif transition == T.ACCEPT:
            payload, private, offer = self._offer(moment)
        else:
            payload = self._payload(transition, moment)
        self.result.add(self._entry(transition, payload, private), moment, revision, offer)

    def _payload(self, transition: T, moment: datetime) -> Any:
        match transition:
            case T.REJECT:
                return payloads.Reject(self.rng.choice(REASONS), self.rng.choice(WELCOMES))
            case T.REQUEST_CHANGES:
                return payloads.AnswerBy(canonical.moment(moment + timedelta(days=14)))
            case T.SIGN:
                offer = self.result.offer
                return payloads.Signed(offer.number, offer.digest_hex, is_exclusive=False)
            case T.OVERRIDE_SPLITS:
                return payloads.SplitOverride(None, None)
            case T.SCHEDULE:
                day = (moment + timedelta(days=60)).date()
                return payloads.Schedule(RELEASE, day.isoformat(), f"HAR{self.rng.randrange(1000):03}")
            case T.RELEASE:
                return payloads.OfRelease(RELEASE)
            case T.WITHDRAW:
                return payloads.Withdraw("elsewhere")
            case T.EXPIRE:
                clock = self.result.clock
                assert clock.due
                return payloads.Expire(clock.ball.value, canonical.moment(clock.due))
            case T.LISTENED:
                return payloads.Listened(self.rng.randrange(5, 180), 180)
            case T.LINK_FAILED:
                return payloads.DeadLink("audio", "gone")
            case T.LINK_RECOVERED:
                return payloads.LinkBack("audio")
        return Nothing()

    def _offer(self, moment: datetime) -> tuple[Any, Any, Offer]:
        offer = offer_records.build(self.result.submission, None, OfferSide.LABEL, TERMS, "")
        payload = payloads.Offered(
            offer.number, offer.digest_hex, canonical.moment(moment + timedelta(days=14))
        )
        return payload, details.OfferWords(terms=summary(TERMS)), offer

    def _resubmission(self) -> tuple[Any, Any, Revision]:
        last, copied = (
            self.result.revision,
            self.cut.copied | {"mix": "Extended Mix", "pitch": "A longer intro."},
        )
        changes = submissions_revisions.differences(last, copied, [])
        revision = submissions_revisions.build(self.result.submission, last, copied, [])
        payload = payloads.Resubmit(
            revision.number, bytes(revision.digest).hex(), submissions_revisions.changed_links(changes)
        )
        return payload, details.Changes(submissions_revisions.sealed_differences(changes)), revision

    def _entry(self, transition: T, payload: Any, private: Any = None) -> history.Entry:
        user, role = self._actor(transition)
        return history.Entry(
            transition=transition.value,
            actor_role=role,
            key=UUID(int=self.rng.getrandbits(128)),
            actor=user,
            payload=plain_part(payload),
            private=plain_part(private or Nothing()),
            note=self._note(transition),
        )

    def _actor(self, transition: T) -> Actor | tuple[None, str]:
        roles = RULES[transition].roles
        if roles == PRODUCER:
            return self.cut.profile.user, ActorRole.PRODUCER.value
        if roles == SYSTEM:
            return None, ActorRole.SYSTEM.value
        able = self.desk.reviewers if ActorRole.REVIEWER in roles else self.desk.deciders
        return self.rng.choice([actor for actor in able if actor[1] in roles])

    def _note(self, transition: T) -> str:
        if transition == T.REQUEST_CHANGES:
            return "A longer intro, please."
        if transition == T.OVERRIDE_SPLITS:
            return "Agreed on the telephone."
        return self.rng.choice(NOTES) if transition in (T.REJECT, T.ACCEPT) else ""


def histories_of(
    plan: Plan, population: Population, cut: PreparedTrack, track: int, pks: Iterator[int]
) -> Iterator[History]:
    """Yield the histories of all submissions of a track."""
    for number in plan.copies(track):
        place = plan.label_of(number, track)
        rng, desk = Random(number), population.desks[place]
        moment = plan.moment_of(track) + timedelta(minutes=rng.uniform(0, 30))
        submission = _draft(number, next(pks), desk, cut, rng, moment)
        steps = (OTHERS if place else BIG).draw(rng)
        waits = not place and plan.is_newest(track)
        yield HistoryBuilder(plan, desk, cut, rng, History(submission)).build(() if waits else steps, moment)


def _draft(number: int, pk: int, desk: Desk, cut: PreparedTrack, rng: Random, moment: datetime) -> Submission:
    intake = desk.intakes[0] if rng.random() < 0.95 else rng.choice(desk.intakes)
    return Submission(
        id=pk,
        reference=code("TF", number),
        producer_id=cut.profile.user_id,
        label_id=desk.label.pk,
        track_id=cut.track.pk,
        intake=intake,
        created_at=moment - timedelta(hours=1),
        team_link=cut.link,
        team_name=cut.name,
    )
