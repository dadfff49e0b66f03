"""Revisions: frozen copies of a track, profile and answers, their digests and differences.

Digests: field = SHA-256(its salt ‖ canonical value); revision = SHA-256(canonical {field: its digest in hex}). So a
receipt can show some fields with their salts and prove that they are the ones its event names.
"""

from typing import Any

from catalog.tracks.copy import copy_of
from kit import canonical
from kit.chain import new_salt
from labels.choices import QuestionKind
from submissions.models import Event, Revision, Submission

LINKS = {"audio_url": "audio", "backup_url": "backup"}
SALT_BYTES = 16
HIDDEN = frozenset({"link_password"})


def raw_copy(submission: Submission) -> dict[str, Any]:
    """Return the track and its producer's profile as they are now, with Python values."""
    return copy_of(submission.track, getattr(submission.producer, "profile", None))


def frozen_copy(submission: Submission) -> dict[str, Any]:
    """Return the same with the values of canonical JSON."""
    return plain_copy(raw_copy(submission))


def plain_copy(copied: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with the values of canonical JSON."""
    return canonical.plain(copied)  # type: ignore[return-value]  # a dict stays one


def build(
    submission: Submission, last: Revision | None, copied: dict[str, Any], answers: list[Any]
) -> Revision:
    """Return the unsaved revision that follows `last`, sealed by its digest."""
    revision = Revision(
        submission=submission,
        number=last.number + 1 if last else 1,
        copy=copied,
        answers=canonical.plain(answers),
    )
    revision.salts = b"".join(new_salt() for _ in field_values(revision))
    revision.digest = digest(revision)
    return revision


def digest(revision: Revision) -> bytes:
    """Return the digest of a revision's fields, which its event's payload repeats in hex; not once redacted."""
    return canonical.digest(canonical.encode(field_digests(revision)))


def field_digests(revision: Revision) -> dict[str, str]:
    """Return the digest of each field, in hex."""
    values, salts = field_values(revision), field_salts(revision)
    return {
        name: canonical.digest(salt, canonical.encode(values[name])).hex() for name, salt in salts.items()
    }


def field_values(revision: Revision) -> dict[str, Any]:
    """Return a revision's fields as their digests cover them: links as digests, an answer with its question."""
    copied = {name: link_digest(value) if name in LINKS else value for name, value in revision.copy.items()}
    return copied | {answer_name(each): _sealed_answer(each) for each in revision.answers}


def answer_name(answer: dict[str, Any]) -> str:
    """Return the name of an answer among a revision's fields."""
    return f"answer_{answer['question']}"


def field_salts(revision: Revision) -> dict[str, bytes]:
    """Return the salt of each field; they are stored end to end, by name. ValueError if there are more or fewer."""
    salts, names = bytes(revision.salts), sorted(field_values(revision))
    cut = [salts[place : place + SALT_BYTES] for place in range(0, len(salts), SALT_BYTES)]
    return dict(zip(names, cut, strict=True))


def save(revision: Revision, event: Event) -> None:
    """Store a built revision with the event that made it."""
    revision.event = event
    revision.save(force_insert=True)


def differences(before: Revision | None, copied: dict[str, Any], answers: list[Any]) -> list[dict[str, Any]]:
    """Return what changed, as {field, kind, before, after}.

    A field of the copy has its name and no kind; an answer has its question's text and kind.
    """
    old = _flat(before.copy, before.answers) if before else {}
    new = _flat(copied, answers)
    return [
        {"field": field, "kind": kind, "before": old.get(place, ""), "after": new.get(place, "")}
        for place in [*new, *(place for place in old if place not in new)]
        for _, field, kind in [place]
        if old.get(place, "") != new.get(place, "")
    ]


def sealed_differences(changes: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the changes as an event stores them: text, with links as digests and without passwords."""
    return [
        {"field": each["field"], "before": _said(each, "before"), "after": _said(each, "after")}
        for each in changes
    ]


def changed_links(changes: list[dict[str, Any]]) -> list[str]:
    """Return which link slots the changes touch."""
    return sorted(LINKS[each["field"]] for each in changes if not each["kind"] and each["field"] in LINKS)


def link_digest(url: str) -> str:
    """Return the text that stands for a link where links are not shown."""
    return f"sha256:{canonical.digest(url.encode()).hex()}" if url else ""


def _sealed_answer(answer: dict[str, Any]) -> dict[str, Any]:
    is_link = answer["kind"] == QuestionKind.LINK
    return answer | {"value": link_digest(answer["value"])} if is_link else answer


def _said(change: dict[str, Any], side: str) -> str:
    name, kind, value = change["field"], change["kind"], change[side]
    if kind == QuestionKind.LINK or str(value).startswith(("http://", "https://")):
        return link_digest(value)
    if not kind and name in HIDDEN:
        return "(set)" if value else ""
    return value if isinstance(value, str) else canonical.encode(value).decode()


def _flat(copied: dict[str, Any], answers: list[Any]) -> dict[tuple[int, str, str], Any]:
    """Return a revision's values by (question or 0, field, kind of the question or "")."""
    fields = {(0, name, ""): value for name, value in copied.items()}
    return fields | {(each["question"], each["text"], each["kind"]): each["value"] for each in answers}
