"""The phrases of the team's log, by kind of activity.

`AREAS` names the kinds of the record.

The first phrase whose details are all present is used. Details are people (`to`, `before`, `whom`, `mentioned`,
`prepared_by`), names at the time (`tag`, `was`, `criterion`, `template`, `intake`, `question`,
`series`, `columns`), codes (`bulk`, `invitation`, `recording`), `sites`, and values that `sentences.WORDS` translates.
Every kind may also have `because`, a sentence.
"""

from collections.abc import Mapping
from types import MappingProxyType

from activity.choices import Area
from activity.models import Activity

Kind = Activity.Kind

AREAS: Mapping[Kind, Area] = MappingProxyType(
    dict.fromkeys(
        (
            *(Kind.SIGNED_UP, Kind.SIGNED_IN, Kind.SIGN_IN_FAILED, Kind.SIGNED_OUT, Kind.SESSIONS_ENDED),
            *(Kind.PASSWORD_CHANGED, Kind.PASSWORD_RESET, Kind.ADDRESS_ADDED, Kind.ADDRESS_CONFIRMED),
            *(Kind.ADDRESS_CHANGED, Kind.ADDRESS_REMOVED, Kind.FACTOR_ADDED, Kind.FACTOR_REMOVED),
            *(Kind.CODES_RENEWED, Kind.CODE_FAILED, Kind.FACTORS_REMOVED),
            *(Kind.DELETION_ASKED, Kind.DELETION_STOPPED, Kind.ANONYMISED),
        ),
        Area.ACCOUNT,
    )
    | dict.fromkeys(
        (
            *(Kind.INVITED, Kind.REINVITED, Kind.INVITATION_REVOKED, Kind.JOINED, Kind.ROLE_CHANGED),
            *(Kind.REMOVED, Kind.LEFT, Kind.HANDED_OVER),
        ),
        Area.TEAM,
    )
    | dict.fromkeys(
        (
            *(Kind.SETTING_CHANGED, Kind.UNDO_CHANGED, Kind.UNTOUCHED_CHANGED, Kind.RELEASES_SET),
            *(Kind.CRITERION_ADDED, Kind.CRITERION_RENAMED, Kind.CRITERION_RETIRED, Kind.PROFILE_CHANGED),
            *(Kind.CALL_MADE, Kind.CALL_DELETED, Kind.INTAKE_CHANGED, Kind.INTAKE_CLOSED, Kind.INTAKE_OPENED),
            *(Kind.QUESTION_ADDED, Kind.QUESTION_CHANGED, Kind.QUESTION_DELETED, Kind.EMBED_CHANGED),
            *(Kind.QUESTION_RETIRED, Kind.QUESTION_RESTORED, Kind.QUESTIONS_ORDERED),
        ),
        Area.SETTINGS,
    )
    | {Kind.EXPORTED: Area.EXPORT}
    | dict.fromkeys(
        (
            *(Kind.PROOF_GIVEN, Kind.PROOF_RESENT, Kind.SUSPENDED, Kind.UNSUSPENDED),
            *(Kind.LAPSES_WARNED, Kind.LAPSES_CLOSED, Kind.LAPSES_OPENED),
        ),
        Area.LABEL,
    )
    | dict.fromkeys(
        (
            *(Kind.LABEL_STEP, Kind.ACCOUNT_CHANGED, Kind.ACTING_STARTED, Kind.ACTING_ENDED),
            Kind.ACTED_FOR,
        ),
        Area.STAFF,
    )
)
"""What belongs to the record, and to which part of it."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "note": "note",
        "reason": "reason",
        "welcome": "what is welcome next",
        "terms": "terms",
        "text": "text",
        "days": "days to answer",
    }
)
"""The parts of a prepared decision."""

PHRASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SCORED: ("scored revision {revision}", "scored it"),
        Kind.UNSCORED: ("removed their score of revision {revision}", "removed their score"),
        Kind.ASSIGNED: ("reassigned it from {before} to {to}", "assigned it to {to}", "assigned it"),
        Kind.UNASSIGNED: ("unassigned {before}", "unassigned it"),
        Kind.TAGGED: ("tagged it “{tag}”",),
        Kind.UNTAGGED: ("removed the tag “{tag}”",),
        Kind.WROTE: ("mentioned {mentioned} in a memo", "wrote a memo"),
        Kind.MESSAGED: ("wrote to the producer",),
        Kind.SETTLED: ("marked the producer’s question as answered",),
        Kind.BLOCKED: ("blocked the producer",),
        Kind.UNBLOCKED: ("unblocked the producer",),
        Kind.PREPARED: ("prepared a decision {transition}", "prepared a decision"),
        Kind.CHANGED: (
            "set the decision {transition} to go out on {send_at}",
            "edited the decision {transition}: {changed}",
            "cancelled the scheduled time of the decision {transition}",
            "changed a prepared decision",
        ),
        Kind.RELEASED: (
            "sent the decision {transition}, prepared by {prepared_by}",
            "sent the decision {transition}",
            "sent a decision",
        ),
        Kind.DISCARDED: (
            "discarded the decision {transition}, prepared by {prepared_by}",
            "discarded the decision {transition}",
            "discarded a decision",
        ),
        Kind.SENT_BACK: (
            "sent the decision {transition} back to {prepared_by}",
            "sent the decision {transition} back",
            "sent a decision back",
        ),
        Kind.WARNED: ("warned that the decision {transition} is waiting too long",),
        Kind.ORDERED: ("started {bulk}: {act}",),
        Kind.CANCELLED: ("cancelled {bulk}: {act}",),
        Kind.SETTING_CHANGED: ("turned “{setting}” {is_on}",),
        Kind.UNDO_CHANGED: ("let decisions be undone for {seconds} seconds",),
        Kind.UNTOUCHED_CHANGED: ("let demos {untouched}",),
        Kind.CRITERION_ADDED: ("added the criterion {criterion}",),
        Kind.CRITERION_RENAMED: ("renamed the criterion {was} to {criterion}",),
        Kind.CRITERION_RETIRED: ("retired the criterion {criterion}",),
        Kind.TAG_MADE: ("created the tag “{tag}”",),
        Kind.TAG_RENAMED: ("renamed the tag “{was}” to “{tag}”",),
        Kind.TAG_RECOLOURED: ("changed the colour of the tag “{tag}” to {hue}",),
        Kind.TAG_RETIRED: ("retired the tag “{tag}”",),
        Kind.TAG_RESTORED: ("restored the tag “{tag}”",),
        Kind.TEMPLATE_WRITTEN: ("wrote the reply template “{template}”",),
        Kind.TEMPLATE_CHANGED: ("changed the reply template “{template}”",),
        Kind.TEMPLATE_RETIRED: ("retired the reply template “{template}”",),
        Kind.ASK_LIST_CHANGED: ("changed what producers are asked for: {template}",),
        Kind.RELEASES_SET: ("changed the release settings: {columns}",),
        Kind.BARCODES_ADDED: ("added codes to the pool of UPCs: {count}",),
        Kind.SERIES_MADE: ("began the series “{series}”",),
        Kind.SERIES_CHANGED: ("changed the series “{series}”",),
        Kind.STEPS_WRITTEN: ("wrote the step template “{template}”",),
        Kind.STEPS_CHANGED: ("changed the step template “{template}”",),
        Kind.STEPS_RETIRED: ("retired the step template “{template}”",),
        Kind.CALL_MADE: ("created the call “{intake}”",),
        Kind.CALL_DELETED: ("deleted the call “{intake}”",),
        Kind.INTAKE_CHANGED: ("changed the intake “{intake}”: {changes}",),
        Kind.INTAKE_CLOSED: ("closed the intake “{intake}” for now",),
        Kind.INTAKE_OPENED: ("opened the intake “{intake}” again",),
        Kind.QUESTION_ADDED: ("added the question “{question}” to “{intake}”",),
        Kind.QUESTION_CHANGED: ("changed the question “{question}” of “{intake}”",),
        Kind.QUESTION_DELETED: ("deleted the question “{question}” of “{intake}”",),
        Kind.QUESTION_RETIRED: ("retired the question “{question}” of “{intake}”",),
        Kind.QUESTION_RESTORED: ("restored the question “{question}” of “{intake}”",),
        Kind.QUESTIONS_ORDERED: ("reordered the questions of “{intake}”",),
        Kind.PROFILE_CHANGED: ("changed the label’s {fields}",),
        Kind.EMBED_CHANGED: (
            "allowed the form on {sites}",
            "allowed the form on the label’s website only",
        ),
        Kind.PROOF_GIVEN: ("submitted proof for verification",),
        Kind.PROOF_RESENT: ("sent the confirmation link again",),
        Kind.INVITED: ("sent the invitation {invitation}, for a {role}",),
        Kind.REINVITED: ("sent the invitation {invitation} again",),
        Kind.INVITATION_REVOKED: ("revoked the invitation {invitation}",),
        Kind.JOINED: ("joined as {role}, by the invitation {invitation}",),
        Kind.ROLE_CHANGED: (
            "changed the role of {whom} from {former_role} to {role}",
            "changed their own role from {former_role} to {role}",
        ),
        Kind.REMOVED: ("removed {whom} from the team",),
        Kind.LEFT: ("left the team",),
        Kind.HANDED_OVER: ("handed the label over to {to} and became a manager",),
        Kind.FACTORS_REQUIRED: ("required two-factor sign-in of the team",),
        Kind.FACTORS_OPTIONAL: ("no longer requires two-factor sign-in of the team",),
        Kind.LAPSES_WARNED: ("warned that {expired} demos expired without an answer",),
        Kind.LAPSES_CLOSED: ("closed the label to new demos",),
        Kind.LAPSES_OPENED: ("opened the label to new demos again",),
        Kind.SUSPENDED: ("suspended the label",),
        Kind.UNSUSPENDED: ("lifted the label’s suspension",),
        Kind.SIGNED_UP: ("created the account",),
        Kind.SIGNED_IN: ("signed in with {way}", "signed in"),
        Kind.SIGN_IN_FAILED: ("tried to sign in with a wrong password",),
        Kind.SIGNED_OUT: ("signed out",),
        Kind.SESSIONS_ENDED: ("signed out {count} other browsers", "signed out another browser"),
        Kind.PASSWORD_CHANGED: ("changed the password",),
        Kind.PASSWORD_RESET: ("chose a new password by a mailed link",),
        Kind.ADDRESS_ADDED: ("added an email address",),
        Kind.ADDRESS_CONFIRMED: ("confirmed an email address",),
        Kind.ADDRESS_CHANGED: ("changed the email address of the account",),
        Kind.ADDRESS_REMOVED: ("removed an email address",),
        Kind.FACTOR_ADDED: ("added {factor}",),
        Kind.FACTOR_REMOVED: ("removed {factor}",),
        Kind.CODES_RENEWED: ("made new recovery codes",),
        Kind.CODE_FAILED: ("gave a wrong code or passkey",),
        Kind.FACTORS_REMOVED: ("turned off two-factor sign-in, because app, passkeys and codes were lost",),
        Kind.DELETION_ASKED: ("asked to delete the account",),
        Kind.DELETION_STOPPED: ("kept the account after all",),
        Kind.ANONYMISED: ("deleted the account’s personal data",),
        Kind.ACCOUNT_CHANGED: ("changed the account: {columns}", "changed the account"),
        Kind.LABEL_STEP: ("{step} the label",),
        Kind.ACTING_STARTED: ("opened the account as Trackflow’s staff",),
        Kind.ACTING_ENDED: ("closed the account again after {seconds} seconds",),
        Kind.ACTED_FOR: ("acted in the account: {page}",),
        Kind.EXPORTED: ("downloaded {what}",),
        Kind.FILE_MATCHED: ("matched the file {recording} as the {master}",),
        Kind.MATCH_REMOVED: ("removed the match of the file {recording}",),
        Kind.FILE_REFUSED: ("said that the file {recording} is not this demo’s",),
    }
)
