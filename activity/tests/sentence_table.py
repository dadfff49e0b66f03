"""Each kind of activity with details as the apps above write them, and its sentence."""

from datetime import UTC, datetime
from typing import Any

from activity.models import Activity

K = Activity.Kind
CODE = "IN-4K7Q-9XMD"
MOMENT = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

SENTENCES: list[tuple[Activity.Kind, dict[str, Any], str]] = [
    (K.SCORED, {}, "scored it"),
    (K.SCORED, {"revision": 2}, "scored revision 2"),
    (K.ASSIGNED, {}, "assigned it"),
    (K.UNASSIGNED, {}, "unassigned it"),
    (K.TAGGED, {"tag": "{x} %s"}, "tagged it “{x} %s”"),
    (K.UNTAGGED, {"tag": "Summer"}, "removed the tag “Summer”"),
    (K.WROTE, {}, "wrote a memo"),
    (K.BLOCKED, {}, "blocked the producer"),
    (K.UNBLOCKED, {}, "unblocked the producer"),
    (K.PREPARED, {"transition": "reject"}, "prepared a decision to pass on it"),
    (K.CHANGED, {"transition": "reject"}, "cancelled the scheduled time of the decision to pass on it"),
    (
        K.CHANGED,
        {"transition": "reject", "changed": ["note", "welcome", "terms"]},
        "edited the decision to pass on it: note, what is welcome next and terms",
    ),
    (
        K.CHANGED,
        {"transition": "request_changes", "send_at": MOMENT},
        "set the decision to ask for changes to go out on 25 October 2026, 02:30 CET (Europe/Berlin)",
    ),
    (K.RELEASED, {"transition": "accept"}, "sent the decision to offer to sign it"),
    (K.DISCARDED, {"transition": "accept"}, "discarded the decision to offer to sign it"),
    (K.SENT_BACK, {"transition": "accept"}, "sent the decision to offer to sign it back"),
    (K.WARNED, {"transition": "reject"}, "warned that the decision to pass on it is waiting too long"),
    (K.ORDERED, {"act": "tag", "bulk": "BU-0000-0001"}, "started BU-0000-0001: Tag"),
    (K.CANCELLED, {"act": "untag", "bulk": "BU-0000-0001"}, "cancelled BU-0000-0001: Remove a tag"),
    (
        K.SETTING_CHANGED,
        {"setting": "sends_at_once", "is_on": False},
        "turned “Send managers’ decisions at once” off",
    ),
    (K.UNSCORED, {"revision": 2}, "removed their score of revision 2"),
    (K.UNDO_CHANGED, {"seconds": 30}, "let decisions be undone for 30 seconds"),
    (K.CRITERION_ADDED, {"criterion": "Mix"}, "added the criterion Mix"),
    (K.CRITERION_RENAMED, {"was": "Mix", "criterion": "Sound"}, "renamed the criterion Mix to Sound"),
    (K.CRITERION_RETIRED, {"criterion": "Mix"}, "retired the criterion Mix"),
    (K.TAG_MADE, {"tag": "Summer"}, "created the tag “Summer”"),
    (K.TAG_RENAMED, {"was": "Summer", "tag": "Autumn"}, "renamed the tag “Summer” to “Autumn”"),
    (K.TAG_RECOLOURED, {"tag": "Summer", "hue": "pink"}, "changed the colour of the tag “Summer” to pink"),
    (K.TAG_RETIRED, {"tag": "Summer"}, "retired the tag “Summer”"),
    (K.TAG_RESTORED, {"tag": "Summer"}, "restored the tag “Summer”"),
    (K.TEMPLATE_WRITTEN, {"template": "Full"}, "wrote the reply template “Full”"),
    (K.TEMPLATE_CHANGED, {"template": "Full"}, "changed the reply template “Full”"),
    (K.TEMPLATE_RETIRED, {"template": "Full"}, "retired the reply template “Full”"),
    (K.ASK_LIST_CHANGED, {"template": "Stems"}, "changed what producers are asked for: Stems"),
    (K.CALL_MADE, {"intake": "June"}, "created the call “June”"),
    (K.CALL_DELETED, {"intake": "June"}, "deleted the call “June”"),
    (
        K.INTAKE_CHANGED,
        {
            "intake": "June",
            "changes": [("message",), ("tempo", "any", "at most 130 BPM"), ("promise", "14 days", "7 days")],
        },
        "changed the intake “June”: message; tempo from “any” to “at most 130 BPM”; promise from 14 to 7 days",
    ),
    (K.INTAKE_CLOSED, {"intake": "June"}, "closed the intake “June” for now"),
    (K.INTAKE_OPENED, {"intake": "June"}, "opened the intake “June” again"),
    (K.QUESTION_ADDED, {"intake": "June", "question": "Why?"}, "added the question “Why?” to “June”"),
    (K.QUESTION_CHANGED, {"intake": "June", "question": "Why?"}, "changed the question “Why?” of “June”"),
    (K.QUESTION_DELETED, {"intake": "June", "question": "Why?"}, "deleted the question “Why?” of “June”"),
    (K.QUESTION_RETIRED, {"intake": "June", "question": "Why?"}, "retired the question “Why?” of “June”"),
    (K.QUESTION_RESTORED, {"intake": "June", "question": "Why?"}, "restored the question “Why?” of “June”"),
    (K.QUESTIONS_ORDERED, {"intake": "June"}, "reordered the questions of “June”"),
    (
        K.PROFILE_CHANGED,
        {"fields": ["links", "about", "picture", "slug"]},
        "changed the label’s links, what we want, logo and address",
    ),
    (K.EMBED_CHANGED, {}, "allowed the form on the label’s website only"),
    (
        K.EMBED_CHANGED,
        {"sites": ["https://a.example", "https://b.example"]},
        "allowed the form on https://a.example and https://b.example",
    ),
    (K.PROOF_GIVEN, {}, "submitted proof for verification"),
    (K.PROOF_RESENT, {}, "sent the confirmation link again"),
    (K.INVITED, {"invitation": CODE, "role": 2}, f"sent the invitation {CODE}, for a reviewer"),
    (K.REINVITED, {"invitation": CODE}, f"sent the invitation {CODE} again"),
    (K.INVITATION_REVOKED, {"invitation": CODE}, f"revoked the invitation {CODE}"),
    (K.JOINED, {"invitation": CODE, "role": 3}, f"joined as manager, by the invitation {CODE}"),
    (K.ROLE_CHANGED, {"former_role": 4, "role": 1}, "changed their own role from owner to viewer"),
    (K.REMOVED, {"whom": {"person": 0}}, "removed somebody from the team"),
    (K.LEFT, {}, "left the team"),
    (K.HANDED_OVER, {"to": {"person": 0}}, "handed the label over to somebody and became a manager"),
    (K.SUSPENDED, {}, "suspended the label"),
    (K.UNSUSPENDED, {}, "lifted the label’s suspension"),
]
