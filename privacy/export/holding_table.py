"""Every table that leads to a person: what an export shows of it, or why it shows nothing.

`privacy/tests/test_holdings.py` compares this with the models: a new table or field fails it until it is named here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import sign_in_record
from desk.models import Review
from notifications.models import Delivery
from notifications.sentences import sentence_of
from privacy.export.holding import Holding
from studio.models import PackCrew, ProjectCrew, TemplateStep

KEY = "a key inside the database"
SECRET = "it opens something; whoever has a copy could use it"  # noqa: S105  # a sentence
OTHERS = "it says something of other people"
LABELS = "the label's own business"
DERIVED = "made from what is in the export"
TOLD = "shown with the submission"


def _crew(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(user=OuterRef("assignee")))


STILL_CREW = ~Q(project__owner=F("assignee")) & (
    Q(project__pack__owner=F("assignee"))
    | Q(_crew(ProjectCrew.objects.filter(project=OuterRef("project"))))
    | Q(_crew(PackCrew.objects.filter(pack=OuterRef("project__pack"))))
)
"""Whoever left a crew reads nothing of its steps any more; what they did has a date."""


def _authenticator_name(row: Any) -> str:
    return str(row.data.get("name", ""))


def _marks(review: Review) -> list[str]:
    return [f"{mark.criterion}: {mark.value}" for mark in review.marks.in_order()]


def _notification(delivery: Delivery) -> str:
    if delivery.share_id:
        return ""
    said = sentence_of(delivery)
    return f"{said.who} {said.what}: {said.title}"


def _template_step(step: TemplateStep) -> str:
    return f"{step.name} (weight {step.weight}){f': {step.note}' if step.note else ''}"


ACCOUNT = (
    Holding(
        "accounts.User",
        "Your account",
        ("pk",),
        {
            "Name": "name",
            "Email": "email",
            "Time zone": "time_zone",
            "Makes music": "makes_music",
            "Runs a label": "runs_label",
            "Your keys at the desk": "shortcuts",
            "Joined": "date_joined",
            "Last sign-in": "last_login",
            "To be deleted on": "deletes_at",
            "Works for Trackflow": "is_staff",
            "Has a password": lambda user: user.has_usable_password(),
        },
        {
            "id": KEY,
            "password": SECRET,
            "secret": SECRET,
            "is_superuser": LABELS,
            "is_active": DERIVED,
            "anonymised_at": "nobody has an account afterwards",
        },
    ),
    Holding(
        "account.EmailAddress",
        "Email addresses",
        ("user",),
        {"Address": "email", "Confirmed": "verified", "Main address": "primary"},
        {"id": KEY, "user": KEY},
    ),
    Holding(
        "account.EmailConfirmation",
        "Links sent to confirm an address",
        ("email_address__user",),
        {"Address": "email_address__email", "Sent": "sent", "Made": "created"},
        {"id": KEY, "email_address": KEY, "key": SECRET},
        related=("email_address",),
    ),
    Holding(
        "mfa.Authenticator",
        "Two-factor sign-in",
        ("user",),
        {"Kind": "type", "Name": _authenticator_name, "Added": "created_at", "Last used": "last_used_at"},
        {"id": KEY, "user": KEY, "data": SECRET},
    ),
    Holding(
        "accounts.Session",
        "Sessions",
        ("user",),
        {
            "Signed in": lambda session: sign_in_record.read(session.get_decoded())[0],
            "From": lambda session: sign_in_record.read(session.get_decoded())[1],
            "Browser": lambda session: sign_in_record.read(session.get_decoded())[2],
            "Last seen": "last_seen_at",
            "Ends": "expire_date",
        },
        {"session_key": SECRET, "session_data": SECRET, "user": KEY},
        said="Browsers in which you are signed in.",
    ),
    Holding(
        "notifications.RefusedAddress",
        "Addresses that refused our mail",
        ("person",),
        {
            "Address": "address",
            "Reason": "reason",
            "Said by the mail server": "detail",
            "Mail service": "provider",
            "Since": "refused_at",
            "Question sent": "asked_at",
            "Confirmed again": "confirmed_at",
        },
        {"id": KEY, "person": KEY},
    ),
    Holding(
        "privacy.Export",
        "Exports like this one",
        ("person",),
        {
            "Code": "code",
            "Asked for": "asked_at",
            "Finished": "finished_at",
            "Kept until": "expires_at",
            "Bytes": "size",
        },
        {"id": KEY, "person": KEY, "done": DERIVED, "total": DERIVED},
    ),
    Holding(
        "admin.LogEntry",
        "What you did in Trackflow's office",
        ("user",),
        {"When": "action_time", "What": "action_flag", "About": "content_type__name"},
        {"id": KEY, "user": KEY, "content_type": KEY, "object_id": OTHERS, "object_repr": OTHERS}
        | {"change_message": OTHERS},
        related=("content_type",),
    ),
)

PROFILE = (
    Holding(
        "catalog.Profile",
        "Artist profile",
        ("user",),
        {
            "Artist name": "artist_name",
            "Contact": "contact_email",
            "Country": "country",
            "City": "city",
            "Short bio": "bio",
            "SoundCloud": "soundcloud_url",
            "Instagram": "instagram_url",
            "Spotify": "spotify_url",
            "Resident Advisor": "ra_url",
            "Genres": lambda profile: [str(genre) for genre in profile.genres.all()],
            "Public page": "is_public",
            "Address of the page": "slug",
            "Picture": lambda profile: "picture.webp, in this folder" if profile.avatar_id else "",
        },
        {"id": KEY, "user": KEY, "avatar": "a file of its own"},
    ),
    Holding(
        "catalog.Track",
        "Tracks",
        ("owner",),
        {
            "Code": "code",
            "Title": "title",
            "Mix name": "mix",
            "Version": "version_type",
            "Licence": "licence_proof",
            "Genre": "genre__name",
            "Subgenre": "subgenre__name",
            "Tempo": "tempo",
            "Key": "key",
            "Length in seconds": "duration",
            "ISRC": "isrc",
            "Explicit lyrics": "explicit",
            "Language": "language",
            "Audio link": "audio_url",
            "Backup link": "backup_url",
            "Password for the link": "link_password",
            "Release status": "release_status",
            "Exclusivity": "exclusivity",
            "Exclusive until": "exclusive_until",
            "Target release": "release_window",
            "Stems available": "has_stems",
            "WAV available": "has_wav",
            "Samples": "sample_use",
            "Vocals": "vocal_use",
            "Generative AI": "ai",
            "PRO": "pro",
            "IPI": "ipi",
            "Pitch": "pitch",
            "For fans of": "references",
            "Added": "created_at",
            "Archived": "archived_at",
        },
        {"id": KEY, "owner": KEY, "genre": KEY, "subgenre": KEY},
        related=("genre", "subgenre"),
    ),
    Holding(
        "catalog.Collaborator",
        "Collaborators on your tracks",
        ("track__owner",),
        {
            "Track": "track__code",
            "Name": "name",
            "Role": "role",
            "Share in percent": "split",
            "Agrees": "consents",
            "To be invited": "is_invited",
        },
        {"id": KEY, "track": KEY, "email": OTHERS},
        related=("track",),
        said="Their addresses are left out: they are theirs.",
    ),
    Holding(
        "submissions.LabelList",
        "Label lists",
        ("producer",),
        {
            "Code": "code",
            "Name": "name",
            "Labels": lambda kept: [str(label) for label in kept.labels.all()],
            "Made": "created_at",
        },
        {"id": KEY, "producer": KEY},
    ),
    Holding(
        "submissions.SavedNote",
        "Saved notes",
        ("producer",),
        {"Code": "code", "Name": "name", "Text": "text", "Made": "created_at"},
        {"id": KEY, "producer": KEY},
    ),
    Holding(
        "submissions.SendPlan",
        "Sendings to several labels, not sent yet",
        ("track__owner",),
        {"Track": "track__code", "Intakes": "to", "Typed": "typed", "Saved": "saved_at"},
        {"track": KEY, "saved_by": KEY},
        related=("track",),
    ),
)

IN_THE_MAKING = (
    Holding(
        "studio.Project",
        "Projects",
        ("owner",),
        {
            "Code": "code",
            "Title": "title",
            "Artist": "artist",
            "Album": "album",
            "Year": "year",
            "State": "state",
            "Seen by": "visibility",
            "Track": "track__code",
            "Pack": "pack__code",
            "Place": "position",
            "Optional": "is_optional",
            "Notes": "notes",
            "Picture": "cover",
            "Download": "download_url",
            "Video": "video_url",
            "Begun": "created_at",
            "Last worked on": "touched_at",
            "Released": "released_at",
            "In the bin since": "discarded_at",
        },
        {"id": KEY, "owner": KEY, "weight": DERIVED, "weight_done": DERIVED},
        related=("track", "pack"),
    ),
    Holding(
        "studio.Pack",
        "Packs",
        ("owner",),
        {
            "Code": "code",
            "Kind": "kind",
            "Title": "title",
            "Artist": "artist",
            "Number": "series_number",
            "Priority": "priority",
            "Seen by": "visibility",
            "Description": "description",
            "Notes": "notes",
            "Picture": "cover",
            "Download": "download_url",
            "Video": "video_url",
            "Tracklist": lambda pack: [str(entry) for entry in pack.entries.all()],
            "Begun": "created_at",
            "Last worked on": "touched_at",
            "In the bin since": "discarded_at",
        },
        {"id": KEY, "owner": KEY},
    ),
    Holding(
        "studio.ProjectStep",
        "Steps of your projects",
        ("project__owner",),
        {
            "Project": "project__code",
            "Step": "name",
            "Note": "note",
            "Weight": "weight",
            "Somebody else": "assignee_name",
            "Done": "done_at",
            "Does not apply since": "skipped_at",
        },
        {"id": KEY, "project": KEY, "number": KEY, "position": KEY, "assignee": OTHERS, "done_by": OTHERS}
        | dict.fromkeys(("area", "days_before", "waits_for", "is_shared", "due_on"), "not used for projects"),
        related=("project",),
    ),
    Holding(
        "studio.ProjectStep",
        "Steps of others' projects that you are to do",
        ("assignee",),
        {"Project": "project__code", "Step": "name", "Note": "note", "Done": "done_at"},
        related=("project",),
        where=STILL_CREW,
    ),
    Holding(
        "studio.ProjectStep",
        "Steps of others' projects that you did",
        ("done_by",),
        {"Project": "project__code", "Done": "done_at"},
        related=("project",),
        where=~Q(project__owner=F("done_by")),
    ),
    Holding(
        "studio.ProjectLink",
        "Links of your projects, and those that you added",
        ("project__owner", "added_by"),
        {"Project": "project__code", "Link": "url", "Message": "message", "Added": "added_at"},
        {"id": KEY, "project": KEY, "added_by": OTHERS},
        related=("project",),
    ),
    Holding(
        "studio.ProjectCrew",
        "Projects in whose crew you are",
        ("user",),
        {"Project": "project__code", "Level": "level", "Parts": "parts", "Since": "since"},
        {"id": KEY, "project": KEY, "user": KEY},
        related=("project",),
    ),
    Holding(
        "studio.PackCrew",
        "Packs in whose crew you are",
        ("user",),
        {"Pack": "pack__code", "Level": "level", "Parts": "parts", "Since": "since"},
        {"id": KEY, "pack": KEY, "user": KEY},
        related=("pack",),
    ),
    Holding(
        "studio.CrewRequest",
        "Crews that you asked to join",
        ("user",),
        {
            "Project": "project__code",
            "Message": "message",
            "Parts you wanted": "parts_wanted",
            "Parts you got": "parts_given",
            "State": "state",
            "Asked": "asked_at",
            "Answered": "answered_at",
        },
        {"id": KEY, "project": KEY, "user": KEY, "answered_by": OTHERS},
        related=("project",),
    ),
    Holding(
        "studio.StepTemplate",
        "Your step templates",
        ("owner",),
        {
            "Template": "name",
            "Place": "position",
            "Steps": lambda template: list(map(_template_step, template.steps.all())),
            "Made": "created_at",
            "Retired": "retired_at",
        },
        {"id": KEY, "owner": KEY},
    ),
    Holding(
        "studio.StudioSettings",
        "How you like the studio",
        ("user",),
        {"New projects begin with": "default_template", "New projects are filled in": "fills_songs"},
        {"user": KEY},
    ),
    Holding(
        "studio.StudioEvent",
        "What you did to projects and packs",
        ("actor",),
        {"When": "at", "What": "act", "Project": "project__code", "Pack": "pack__code", "Details": "details"},
        {"id": KEY, "actor": KEY, "project": KEY, "pack": KEY, "key": KEY},
        related=("project", "pack"),
    ),
)

LABEL_ACTS = (
    Holding(
        "labels.Membership",
        "Teams you are in",
        ("user",),
        {"Label": "label__name", "Role": "role", "Since": "joined_at"},
        {"id": KEY, "user": KEY, "label": KEY},
        related=("label",),
    ),
    Holding(
        "labels.MembershipChange",
        "When you were in which team",
        ("person",),
        {"Label": "label__name", "Role": "role", "From": "since"},
        {"id": KEY, "person": KEY, "label": KEY, "by": OTHERS},
        related=("label",),
    ),
    Holding(
        "labels.Invitation",
        "Invitations you accepted",
        ("accepted_by",),
        {
            "Code": "code",
            "Label": "label__name",
            "Sent to": "email",
            "Role": "role",
            "Sent": "sent_at",
            "Accepted": "accepted_at",
        },
        {"id": KEY, "label": KEY, "invited_by": OTHERS, "nonce": SECRET, "created_at": DERIVED}
        | {"expires_at": DERIVED, "accepted_by": KEY, "revoked_at": DERIVED},
        related=("label",),
    ),
    Holding(
        "labels.Invitation",
        "Invitations you sent",
        ("invited_by",),
        {"Code": "code", "Label": "label__name", "Role": "role", "Made": "created_at", "Sent": "sent_at"}
        | {"Good until": "expires_at", "Accepted": "accepted_at", "Revoked": "revoked_at"},
        {"id": KEY, "label": KEY, "email": OTHERS, "invited_by": KEY, "nonce": SECRET, "accepted_by": OTHERS},
        related=("label",),
    ),
    Holding(
        "labels.Proof",
        "Proof you gave for a label",
        ("given_by",),
        {
            "Label": "label__name",
            "Link": "link",
            "Address": "address",
            "Said": "said",
            "Given": "given_at",
            "Confirmed": "confirmed_at",
            "State": "state",
            "Our question": "reply",
            "Asked": "replied_at",
        },
        {"id": KEY, "label": KEY, "nonce": SECRET, "given_by": KEY, "replied_by": OTHERS},
        related=("label",),
    ),
    Holding(
        "labels.Report",
        "Labels you reported",
        ("reporter",),
        {
            "Label": "label__name",
            "Reason": "reason",
            "What happened": "text",
            "Sent": "created_at",
            "Settled": "settled_at",
        },
        {"id": KEY, "label": KEY, "reporter": KEY, "settled_by": OTHERS, "outcome": OTHERS},
        related=("label",),
    ),
    Holding(
        "labels.Block",
        "Producers you blocked",
        ("blocked_by",),
        {"Label": "label__name", "Why": "why", "When": "created_at", "Lifted": "lifted_at"},
        {"id": KEY, "label": KEY, "producer": OTHERS, "blocked_by": KEY, "lifted_by": OTHERS},
        related=("label",),
    ),
    Holding(
        "submissions.Event",
        "What you did with demos",
        ("actor",),
        {
            "When": "recorded_at",
            "Demo": "submission__reference",
            "Label": "submission__label__name",
            "What": "transition",
            "As": "actor_role",
            "Note": "note",
            "Fingerprint": "digest_hex",
            "Emptied": "redacted_at",
        },
        dict.fromkeys(("payload", "private", "from_state", "to_state", "sequence"), TOLD)
        | dict.fromkeys(("salt", "content_digest", "previous_digest", "digest", "format"), DERIVED)
        | {"id": KEY, "submission": KEY, "actor": KEY, "acted_by": OTHERS, "key": KEY},
        related=("submission__label",),
        said="As a producer, for a label, or for somebody's share.",
    ),
    Holding(
        "submissions.Event",
        "What you did while acting as somebody else",
        ("acted_by",),
        {"When": "recorded_at", "Demo": "submission__reference", "What": "transition"},
        dict.fromkeys(
            ("payload", "private", "from_state", "to_state", "sequence", "actor", "actor_role", "note"),
            OTHERS,
        )
        | dict.fromkeys(("salt", "content_digest", "previous_digest", "digest", "format"), DERIVED)
        | {"id": KEY, "submission": KEY, "acted_by": KEY, "key": KEY, "redacted_at": DERIVED},
        related=("submission",),
    ),
    Holding(
        "submissions.Message",
        "Messages you wrote",
        ("author",),
        {
            "When": "written_at",
            "Demo": "submission__reference",
            "Label": "submission__label__name",
            "As": "actor_role",
            "Text": "text",
            "Emptied": "redacted_at",
        },
        {"id": KEY, "submission": KEY, "side": DERIVED, "author": KEY, "acted_by": OTHERS, "key": KEY}
        | {"is_silent": DERIVED},
        related=("submission__label",),
    ),
    Holding(
        "submissions.MessageReading",
        "Conversations you have read",
        ("person",),
        {"Demo": "submission__reference", "Muted": "is_muted"},
        {"id": KEY, "submission": KEY, "person": KEY, "read_up_to": KEY},
        related=("submission",),
    ),
    Holding(
        "desk.Memo",
        "Memos you wrote for a team",
        ("author",),
        {"When": "written_at", "Demo": "submission__reference", "Text": "text"},
        {"id": KEY, "submission": KEY, "author": KEY, "key": KEY},
        related=("submission",),
    ),
    Holding(
        "desk.Review",
        "Scores you gave",
        ("member",),
        {"When": "given_at", "Demo": "submission__reference", "Marks": _marks, "Comment": "comment"},
        {"id": KEY, "submission": KEY, "revision": KEY, "member": KEY},
        related=("submission",),
    ),
    Holding(
        "desk.Proposal",
        "Decisions you prepared",
        ("prepared_by",),
        {
            "When": "prepared_at",
            "Demo": "submission__reference",
            "Decision": "transition",
            "Note": "note",
            "Details": "details",
            "Settled": "settled_at",
            "Sent back because": "sent_back_because",
            "To be sent": "send_at",
        },
        {"id": KEY, "submission": KEY, "turn": KEY, "key": KEY, "prepared_by": KEY, "settled_by": OTHERS}
        | {
            "timed_by": OTHERS,
            "is_held": DERIVED,
            "warned_at": LABELS,
            "dismissed_at": DERIVED,
            "event": KEY,
        },
        related=("submission",),
    ),
    Holding(
        "desk.Bulk",
        "Bulk actions you ordered",
        ("ordered_by",),
        {"Code": "code", "Label": "label__name", "What": "act", "How many": "total", "When": "ordered_at"}
        | {"Cancelled": "cancelled_at", "Ended": "ended_at", "Details": "details"},
        {"id": KEY, "label": KEY, "ordered_by": KEY, "key": KEY, "cancelled_by": OTHERS},
        related=("label",),
    ),
    Holding(
        "desk.SavedView",
        "Views you saved",
        ("owner",),
        {"Label": "label__name", "Name": "name", "Query": "query", "For the team": "is_team"}
        | {"Made": "created_at"},
        {"id": KEY, "label": KEY, "owner": KEY},
        related=("label",),
    ),
    Holding(
        "desk.DefaultView",
        "Views your desks open with",
        ("user",),
        {"Label": "label__name", "View": "view__name"},
        {"id": KEY, "label": KEY, "user": KEY, "view": KEY},
        related=("label", "view"),
    ),
    Holding(
        "desk.ExportChoice",
        "Your columns for exports of demos",
        ("user",),
        {"Label": "label__name", "Columns": "columns", "Format": "format"},
        {"id": KEY, "label": KEY, "user": KEY},
        related=("label",),
    ),
    Holding(
        "desk.Presence",
        "Demos you have open at a desk",
        ("user",),
        {"Demo": "submission__reference", "Seen": "seen_at"},
        {"id": KEY, "submission": KEY, "user": KEY},
        related=("submission",),
    ),
    Holding(
        "submissions.Submission",
        "Demos assigned to you",
        ("team_assignee",),
        {"Demo": "reference", "Label": "label__name"},
        {},
        related=("label",),
    ),
    Holding(
        "activity.Activity",
        "Your lines in teams' logs and in the record",
        ("actor",),
        {"When": "at", "Label": "label__name", "What": "kind", "Demo": "submission__reference"}
        | {"Internet address": "address", "Browser": "browser"},
        {"id": KEY, "label": KEY, "submission": KEY, "actor": KEY, "person": KEY, "key": KEY, "area": DERIVED}
        | {"details": OTHERS},
        related=("label", "submission"),
    ),
    Holding(
        "activity.Activity",
        "What others did to your account",
        ("person",),
        {"When": "at", "What": "kind"},
        {"actor": OTHERS, "address": OTHERS, "browser": OTHERS},
        where=Q(actor=None) | ~Q(actor=F("person")),
    ),
    Holding(
        "releases.ReleaseEvent",
        "What you did with releases",
        ("actor",),
        {"When": "recorded_at", "Release": "release__reference", "Label": "release__label__name"}
        | {"What": "transition", "Note": "note", "Emptied": "redacted_at"},
        dict.fromkeys(
            ("payload", "private", "from_state", "to_state", "sequence", "actor_role", "acted_by"), LABELS
        )
        | dict.fromkeys(("salt", "content_digest", "previous_digest", "digest", "format"), DERIVED)
        | {"id": KEY, "release": KEY, "actor": KEY, "key": KEY},
        related=("release__label",),
    ),
    Holding(
        "releases.ReleaseStep",
        "Steps of releases that you have or did",
        ("assignee", "done_by"),
        {"Release": "release__reference", "Step": "name", "Due": "due_on", "Done": "done_at"},
        dict.fromkeys(("position", "area", "weight", "days_before", "waits_for", "is_shared", "note"), LABELS)
        | dict.fromkeys(("id", "number", "release", "turn", "words_from", "assignee", "done_by"), KEY)
        | {"assignee_name": DERIVED, "skipped_at": LABELS},
        related=("release",),
    ),
    Holding(
        "releases.CalendarFeed",
        "Calendar addresses you made",
        ("user",),
        {"Label": "label__name", "Made": "created_at", "Revoked": "revoked_at"},
        {"id": KEY, "label": KEY, "user": KEY, "nonce": SECRET},
        related=("label",),
    ),
)

NOTIFICATIONS = (
    Holding(
        "notifications.Preferences",
        "Your settings",
        ("person",),
        {"Hour of the digest": "digest_hour", "Quiet from": "quiet_from", "Quiet until": "quiet_until"},
        {"person": KEY},
    ),
    Holding(
        "notifications.KindChoice",
        "How each kind comes to you",
        ("person",),
        {"As": "side", "Kind": "kind", "Label": "label__name", "Comes": "way"},
        {"id": KEY, "person": KEY, "label": KEY},
        related=("label",),
    ),
    Holding(
        "notifications.AssignedOnly",
        "Labels of which you want only what is assigned to you",
        ("person",),
        {"Label": "label__name"},
        {"id": KEY, "person": KEY, "label": KEY},
        related=("label",),
    ),
    Holding(
        "notifications.Delivery",
        "Notifications",
        ("person",),
        {
            "When": "created_at",
            "What": _notification,
            "By": "channel",
            "Became": "outcome",
            "Sent": "sent_at",
            "Read": "read_at",
        },
        dict.fromkeys(("event", "suspension", "is_end", "notice", "message", "reminder", "label"), DERIVED)
        | {"id": KEY, "submission": DERIVED, "person": KEY, "share": KEY, "digest": KEY},
        related=(
            *("label", "submission__label", "event__submission__label", "event__actor", "event__acted_by"),
            *("suspension__label", "notice__label", "notice__who__profile", "notice__submission"),
            "message__author",
            *("message__acted_by", "reminder__submission__label"),
        ),
    ),
    Holding(
        "notifications.Digest",
        "Daily digests",
        ("person",),
        {"Day": "day", "Made": "created_at", "Sent": "sent_at"},
        {"id": KEY, "person": KEY},
    ),
    Holding(
        "notifications.Notice",
        "What others were told that you did",
        ("who",),
        {"When": "created_at", "Label": "label__name", "What": "what", "About": "title"},
        {"id": KEY, "label": KEY, "submission": OTHERS, "who": KEY, "kind": DERIVED, "path": DERIVED}
        | {"text": OTHERS, "key": KEY, "person": OTHERS},
        related=("label",),
    ),
)

OF_SUBMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        "submissions.Submission": "producer",
        "submissions.Event": "submission__producer",
        "submissions.Revision": "submission__producer",
        "submissions.Offer": "submission__producer",
        "submissions.Message": "submission__producer",
        "submissions.SplitSheet": "submission__producer",
        "submissions.Share": "sheet__submission__producer",
        "submissions.Deliverable": "submission__producer",
        "submissions.CoProducer": "submission__producer",
        "submissions.Draft": "submission__producer",
    }
)
"""Tables that the page of each submission shows (`privacy.export.submissions`)."""

NOT_SHOWN: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("labels.Block", "producer"): "a label's internal decision, which its producer is never told",
        ("labels.Block", "lifted_by"): DERIVED,
        ("labels.Suspension", "by"): "an act of Trackflow's office",
        ("labels.Suspension", "lifted_by"): "an act of Trackflow's office",
        ("labels.MembershipChange", "by"): "another person's membership",
        ("labels.Proof", "replied_by"): "an act of Trackflow's office",
        ("labels.Report", "settled_by"): "an act of Trackflow's office",
        ("submissions.Submission", "opened_by"): "an event of yours says it",
        ("submissions.CoProducer", "followed_by"): "shown under the shares that others gave you",
        ("submissions.Message", "acted_by"): "an act of Trackflow's office, in another person's words",
        ("notifications.Notice", "person"): "among your notifications",
        ("recordings.Shelf", "person"): "folders on this machine, which an admin gave them",
        ("recordings.Metadatum", "by"): "facts of music, not of a person",
        ("recordings.Tracklist", "changed_by"): "facts of music, not of a person",
        ("recordings.Recording", "matched_by"): "a fact of a file, and its label's",
        ("recordings.Candidate", "refused_by"): "a fact of a file, and its label's",
        ("recordings.Lookup", "asked_by"): "facts of music, not of a person",
        ("studio.CrewRequest", "answered_by"): "an event of yours says it",
        ("studio.ReferenceList", "changed_by"): "an act of Trackflow’s office",
        ("desk.Bulk", "cancelled_by"): "another person's order",
        ("desk.Proposal", "settled_by"): "another person's decision",
        ("desk.Proposal", "timed_by"): "another person's decision",
        ("releases.ReleaseEvent", "acted_by"): "an act of Trackflow's office, in another person's words",
        ("insights.SubmissionFacts", "producer"): DERIVED,
        ("insights.SubmissionFacts", "opened_by"): DERIVED,
    }
)
"""Relations to a person that no page of an export follows, each with the reason."""

NO_PERSON: Mapping[str, str] = MappingProxyType(
    {
        "labels.Proof.address": "shown to who gave it",
        "labels.Invitation.email": "somebody else's until they accept, then shown",
    }
)
"""Fields that hold addresses."""

CHAPTERS: tuple[tuple[str, str, tuple[Holding, ...]], ...] = (
    ("account", "Account", ACCOUNT),
    ("music", "Artist profile and tracks", PROFILE),
    ("studio", "Music in the making", IN_THE_MAKING),
    ("activity", "What you did, for labels too", LABEL_ACTS),
    ("notifications", "Notifications", NOTIFICATIONS),
)
ALL = tuple(holding for _, _, holdings in CHAPTERS for holding in holdings)
