"""Forgeries by a superuser in the history of one submission, and the fault that each must cause."""

EVENT = "UPDATE submissions_event SET {} WHERE submission_id = {id} AND sequence = "
ROW = "UPDATE submissions_submission SET {} WHERE id = {id}"
OFFER = "UPDATE submissions_offer SET {} WHERE submission_id = {id} AND number = "
REVISION = "UPDATE submissions_revision SET {} WHERE submission_id = {id} AND number = "


def on_event(sequence: int, change: str) -> str:
    return EVENT.replace("{}", change) + str(sequence)


def on_row(change: str) -> str:
    return ROW.replace("{}", change)


def on_offer(number: int, change: str) -> str:
    return OFFER.replace("{}", change) + str(number)


def on_revision(number: int, change: str) -> str:
    return REVISION.replace("{}", change) + str(number)


OTHER = "(SELECT max(id) FROM accounts_user)"
FORGERIES: dict[str, tuple[str, str]] = {
    "note": (on_event(9, "note = 'We do not want it.'"), "event 9: note or private part"),
    "note removed": (on_event(9, "note = ''"), "event 9: note or private part"),
    "private part": (on_event(9, """private = '{"terms": "90/10"}'"""), "event 9: note or private part"),
    "private part of another kind": (on_event(9, "private = '[1.5]'"), "event 9: note or private part"),
    "salt": (on_event(9, "salt = sha256('a')"), "event 9: note or private part"),
    "payload": (
        on_event(1, "payload = payload || '{\"promise_days\": 99}'"),
        "event 1 does not match its digest",
    ),
    "payload emptied": (on_event(1, "payload = '{}'"), "event 1 does not match its digest"),
    "payload of another kind": (on_event(1, "payload = '[1]'"), "event 1 does not match its digest"),
    "payload that is no object": (on_event(13, "payload = '7'"), "event 13 does not match its digest"),
    "payload without canonical form": (
        on_event(3, "payload = '{\"seconds\": 1.5}'"),
        "event 3 does not match its digest",
    ),
    "time": (
        on_event(2, "recorded_at = recorded_at + interval '1 microsecond'"),
        "event 2 does not match its digest",
    ),
    "earlier": (on_event(2, "recorded_at = '2001-01-01'"), "event 2 is earlier than the one before"),
    "actor": (on_event(2, f"actor_id = {OTHER}"), "event 2 does not match its digest"),
    "impersonator": (on_event(2, f"acted_by_id = {OTHER}"), "event 2 does not match its digest"),
    "role": (on_event(2, "actor_role = 'owner'"), "event 2 does not match its digest"),
    "system's doing": (
        on_event(2, "actor_role = 'system', actor_id = NULL"),
        "event 2 does not match its digest",
    ),
    "format": (on_event(2, "format = 2"), "event 2 does not match its digest"),
    "state of an event": (on_event(2, "to_state = 'shortlisted'"), "event 3 starts from in_review"),
    "digest": (on_event(2, "digest = sha256('a')"), "event 3 does not follow the digest"),
    "content digest": (on_event(2, "content_digest = sha256('a')"), "event 2 does not match its digest"),
    "previous digest": (on_event(2, "previous_digest = sha256('a')"), "event 2 does not follow the digest"),
    "illegal triple": (
        on_event(2, "transition = 'reject'"),
        "event 2: reject from submitted to in_review is illegal",
    ),
    "last event dropped": (
        "DELETE FROM submissions_event WHERE submission_id = {id} AND sequence = 13",
        "version says 13, the history says 12",
    ),
    "last event dropped, row set back": (
        "DELETE FROM submissions_event WHERE submission_id = {id} AND sequence = 13; "
        + on_row("version = 12, turn = 12, state = 'signed'"),
        "release_on says",
    ),
    "first event dropped": (
        "DELETE FROM submissions_event WHERE submission_id = {id} AND sequence = 1",
        "event 1 is missing",
    ),
    "event dropped in the middle": (
        "DELETE FROM submissions_event WHERE submission_id = {id} AND sequence = 3",
        "event 3 is missing",
    ),
    "dropped and numbered again": (
        "DELETE FROM submissions_event WHERE submission_id = {id} AND sequence = 3; "
        "UPDATE submissions_event SET sequence = sequence - 1 WHERE submission_id = {id} AND sequence > 3; "
        + on_row("version = 12, turn = 12"),
        "event 3 does not follow the digest",
    ),
    "all events dropped": ("DELETE FROM submissions_event WHERE submission_id = {id}", "version says 13"),
    "events swapped": (
        "UPDATE submissions_event SET sequence = sequence + 100 WHERE submission_id = {id} AND sequence IN (3, 4); "
        "UPDATE submissions_event SET sequence = 107 - sequence WHERE submission_id = {id} AND sequence > 100",
        "event 3 does not follow the digest",
    ),
    "terms": (
        on_offer(1, 'terms = terms || \'{"percentage": "10.00"}\''),
        "offer 1 does not match its digest",
    ),
    "text of an offer": (on_offer(1, "text = 'All rights, for ever.'"), "offer 1 does not match its digest"),
    "text of a counter-offer, sealed again": (
        on_offer(2, "text = 'Mine.'"),
        "offer 2, a counter-offer, has another text",
    ),
    "offer's salt": (on_offer(3, "salt = sha256('a')"), "offer 3 does not match its digest"),
    "offer's digest": (on_offer(3, "digest = sha256('a')"), "offer 3 is not the one its event names"),
    "offer's side": (on_offer(2, "side = 'label'"), "offer 2 is called that of the label"),
    "offer's number": (on_offer(3, "number = 4"), "offer 4 is not number 3"),
    "offer's kind": (on_offer(3, "terms = '[1]'"), "offer 3 does not match its digest"),
    "offer dropped": (
        "DELETE FROM submissions_offer WHERE submission_id = {id} AND number = 3",
        "do not pair",
    ),
    "offer dropped, signed the one before": (
        "DELETE FROM submissions_offer WHERE submission_id = {id} AND number = 3",
        "signs another offer than the last one of the label",
    ),
    "offer redacted alone": (
        on_offer(1, "terms = '{}', text = '', salt = '', redacted_at = now()"),
        "offer 1 and its event were not redacted together",
    ),
    "offer called redacted": (
        on_offer(1, "redacted_at = now()"),
        "offer 1 is called redacted and is not empty",
    ),
    "revision": (
        on_revision(1, 'copy = copy || \'{"pitch": "Forged"}\''),
        "revision 1 does not match its digest",
    ),
    "answers": (on_revision(1, "answers = '[]'"), "revision 1 does not match its digest"),
    "revision's salts": (
        on_revision(1, "salts = overlay(salts placing sha256('a') from 1)"),
        "revision 1 does not match its digest",
    ),
    "revision's salts cut": (
        on_revision(1, "salts = substr(salts, 17)"),
        "revision 1 does not match its digest",
    ),
    "revision's digest": (
        on_revision(1, "digest = sha256('a')"),
        "revision 1 is not the one its event names",
    ),
    "revision's number": (on_revision(2, "number = 3"), "revision 3 is not number 2"),
    "revision's kind": (on_revision(2, "copy = '[]'"), "revision 2 does not match its digest"),
    "revision dropped": (
        "DELETE FROM submissions_revision WHERE submission_id = {id} AND number = 2",
        "do not pair",
    ),
    "revision redacted alone": (
        on_revision(1, "copy = '{}', answers = '[]', salts = '', redacted_at = now()"),
        "redacted",
    ),
    "revision called redacted": (
        on_revision(1, "redacted_at = now()"),
        "revision 1 is called redacted and is not empty",
    ),
    "event called redacted": (
        on_event(9, "redacted_at = now()"),
        "event 9 is called redacted and is not empty",
    ),
    "event redacted without its revision": (
        on_event(1, "note = '', salt = '', redacted_at = now()"),
        "redacted",
    ),
    "redaction taken back": (
        on_event(9, "note = '', private = '{}', salt = ''"),
        "event 9: note or private part",
    ),
    **{
        f"column {name}": (on_row(f"{name} = {value}"), f"{name} says")
        for name, value in {
            "state": "'released'",
            "version": "14",
            "turn": "12",
            "submitted_at": "now()",
            "moved_at": "now()",
            "due_at": "now()",
            "expires_at": "now()",
            "opened_at": "now()",
            "answered_at": "now()",
            "lapsed_at": "now()",
            "is_in_time": "false",
            "reason": "'ai'",
            "dead_links": "'{audio}'",
            "release_on": "'2999-02-02'",
            "catalogue_number": "'TF999'",
            "release_code": "'RL-9999-9999'",
            "is_exclusive": "false",
            "is_held": "true",
            "hold_due_at": "now()",
            "title": "'Forged'",
            "mix": "'Forged'",
            "artist": "'Forged'",
            "genre": "'forged'",
            "subgenre": "'forged'",
            "tempo": "122.01",
            "key": "'1A'",
            "country": "'DE'",
            "ai": "'yes'",
            "isrc": "'DEA123456789'",
            "exclusivity": "'offer_held'",
            "splits": "'objected'",
            "has_wav": "NOT coalesce(has_wav, false)",
        }.items()
    },
    "column asked_at": (
        on_row("asked_at = created_at"),
        "says that a question waits, and there are no messages",
    ),
    "column opened_by": (on_row(f"opened_by_id = {OTHER}"), "opened_by_id says"),
    "reference": (on_row("reference = 'TF-0000-0000'"), "event 1 does not follow the digest"),
    "producer": (on_row(f"producer_id = {OTHER}"), "its producer is not the producer its events name"),
    "label": (on_row("label_id = (SELECT max(id) FROM labels_label)"), "its intake is not its label’s"),
    "intake": (on_row("intake_id = (SELECT max(id) FROM labels_intake)"), ", event 1 says CL-"),
    "previous": (on_row("previous_id = (SELECT min(id) FROM submissions_submission)"), "its previous try is"),
    "track": (on_row("track_id = (SELECT min(id) FROM catalog_track)"), "its track is not its producer’s"),
    "secret": (
        "UPDATE accounts_user SET secret = gen_random_uuid() "
        "WHERE id = (SELECT producer_id FROM submissions_submission WHERE id = {id})",
        "event 7 does not match its digest",
    ),
}
