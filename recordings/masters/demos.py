"""Signed demos of labels, and what recordings say: read for many recordings at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from kit.parts import part
from recordings.choices import Fact, FileState
from recordings.masters.evidence import Demo, Evidence, references_in
from recordings.models import Candidate, File, Metadatum, Recording
from submissions.models import Submission
from submissions.transition_table import DEALS

GONE = (FileState.MISSING, FileState.UNREADABLE)


def evidence_of(recordings: Iterable[Recording]) -> Mapping[int, Evidence]:
    """Return what each recording says of its demo, by primary key. Two queries."""
    ids = [each.pk for each in recordings]
    references, isrcs = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    for file in File.objects.filter(recording__in=ids).exclude(state__in=GONE):
        references[file.recording_id or 0] |= references_in(file.shown_path)
    for row in Metadatum.objects.filter(recording__in=ids, key=Fact.ISRC, begin_ms=None):
        isrcs[row.recording_id].add(row.value)
    return {pk: Evidence(frozenset(references[pk]), frozenset(isrcs[pk])) for pk in ids}


def demos_named(label_id: int, evidence: Collection[Evidence]) -> list[Demo]:
    """Return the label's signed demos that any of the evidence speaks for. At most three queries."""
    references = {each for one in evidence for each in one.references}
    codes = {each for one in evidence for each in one.isrcs}
    issued: Mapping[int, set[str]] = part("submissions_by_isrc", codes) if codes else {}
    signed = Submission.objects.filter(label=label_id, state__in=sorted(DEALS))
    named = (
        signed.filter(reference__in=references)
        | signed.filter(pk__in=list(issued))
        | signed.filter(isrc__in=codes).exclude(isrc="")
    )
    return [
        Demo(pk, reference, frozenset({isrc, *issued.get(pk, ())} - {""}))
        for pk, reference, isrc in named.order_by("pk").values_list("pk", "reference", "isrc").distinct()
    ]


def refused_of(recordings: Iterable[Recording]) -> Mapping[int, set[int]]:
    """Return the demos that somebody said each recording does not belong to. One query."""
    found = defaultdict[int, set[int]](set)
    rows = Candidate.objects.filter(recording__in=[each.pk for each in recordings], refused_at__isnull=False)
    for recording, submission in rows.values_list("recording", "submission"):
        found[recording].add(submission)
    return found
