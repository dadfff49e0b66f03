"""A recording becomes the master of a demo, by what it says or by hand, and stops being it by hand.

Locks the recording, then the submission.
"""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from recordings.choices import Fact, Kind, MatchHow
from recordings.facts.service import record_release
from recordings.masters.demos import demos_named, evidence_of, refused_of
from recordings.masters.evidence import fitting, says_premaster
from recordings.masters.history import tell_received, tell_removed
from recordings.masters.team_log import MATCH_REMOVED, MATCHED, REFUSED, announce_act
from recordings.models import Candidate, Recording
from submissions.models import Submission
from submissions.transition_table import DEALS

MASTERS = (Kind.MASTER, Kind.PREMASTER)
NO_DEAL = "This demo is not signed, so it has no master yet."


def match_all(recordings: Iterable[Recording]) -> int:
    """Match masters of one label's shelves as far as they say where they belong; return how many were matched.

    Several demos that fit become candidates. A constant number of queries, and some for each that fits.
    """
    waiting = [each for each in recordings if each.kind in MASTERS and each.submission_id is None]
    evidence, refused = evidence_of(waiting), refused_of(waiting)
    demos = {
        label: demos_named(label, list(evidence.values()))
        for label in {each.shelf.label_id for each in waiting}
        if label
    }
    matched = 0
    for each in waiting:
        found = fitting(
            evidence[each.pk], demos.get(each.shelf.label_id or 0, []), refused.get(each.pk, set())
        )
        matched += _keep_found(each, found)
    return matched


def match_one(recording_id: int) -> bool:
    """Match a recording if it says where it belongs; else, if it has its demo, say what is new of it there."""
    recording = Recording.objects.select_related("shelf").filter(pk=recording_id).first()
    if recording is None or recording.shelf.label_id is None:
        return False
    if recording.submission_id is None:
        return bool(match_all([recording]))
    with transaction.atomic():
        tell_received(_locked(recording))
    return False


def match_by_hand(recording: Recording, submission: Submission, *, kind: str, by: User) -> None:
    """Let a person say that a recording is this demo's master, or pre-master.

    Raises ValidationError, with a sentence, for what cannot be: another label's, matched meanwhile, or no deal.
    """
    with transaction.atomic():
        locked = _locked(recording)
        if locked.shelf.label_id != submission.label_id:
            raise ValidationError("This file is not on a shelf of this label.", code="label")
        if locked.submission_id not in (None, submission.pk):
            raise ValidationError(
                "This file is the master of another demo. Remove it there first.", code="taken"
            )
        if submission.state not in DEALS:
            raise ValidationError(NO_DEAL, code="state")
        was = locked.kind if locked.submission_id else None
        locked.kind = Kind.PREMASTER if kind == Kind.PREMASTER else Kind.MASTER
        _match(locked, submission, MatchHow.HAND, by)
        if was != locked.kind:
            announce_act(MATCHED, locked, submission, by=by)


def remove_match(recording: Recording, submission: Submission, *, by: User) -> None:
    """Let a person say that a recording is not this demo's master: it is not matched to it by itself again."""
    with transaction.atomic():
        locked = _locked(recording)
        was_refused = _refuse(locked, submission, by)
        if locked.submission_id == submission.pk:
            locked.submission = locked.matched_by = locked.matched_at = None
            locked.matched_how = ""
            _save(locked)
            record_release(locked, {})
            tell_removed(locked, submission)
            announce_act(MATCH_REMOVED, locked, submission, by=by)
        elif not was_refused:
            announce_act(REFUSED, locked, submission, by=by)


def _refuse(locked: Recording, submission: Submission, by: User) -> bool:
    """Keep a recording from being matched to a demo by itself; return whether somebody had said so before."""
    said = {"refused_by": by, "refused_at": now()}
    before = Candidate.objects.filter(recording=locked, submission=submission).first()
    Candidate.objects.update_or_create(
        recording=locked,
        submission=submission,
        defaults=said,
        create_defaults={"how": locked.matched_how or MatchHow.HAND, **said},
    )
    return before is not None and before.refused_at is not None


def change_kind(recording: Recording, kind: Kind) -> None:
    """Let a recording be of another kind: where it has its demo, the history hears that a master came, or was none."""
    with transaction.atomic():
        locked = _locked(recording)
        was_master, locked.kind = locked.kind == Kind.MASTER, kind
        _save(locked)
        if kind == Kind.MASTER:
            tell_received(locked)
        elif was_master and locked.submission:
            tell_removed(locked, locked.submission)


def _keep_found(recording: Recording, found: Mapping[int, MatchHow]) -> int:
    """Match a recording to the one demo that fits, or keep several as candidates; return 1 if it was matched."""
    if not found:
        return 0
    if len(found) > 1:
        rows = [Candidate(recording=recording, submission_id=pk, how=how) for pk, how in found.items()]
        Candidate.objects.bulk_create(rows, ignore_conflicts=True)
        return 0
    ((pk, how),) = found.items()
    with transaction.atomic():
        locked, submission = _locked(recording), Submission.objects.get(pk=pk)
        if locked.submission_id is not None or submission.state not in DEALS:
            return 0
        if locked.kind == Kind.MASTER and all(says_premaster(each.shown_path) for each in locked.files.all()):
            locked.kind = Kind.PREMASTER
        _match(locked, submission, how, None)
    return 1


def _match(locked: Recording, submission: Submission, how: MatchHow, by: User | None) -> None:
    if locked.submission_id is None:
        locked.submission, locked.matched_how = submission, how
        locked.matched_by, locked.matched_at = by, now()
    _save(locked)
    Candidate.objects.filter(recording=locked, submission=submission).delete()
    record_release(locked, _values_of(submission))
    tell_received(locked)


def _values_of(submission: Submission) -> dict[Fact, str]:
    """Return what is known of the music from the demo's last revision."""
    said = {fact: str(getattr(submission, fact) or "") for fact in FROM_DEMO}
    return {fact: value for fact, value in said.items() if value}


FROM_DEMO = (Fact.TITLE, Fact.ARTIST, Fact.MIX, Fact.GENRE, Fact.TEMPO, Fact.KEY, Fact.ISRC)


def _locked(recording: Recording) -> Recording:
    rows = Recording.objects.select_for_update(of=("self",)).select_related("shelf", "submission")
    return rows.get(pk=recording.pk)


def _save(locked: Recording) -> None:
    locked.save(update_fields=["kind", "submission", "matched_how", "matched_by", "matched_at"])
