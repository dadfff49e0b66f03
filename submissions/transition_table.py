"""The state machine: a row for each transition and fact, with its roles, words and icon.

Source: the tables of transitions and facts in the domain's specification; `docs/workflow.md` is generated from here.
The database's check constraints are built from `legal_triples()` and `legal_roles()`. Effects, forms and audiences are
found by key, which system checks verify: see the recipe in `docs/workflow.md`. Buttons appear in the order of the rows.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from submissions import payloads
from submissions.choices import (
    ActorRole,
    HoldStatus,
    Reason,
    RescindReason,
    State,
    Transition,
    WithdrawReason,
)
from submissions.state_machine import DeadlineChange, DeskWords, ProducerWords, Rule

S, T, R = State, Transition, ActorRole

PRODUCER = frozenset({R.PRODUCER})
SYSTEM = frozenset({R.SYSTEM, R.ADMIN})
CLOCK = frozenset({R.SYSTEM})
COLLABORATOR = frozenset({R.COLLABORATOR})
OWNER = frozenset({R.OWNER})
MANAGER_UP = frozenset({R.MANAGER, R.OWNER, R.ADMIN})
REVIEWER_UP = MANAGER_UP | {R.REVIEWER}

WAITING = frozenset({S.SUBMITTED, S.IN_REVIEW, S.SHORTLISTED})
"""The label’s turn; it has promised an answer."""

UNDECIDED = WAITING | {S.CHANGES_REQUESTED}
NEGOTIATED = frozenset({S.ACCEPTED, S.COUNTERED})
"""An offer stands; whoever’s turn it is has a date to answer by."""

LISTENABLE = UNDECIDED | NEGOTIATED
HOLDABLE = NEGOTIATED | {S.IN_REVIEW, S.SHORTLISTED}
"""A hold can be asked for, and runs on."""

DEALS = frozenset({S.SIGNED, S.SCHEDULED, S.RELEASED})
"""It is signed, the deal stands, and it may stand on a release."""

ANSWERABLE = frozenset({S.CHANGES_REQUESTED, S.ACCEPTED})
"""The producer’s turn, with a date to answer by."""

DATED = ANSWERABLE | {S.COUNTERED}
"""Either side’s turn, with a date to answer by that an event gave."""

REMINDED = WAITING | DATED
"""Either side’s turn, with a date to answer by, of which it is reminded."""

OVER = frozenset({S.REJECTED, S.WITHDRAWN, S.EXPIRED})
"""It ended without an offer; a label may keep such submissions for a time only."""

LIVE = LISTENABLE | {S.SIGNED, S.SCHEDULED}
"""It is somebody’s turn."""

SPLITTABLE = NEGOTIATED | {S.SIGNED, S.SCHEDULED}
"""Shares can be set and confirmed."""

MADE = frozenset({S.SIGNED, S.SCHEDULED})
"""Signed, and not out yet: the label and the producer make the record."""

LINKLESS = frozenset({S.WITHDRAWN, S.REJECTED, S.DECLINED, S.EXPIRED})
"""The desk shows neither links nor players."""


def _row(
    name: Transition,
    sources: frozenset[State] | set[State],
    target: State | None,
    roles: frozenset[ActorRole],
    **more: Any,
) -> Rule:
    """Return a row; its icon is named like the transition unless `more` says otherwise."""
    return Rule(name, frozenset(sources), target, roles, **{"icon": name.value, **more})


_TABLE = (
    _row(
        T.SUBMIT,
        {S.DRAFT},
        S.SUBMITTED,
        PRODUCER,
        did="sent it",
        payload=payloads.Submit,
        audience="sent",
        topic="arrival",
        subjects=("You sent “{title}” to {label}", "New demo: “{title}” by {artist}"),
        clock=DeadlineChange.PROMISES,
        makes_revision=True,
    ),
    _row(
        T.START_REVIEW,
        {S.SUBMITTED},
        S.IN_REVIEW,
        REVIEWER_UP,
        did="opened it",
        audience="both",
        topic="opening",
        subjects=("{label} opened “{title}”", "Opened for you: “{title}” by {artist}"),
        desk=DeskWords(
            "Start review",
            "The producer sees that somebody at {label} opened it.",
            key="b",
            is_one_click=True,
        ),
    ),
    _row(
        T.SHORTLIST,
        {S.SUBMITTED, S.IN_REVIEW},
        S.SHORTLISTED,
        REVIEWER_UP,
        did="shortlisted it",
        audience="both",
        topic="decision",
        subjects=("{label} shortlisted “{title}”", "Shortlisted for you: “{title}” by {artist}"),
        desk=DeskWords(
            "Shortlist",
            "The producer sees that {label} keeps it for a closer look.",
            key="s",
            is_one_click=True,
            goes_on=True,
        ),
    ),
    _row(
        T.ACCEPT,
        WAITING,
        S.ACCEPTED,
        MANAGER_UP,
        did="offered to sign it",
        payload=payloads.Offered,
        audience="both",
        topic="decision",
        subjects=(
            "{label} would like to sign “{title}”",
            "Offer made in your name: “{title}” by {artist}",
        ),
        desk=DeskWords(
            "Offer to sign",
            "The producer is told that {label} offers to sign it, reads your terms and your note, "
            "and has until the date you give to answer.",
            proposed="to offer to sign it",
            key="a",
            goes_on=True,
        ),
        clock=DeadlineChange.ASKS_PRODUCER,
        makes_offer=True,
        is_proposable=True,
        is_decisive=True,
    ),
    _row(
        T.REVISE_OFFER,
        NEGOTIATED,
        S.ACCEPTED,
        MANAGER_UP,
        did="made a new offer",
        payload=payloads.Offered,
        audience="both",
        topic="decision",
        subjects=("{label} made a new offer for “{title}”", "New offer in your name: “{title}” by {artist}"),
        desk=DeskWords(
            "Make a new offer",
            "The producer sees the new offer beside the earlier ones, with what changed and your note, "
            "and has until the date you give to answer. Only the new offer can be accepted.",
            proposed="to make a new offer",
        ),
        clock=DeadlineChange.ASKS_PRODUCER,
        makes_offer=True,
        is_proposable=True,
        is_decisive=True,
    ),
    _row(
        T.REQUEST_CHANGES,
        WAITING,
        S.CHANGES_REQUESTED,
        MANAGER_UP,
        did="asked for changes",
        payload=payloads.AnswerBy,
        audience="both",
        topic="decision",
        subjects=(
            "{label} asks for changes to “{title}”",
            "Changes asked for in your name: “{title}” by {artist}",
        ),
        desk=DeskWords(
            "Request changes",
            "The producer reads your note and has {days} days to send a new revision. "
            "Your own clock stands still until it is here.",
            proposed="to ask for changes",
            key="c",
            goes_on=True,
        ),
        clock=DeadlineChange.ASKS_PRODUCER,
        is_proposable=True,
        is_decisive=True,
    ),
    _row(
        T.REJECT,
        UNDECIDED,
        S.REJECTED,
        MANAGER_UP,
        did="passed on it",
        payload=payloads.Reject,
        audience="both",
        topic="decision",
        subjects=("{label} passed on “{title}”", "Passed on in your name: “{title}” by {artist}"),
        desk=DeskWords(
            "Pass",
            "The producer is told that {label} passed, with your reason, what you would welcome next, "
            "and your note. The links then leave this desk.",
            proposed="to pass on it",
            key="r",
            goes_on=True,
        ),
        reasons=Reason,
        is_proposable=True,
        is_decisive=True,
    ),
    _row(
        T.EXTEND,
        WAITING,
        None,
        MANAGER_UP,
        did="took more time",
        payload=payloads.NewDate,
        audience="both",
        topic="deadline",
        subjects=(
            "{label} needs more time for “{title}”",
            "More time taken for you: “{title}” by {artist}",
        ),
        desk=DeskWords(
            "Take more time",
            "The producer sees the new date by which {label} answers, and your note. You can do this once.",
        ),
        clock=DeadlineChange.MOVES_DUE,
        only_once="More time was taken once already.",
    ),
    _row(
        T.SCHEDULE,
        {S.SIGNED, S.SCHEDULED},
        S.SCHEDULED,
        MANAGER_UP,
        did="set the release date",
        payload=payloads.Schedule,
        audience="both",
        topic="release",
        subjects=("{label} set a date for “{title}”", "Release date set for you: “{title}” by {artist}"),
        desk=DeskWords(
            "Set the release date",
            "The producer sees the date, the catalogue number and your note. It comes out as a single,"
            " unless it is on a release already.",
        ),
        follows_release=True,
    ),
    _row(
        T.UNSCHEDULE,
        {S.SCHEDULED},
        S.SIGNED,
        MANAGER_UP | {R.SYSTEM},
        did="took the release date off",
        payload=payloads.OfRelease,
        audience="both",
        topic="release",
        subjects=(
            "{label} took the release date of “{title}” off",
            "Release date taken off for you: “{title}” by {artist}",
        ),
        icon="undo",
        follows_release=True,
    ),
    _row(
        T.RELEASE,
        {S.SCHEDULED},
        S.RELEASED,
        MANAGER_UP | {R.SYSTEM},
        did="released it",
        payload=payloads.OfRelease,
        audience="both",
        topic="release",
        subjects=("“{title}” is out on {label}", "Released: “{title}” by {artist}"),
        is_decisive=True,
        follows_release=True,
    ),
    _row(
        T.RESCIND,
        NEGOTIATED | {S.SIGNED, S.SCHEDULED},
        S.REJECTED,
        MANAGER_UP,
        did="withdrew the offer",
        payload=payloads.Reasoned,
        audience="both",
        topic="decision",
        subjects=(
            "{label} withdrew its offer for “{title}”",
            "Offer withdrawn in your name: “{title}” by {artist}",
        ),
        desk=DeskWords(
            "Withdraw the offer",
            "The producer is told that {label} withdrew its offer, with your reason and your note. "
            "That closes this submission.",
        ),
        reasons=RescindReason,
        is_decisive=True,
    ),
    _row(
        T.HOLD,
        HOLDABLE,
        None,
        MANAGER_UP,
        did="asked for a hold",
        payload=payloads.HoldDays,
        audience="both",
        topic="decision",
        subjects=("{label} asks to hold “{title}”", "Hold asked for in your name: “{title}” by {artist}"),
        desk=DeskWords(
            "Ask for a hold",
            "The producer is asked to keep this track for {label} alone for some days, and agrees or refuses.",
        ),
        holds=frozenset({HoldStatus.NONE}),
    ),
    _row(
        T.END_HOLD,
        HOLDABLE,
        None,
        MANAGER_UP | {R.SYSTEM},
        did="ended the hold",
        audience="both",
        topic="decision",
        subjects=("The hold on “{title}” is over", "Hold over: “{title}” by {artist}"),
        desk=DeskWords("End the hold", "The producer is told that the track is free for other labels again."),
        holds=frozenset({HoldStatus.ASKED, HoldStatus.RUNNING}),
        is_possible_in_suspension=True,
    ),
    _row(
        T.REOPEN,
        {S.REJECTED, S.EXPIRED},
        S.IN_REVIEW,
        MANAGER_UP,
        did="reopened it",
        audience="both",
        topic="decision",
        subjects=("{label} takes another look at “{title}”", "Reopened for you: “{title}” by {artist}"),
        desk=DeskWords(
            "Reopen",
            "The producer reads your note and sees that {label} reviews it again. A new promise begins.",
        ),
        clock=DeadlineChange.PROMISES_AGAIN,
        is_decisive=True,
    ),
    _row(
        T.RESUBMIT,
        {S.CHANGES_REQUESTED},
        S.SUBMITTED,
        PRODUCER,
        did="sent a new revision",
        payload=payloads.Resubmit,
        audience="sent",
        topic="arrival",
        subjects=("You sent a new revision of “{title}” to {label}", "New revision: “{title}” by {artist}"),
        producer=ProducerWords(
            "Work on the new revision",
            "Send a new revision",
            "{label} sees the new revision beside the last one, field by field. It goes back to their inbox"
            " and their clock runs on.",
            "The new revision is on its way.",
            path="",
            look="button--primary",
        ),
        clock=DeadlineChange.CHANGES_LINKS,
        makes_revision=True,
    ),
    _row(
        T.SIGN,
        {S.ACCEPTED},
        S.SIGNED,
        PRODUCER,
        did="accepted the offer",
        payload=payloads.Signed,
        audience="team",
        topic="answer",
        subjects=("", "Offer accepted: “{title}” by {artist}"),
        producer=ProducerWords(
            "Accept the offer",
            "Accept the offer",
            "{label} sees at once that you accepted the offer, with your note, and sets a release date next."
            " This cannot be undone.",
            "You accepted the offer.",
            path="sign",
            look="button--state state-signed",
        ),
        is_decisive=True,
    ),
    _row(
        T.COUNTER,
        {S.ACCEPTED},
        S.COUNTERED,
        PRODUCER,
        did="made a counter-offer",
        payload=payloads.Offered,
        audience="team",
        topic="answer",
        subjects=("", "Counter-offer: “{title}” by {artist}"),
        producer=ProducerWords(
            "Ask for other terms",
            "Make a counter-offer",
            "{label} reads your counter-offer beside its own offer, with your note, and has as many days to answer"
            " as it gave you. Until it does, its offer cannot be accepted.",
            "You made a counter-offer.",
            path="counter",
        ),
        clock=DeadlineChange.ASKS_LABEL,
        makes_offer=True,
        is_decisive=True,
    ),
    _row(
        T.DECLINE,
        NEGOTIATED,
        S.DECLINED,
        PRODUCER,
        did="declined the offer",
        audience="team",
        topic="answer",
        subjects=("", "Offer declined: “{title}” by {artist}"),
        producer=ProducerWords(
            "Decline",
            "Decline the offer",
            "{label} sees that you declined the offer, with your note, and loses access to your links."
            " This cannot be undone.",
            "You declined the offer.",
            path="decline",
        ),
        is_decisive=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.AGREE_HOLD,
        HOLDABLE,
        None,
        PRODUCER,
        did="agreed to the hold",
        payload=payloads.HeldUntil,
        audience="team",
        topic="answer",
        subjects=("", "Hold agreed: “{title}” by {artist}"),
        producer=ProducerWords(
            "Agree to the hold",
            "Agree to the hold",
            "{label} sees that you agreed. Until the hold ends you cannot send this track to other labels, nor sign it"
            " there.",
            "You agreed to the hold.",
            path="agree-hold",
            look="button--primary",
        ),
        holds=frozenset({HoldStatus.ASKED}),
    ),
    _row(
        T.REFUSE_HOLD,
        HOLDABLE,
        None,
        PRODUCER,
        did="refused the hold",
        audience="team",
        topic="answer",
        subjects=("", "Hold refused: “{title}” by {artist}"),
        producer=ProducerWords(
            "Refuse the hold",
            "Refuse the hold",
            "{label} sees that you refused, with your note. Your submission stays as it is.",
            "You refused the hold.",
            path="refuse-hold",
        ),
        holds=frozenset({HoldStatus.ASKED}),
        is_possible_in_suspension=True,
    ),
    _row(
        T.NUDGE,
        WAITING,
        None,
        PRODUCER,
        did="reminded the label",
        audience="team",
        topic="answer",
        subjects=("", "Reminder: “{title}” by {artist}"),
        producer=ProducerWords(
            "Remind the label",
            "Remind the label",
            "{label} gets one polite reminder, by mail and on Trackflow, that its answer is late."
            " You can send one for each promised date.",
            "You reminded the label.",
            path="remind",
            look="button--primary",
        ),
        clock=DeadlineChange.REMINDS,
        icon="bell",
        is_quiet=True,
    ),
    _row(
        T.REPLACE_LINK,
        LISTENABLE,
        None,
        PRODUCER,
        did="replaced a link",
        payload=payloads.ReplaceLink,
        audience="team",
        topic="arrival",
        subjects=("", "New link: “{title}” by {artist}"),
        producer=ProducerWords(
            "Replace a link",
            "Replace a link",
            "{label} gets the new link at once, as a new revision. The history keeps that the link changed,"
            " not where the old one led.",
            "The link is replaced.",
            path="link",
        ),
        clock=DeadlineChange.MENDS_LINK,
        makes_revision=True,
    ),
    _row(
        T.WITHDRAW,
        UNDECIDED,
        S.WITHDRAWN,
        PRODUCER,
        did="withdrew it",
        payload=payloads.Withdraw,
        audience="team",
        topic="answer",
        subjects=("", "Withdrawn: “{title}” by {artist}"),
        producer=ProducerWords(
            "Withdraw",
            "Withdraw this demo",
            "{label} sees that you withdrew it, with your reason and your note, and loses access to your links."
            " This cannot be undone; what happened so far stays in the history.",
            "You withdrew it.",
            path="withdraw",
        ),
        reasons=WithdrawReason,
        is_decisive=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.EXPIRE,
        LISTENABLE,
        S.EXPIRED,
        SYSTEM,
        did="let it expire",
        payload=payloads.Expire,
        audience="both",
        topic="deadline",
        subjects=("“{title}” at {label}: no answer in time", "Expired: “{title}” by {artist}"),
        is_decisive=True,
    ),
    _row(
        T.LISTENED,
        LISTENABLE,
        None,
        REVIEWER_UP,
        did="played it",
        audience="nobody",
        topic="opening",
        payload=payloads.Listened,
        is_quiet=True,
    ),
    _row(
        T.LINK_FAILED,
        LISTENABLE,
        None,
        SYSTEM,
        did="found a link dead",
        payload=payloads.DeadLink,
        audience="producer",
        topic="link",
        subjects=("A link of “{title}” does not work", ""),
        clock=DeadlineChange.LOSES_LINK,
        is_quiet=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.LINK_RECOVERED,
        LISTENABLE,
        None,
        SYSTEM,
        did="found a link working again",
        payload=payloads.LinkBack,
        audience="in_app",
        topic="link",
        clock=DeadlineChange.MENDS_LINK,
        is_quiet=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.REDACT,
        OVER,
        None,
        CLOCK,
        did="removed links, words and personal data",
        payload=payloads.Redact,
        audience="nobody",
        topic="deadline",
        icon="archive",
        is_quiet=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.MASTER_RECEIVED,
        DEALS,
        None,
        CLOCK,
        did="found the master in the label’s files",
        payload=payloads.MasterReceived,
        audience="in_app",
        topic="release",
        icon="reel",
        is_quiet=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.MASTER_REMOVED,
        DEALS,
        None,
        CLOCK,
        did="removed the master: its file was matched by mistake",
        payload=payloads.MasterRemoved,
        audience="in_app",
        topic="release",
        icon="undo",
        is_quiet=True,
        is_possible_in_suspension=True,
    ),
    _row(
        T.SET_SPLITS,
        SPLITTABLE,
        None,
        PRODUCER,
        did="set the splits",
        payload=payloads.SplitSheet,
        audience="team",
        topic="release",
        subjects=("", "Splits: “{title}” by {artist}"),
        producer=ProducerWords(
            "Set the splits",
            "Who has which share",
            "{label} sees the sheet. Everybody else on it gets a link to confirm it, and what was confirmed before"
            " no longer counts.",
            "The splits are saved. Everybody else with a share gets a link to confirm.",
            path="",
            is_apart=True,
        ),
        icon="tag",
    ),
    _row(
        T.CONFIRM_SPLIT,
        SPLITTABLE,
        None,
        COLLABORATOR,
        did="confirmed the splits",
        payload=payloads.SplitAnswer,
        audience="producer",
        topic="release",
        subjects=("Splits of “{title}” confirmed", ""),
        icon="check",
        is_possible_in_suspension=True,
    ),
    _row(
        T.OBJECT_SPLIT,
        SPLITTABLE,
        None,
        COLLABORATOR,
        did="objected to the splits",
        payload=payloads.SplitAnswer,
        audience="both",
        topic="release",
        subjects=("Somebody objects to the splits of “{title}”", "Splits disputed: “{title}” by {artist}"),
        icon="warning",
        is_possible_in_suspension=True,
    ),
    _row(
        T.OVERRIDE_SPLITS,
        MADE,
        None,
        OWNER,
        did="settled the splits",
        payload=payloads.SplitOverride,
        audience="both",
        topic="release",
        subjects=("{label} settled the splits of “{title}”", "Splits settled for you: “{title}” by {artist}"),
        desk=DeskWords(
            "Settle the splits",
            "The producer reads your note. The record can come out although not everybody has confirmed."
            " A new sheet ends this.",
            is_apart=True,
        ),
        icon="check",
    ),
    _row(
        T.ASK_FOR,
        MADE,
        None,
        MANAGER_UP,
        did="asked for what the record needs",
        payload=payloads.AskFor,
        audience="both",
        topic="release",
        subjects=("{label} needs something for “{title}”", "Asked for in your name: “{title}” by {artist}"),
        desk=DeskWords(
            "Ask the producer",
            "The producer sees the list with its dates, and your note.",
            is_apart=True,
        ),
        icon="queue",
    ),
    _row(
        T.HAND_IN,
        MADE,
        None,
        PRODUCER,
        did="handed something in",
        payload=payloads.HandIn,
        audience="team",
        topic="release",
        subjects=("", "Handed in for “{title}” by {artist}"),
        producer=ProducerWords(
            "Hand it in",
            "What the label needs",
            "{label} sees it at once and approves it, or asks again.",
            "It is handed in.",
            path="",
            is_apart=True,
        ),
        icon="upload",
    ),
    _row(
        T.APPROVE,
        MADE,
        None,
        MANAGER_UP,
        did="approved what was handed in",
        payload=payloads.Item,
        audience="both",
        topic="release",
        subjects=(
            "{label} approved what you handed in for “{title}”",
            "Approved for you: “{title}” by {artist}",
        ),
        desk=DeskWords("Approve", "The producer is told that it is fine.", is_apart=True),
        icon="check",
    ),
    _row(
        T.ASK_AGAIN,
        MADE,
        None,
        MANAGER_UP,
        did="asked again",
        payload=payloads.Item,
        audience="both",
        topic="release",
        subjects=(
            "{label} asks again for something for “{title}”",
            "Asked again for you: “{title}” by {artist}",
        ),
        desk=DeskWords(
            "Ask again",
            "The producer reads your note and has 7 days to hand it in again.",
            is_apart=True,
        ),
        icon="undo",
    ),
    _row(
        T.WAIVE,
        MADE,
        None,
        MANAGER_UP,
        did="waived something it had asked for",
        payload=payloads.Item,
        audience="both",
        topic="release",
        subjects=("{label} needs one thing less for “{title}”", "Waived for you: “{title}” by {artist}"),
        desk=DeskWords("Waive", "The producer is told that you do not need it any more.", is_apart=True),
        icon="close",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name.value: rule for rule in _TABLE})
AT_DESK: Mapping[str, DeskWords] = MappingProxyType(
    {name: rule.desk for name, rule in RULES.items() if rule.desk}
)
"""What a label can do."""

QUIET = frozenset(rule.name for rule in _TABLE if rule.is_quiet)
"""Facts that do not start a new turn: they make nobody's page stale."""

REVISING = frozenset(rule.name for rule in _TABLE if rule.makes_revision)
"""Transitions that make a revision."""

OFFERING = frozenset(rule.name for rule in _TABLE if rule.makes_offer)
"""Transitions that make an offer."""

PROPOSABLE = tuple(sorted(rule.name for rule in _TABLE if rule.is_proposable))
"""What a reviewer may propose to a manager."""


def legal_triples() -> list[tuple[str, str, str]]:
    """Return every (transition, from, to) that an event may have, sorted."""
    return sorted(
        (rule.name.value, source.value, rule.target_from(source).value)
        for rule in _TABLE
        for source in rule.sources
    )


def legal_roles() -> list[tuple[str, tuple[str, ...]]]:
    """Return every transition with the roles that its event may have, sorted."""
    return sorted((rule.name.value, tuple(sorted(rule.roles))) for rule in _TABLE)
