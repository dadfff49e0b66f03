"""The access matrix as data: the answer to each role at each URL.

One letter per role: 2 shown, 3 redirect, L redirect to sign in, F forbidden (may see it, not do it), N not found
(may not see it), M method not allowed, U form errors, C conflict, B bad request.
"""

from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "anonymous",
    "producer",
    "other producer",
    "viewer",
    "reviewer",
    "manager",
    "owner",
    "other owner",
    "both",
    "admin",
)


@dataclass(frozen=True)
class Address:
    """Answers to GET and to an empty POST, in the order of `ROLES`; `both` asks for what is their own."""

    get: str
    post: str
    places: dict[str, str] = field(default_factory=dict)


SLUG = {"slug": "slug"}
CODE = {"code": "code"}
SENT = {"reference": "reference"}
DRAFT = {"reference": "draft"}
AT_DESK = SLUG | SENT
OFFER_TEMPLATE = SLUG | {"pk": "offer_template"}
ACT = AT_DESK | {"transition": "transition"}
VIEW = SLUG | {"pk": "view"}
REPLY = SLUG | {"pk": "reply"}
BLOCK = SLUG | {"pk": "block"}
TAG = SLUG | {"pk": "tag"}
INTAKE = SLUG | {"code": "intake"}
QUESTION = INTAKE | {"pk": "question"}
BULK = SLUG | {"code": "bulk"}  # about that one submission

PICTURE = {"code": "picture"}
RELEASE = SLUG | {"code": "release"}  # scheduled, with a demo of the producer and a step
RECORDING = {"reference": "recording"}  # on a shelf of the label
STEP = RELEASE | {"number": "step"}
PROJECT = {"code": "project"}  # the producer's, private, in their pack
PROJECT_STEP = PROJECT | {"number": "project_step"}
PACK = {"code": "pack"}
ENTRY = PACK | {"entry": "entry"}  # of its tracklist
CREW = PROJECT | {"pk": "project_member"}
PACK_CREW = PACK | {"pk": "pack_member"}
ASKED = PROJECT | {"pk": "crew_request"}  # which waits for the producer's answer
SERIES = SLUG | {"code": "series"}
STEPS = SLUG | {"pk": "step_template"}
MEMBER = SLUG | {"pk": "member"}  # a viewer
INVITED = SLUG | {"code": "invitation"}  # as reviewer

ADDRESSES = {
    "activity:label": Address("LNNFFF2NFN", "LMMMMMMMMM", SLUG),
    "activity:label-csv": Address("LNNFFF2NFN", "LMMMMMMMMM", SLUG),
    "activity:own": Address("L222222222", "LMMMMMMMMM"),
    "activity:whole": Address("L333333332", "L33333333M"),
    "activity:whole-csv": Address("L333333332", "L33333333M"),
    "accounts:picture": Address("NNNNNNNNNN", "MMMMMMMMMM", PICTURE),
    "accounts:thumbnail": Address("NNNNNNNNNN", "MMMMMMMMMM", PICTURE),
    "accounts:factors-begin": Address("LMMMMMMMMM", "L333333333"),
    "accounts:factors-done": Address("LMMMMMMMMM", "L333333333"),
    "accounts:not-me": Address("NNNNNNNNNN", "NNNNNNNNNN", {"token": "token"}),  # somebody else's token
    "accounts:session-end": Address("LMMMMMMMMM", "L333333333"),
    "accounts:session-end-others": Address("LMMMMMMMMM", "L333333333"),
    "accounts:sessions": Address("L222222222", "LMMMMMMMMM"),
    "accounts:settings": Address("L222222222", "LUUUUUUUUU"),
    "accounts:unsent": Address("L333333333", "LMMMMMMMMM", {"code": "token"}),  # nobody's, and so home
    "accounts:welcome": Address("L222222222", "LUUUUUUUUU"),
    "privacy:your-data": Address("L222222222", "L333333333"),
    "privacy:download": Address("L2NNNNNNNN", "LMMMMMMMMM", {"code": "data_export"}),  # the producer's
    "privacy:delete": Address("L222222222", "LUUUUUUUUU"),
    "privacy:keep": Address("LMMMMMMMMM", "L333333333"),
    "catalog:link": Address("L222222222", "LUUUUUUUUU"),
    "catalog:link-check": Address("LMMMMMMMMM", "LUUUUUUUUU"),
    "catalog:producer": Address("NNNNNNNNNN", "MMMMMMMMMM", SLUG),  # no producer made this page public
    "catalog:profile": Address("L222222222", "LUUUUUUUUU"),
    "catalog:sound-file": Address("L222222222", "LMMMMMMMMM", {"host": "host"}),
    "catalog:track": Address("L2NNNNNN2N", "LMMMMMMMMM", CODE),
    "catalog:track-archive": Address("LMMMMMMMMM", "L3NNNNNN3N", CODE),
    "catalog:track-create": Address("L222222222", "LUUUUUUUUU"),
    "catalog:track-edit": Address("L2NNNNNN2N", "LUNNNNNNUN", CODE),
    "catalog:track-restore": Address("LMMMMMMMMM", "L3NNNNNN3N", CODE),
    "catalog:track-tempo": Address("LMMMMMMMMM", "L3NNNNNN3N", CODE),
    "catalog:tracks": Address("L222222222", "LMMMMMMMMM"),
    "desk:act": Address("LNNFF22NNN", "LNNFFUUNNN", ACT),
    "desk:artist": Address("LNN2222NNN", "LMMMMMMMMM", AT_DESK),
    "desk:assign": Address("LMMMMMMMMM", "LNNF333NNN", AT_DESK),
    "workspace:block": Address("LNNFF22NNN", "LNNFFUUNNN", AT_DESK),
    "workspace:blocks": Address("LNNFF22NFN", "LMMMMMMMMM", SLUG),
    "desk:bulk": Address("LNN2222NNN", "LMMMMMMMMM", BULK),
    "desk:bulk-cancel": Address("LMMMMMMMMM", "LNNFF33NNN", BULK),
    "desk:bulk-new": Address("LNNUUUUNUN", "LNNUUUUNUN", SLUG),  # which says nothing of what is selected
    "desk:bulks": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:compare": Address("LNNUUUUNUN", "LMMMMMMMMM", SLUG),
    "desk:export": Address("LNN2222N2N", "LNNUUUUNUN", SLUG),
    "desk:export-csv": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:export-json": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:criteria": Address("LMMMMMMMMM", "LNNFFUUNFN", SLUG),
    "workspace:intake": Address("LNN2222N2N", "LNNFFUUNFN", INTAKE),
    "workspace:intake-delete": Address("LMMMMMMMMM", "LNNFFCCNFN", INTAKE),  # the standing one
    "workspace:intake-effect": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:intake-new": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:intake-pause": Address("LMMMMMMMMM", "LNNFFUUNFN", INTAKE),
    "workspace:intakes": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:question": Address("LNNFF22NFN", "LNNFFUUNFN", QUESTION),
    "workspace:question-add": Address("LMMMMMMMMM", "LNNFFUUNFN", INTAKE),
    "workspace:question-restore": Address("LMMMMMMMMM", "LNNFF33NFN", QUESTION),
    "workspace:question-retire": Address("LMMMMMMMMM", "LNNFF33NFN", QUESTION),
    "workspace:questions": Address("LNN2222N2N", "LMMMMMMMMM", INTAKE),
    "workspace:questions-order": Address(
        "LMMMMMMMMM", "LNNFFCCNFN", INTAKE
    ),  # empty, and so not as it stands
    "workspace:questions-preview": Address("LMMMMMMMMM", "LNNFF22NFN", INTAKE),
    "workspace:hand-over": Address("LNNFFF2NFN", "LNNFFFUNFN", SLUG),
    "desk:here": Address("LMMMMMMMMM", "LNN2222NNN", AT_DESK),
    "workspace:invitation-resend": Address("LMMMMMMMMM", "LNNFFCCNFN", INVITED),  # it was sent a moment ago
    "workspace:invitation-revoke": Address("LMMMMMMMMM", "LNNFF33NFN", INVITED),
    "workspace:invite": Address("LMMMMMMMMM", "LNNFFUUNFN", SLUG),
    "workspace:leave": Address("LNN2222N2N", "LNN333CN3N", SLUG),  # the owner is the only one
    "desk:listened": Address("LMMMMMMMMM", "LNNFUUUNNN", AT_DESK),
    "desk:live": Address("LNNBBBBNBN", "LMMMMMMMMM", SLUG),
    "desk:keys": Address("LNN2222N2N", "LNN3333N3N", SLUG),
    "desk:log": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:member-remove": Address("LMMMMMMMMM", "LNNFF33NFN", MEMBER),
    "workspace:member-role": Address("LMMMMMMMMM", "LNNFFUUNFN", MEMBER),
    "desk:master": Address("LNN2222NNN", "LNNFFUUNNN", AT_DESK),
    "desk:memo": Address("LMMMMMMMMM", "LNNFUUUNNN", AT_DESK),
    "desk:messages": Address("LNN3333NNN", "LNNFUUUNNN", AT_DESK),
    "desk:messages-mute": Address("LMMMMMMMMM", "LNN3333NNN", AT_DESK),
    "desk:messages-read": Address("LMMMMMMMMM", "LNNBBBBNNN", AT_DESK),
    "desk:messages-settle": Address("LMMMMMMMMM", "LNNFBBBNNN", AT_DESK),
    "desk:outbox": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:outbox-send": Address("LNNFFUUNFN", "LNNFFUUNFN", SLUG),
    "desk:outbox-time": Address("LNNFFUUNFN", "LNNFFUUNFN", SLUG),
    "workspace:proof": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:proof-resend": Address(
        "LMMMMMMMMM", "LNNFFCCNFN", SLUG
    ),  # a verified label has nothing to prove
    "desk:proposal-change": Address("LNNNNNNNNN", "LNNNNNNNNN", AT_DESK),
    "desk:proposal-discard": Address("LMMMMMMMMM", "LNNNNNNNNN", AT_DESK),
    "desk:proposal-dismiss": Address("LMMMMMMMMM", "LNNNNNNNNN", AT_DESK),
    "desk:proposal-send": Address("LMMMMMMMMM", "LNNNNNNNNN", AT_DESK),
    "desk:proposal-untime": Address("LMMMMMMMMM", "LNNNNNNNNN", AT_DESK),
    "desk:undo": Address("LMMMMMMMMM", "LNNNNNNNNN", AT_DESK),
    "desk:proposals": Address("LNN3333N3N", "LMMMMMMMMM", SLUG),
    "desk:propose": Address("LNNF222NNN", "LNNFUUUNNN", ACT),
    "desk:filters": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:query-help": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:queue": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:deal-memo": Address("LNNNNNNNNN", "LMMMMMMMMM", AT_DESK),
    "desk:receipt": Address("LNN2222NNN", "LMMMMMMMMM", AT_DESK),
    "desk:receipt-json": Address("LNN2222NNN", "LMMMMMMMMM", AT_DESK),
    "desk:score": Address("LMMMMMMMMM", "LNNFUUUNNN", AT_DESK),
    "desk:settings": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:setup": Address("LNNFF22NFN", "LMMMMMMMMM", SLUG),
    "desk:submission": Address("LNN2222NNN", "LMMMMMMMMM", AT_DESK),
    "workspace:offer-template-create": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:offer-template-edit": Address("LNNFF22NFN", "LNNFFUUNFN", OFFER_TEMPLATE),
    "workspace:offer-template-retire": Address("LMMMMMMMMM", "LNNFF33NFN", OFFER_TEMPLATE),
    "workspace:offer-templates": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:deliverable-template-create": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:deliverable-template-edit": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG | {"pk": "line"}),
    "workspace:deliverable-template-retire": Address("LMMMMMMMMM", "LNNFF33NFN", SLUG | {"pk": "line"}),
    "workspace:deliverable-templates": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:deliverable-templates-begin": Address("LMMMMMMMMM", "LNNFF33NFN", SLUG),
    "desk:deliverables": Address("LNN2222NNN", "LNNFFUUNNN", AT_DESK),
    "workspace:template-create": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG | {"outcome": "outcome"}),
    "workspace:template-edit": Address("LNNFF22NFN", "LNNFFUUNFN", REPLY),
    "workspace:template-retire": Address("LMMMMMMMMM", "LNNFF33NFN", REPLY),
    "workspace:templates": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:tag": Address("LMMMMMMMMM", "LNNFUUUNNN", AT_DESK),
    "desk:tag-change": Address("LMMMMMMMMM", "LNNFFUUNFN", TAG),
    "desk:tag-restore": Address("LMMMMMMMMM", "LNNFF33NFN", TAG),
    "desk:tag-retire": Address("LMMMMMMMMM", "LNNFF33NFN", TAG),
    "desk:tags": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "workspace:team-factors": Address("LMMMMMMMMM", "LNNFFF3NFN", SLUG),
    "workspace:team": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "workspace:unblock": Address("LMMMMMMMMM", "LNNFF33NFN", BLOCK),
    "desk:view-default": Address("LMMMMMMMMM", "LNN3333N3N", VIEW),  # a team view of the manager's
    "desk:view-delete": Address("LMMMMMMMMM", "LNNFF33NFN", VIEW),
    "desk:view-no-default": Address("LMMMMMMMMM", "LNN3333N3N", SLUG),
    "desk:view-rename": Address("LMMMMMMMMM", "LNNFFUUNFN", VIEW),
    "desk:view-share": Address("LMMMMMMMMM", "LNNFF33NFN", VIEW),
    "desk:view-unshare": Address("LMMMMMMMMM", "LNNFF3FNFN", VIEW),
    "desk:views": Address("LNN2222N2N", "LNNUUUUNUN", SLUG),
    "desk:week": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "desk:week-assign": Address("LMMMMMMMMM", "LNNFUUUNUN", SLUG),
    "desk:submission-log": Address("LNN2222NNN", "LMMMMMMMMM", AT_DESK),
    "demo-start": Address("3333333333", "3333333333", SLUG),
    "workspace:embed": Address("LNNFF22NFN", "LNNFF33NFN", SLUG),
    "csp-reports": Address("MMMMMMMMMM", "2222222222"),
    "security-txt": Address("NNNNNNNNNN", "MMMMMMMMMM"),
    "health": Address("2222222222", "2222222222"),
    "health-live": Address("2222222222", "2222222222"),
    "health-ready": Address("2222222222", "2222222222"),
    "metrics": Address("NNNNNNNNNN", "NNNNNNNNNN"),  # without a token
    "help": Address("2222222222", "MMMMMMMMMM"),
    "status": Address("2222222222", "MMMMMMMMMM"),
    "privacy": Address("NNNNNNNNNN", "MMMMMMMMMM"),  # not written here, as the next three
    "terms": Address("NNNNNNNNNN", "MMMMMMMMMM"),
    "imprint": Address("NNNNNNNNNN", "MMMMMMMMMM"),
    "contact": Address("NNNNNNNNNN", "MMMMMMMMMM"),
    "home": Address("L223333323", "LMMMMMMMMM"),
    "invitation": Address("2222222222", "L33CCCC3C3", {"code": "invitation", "token": "token"}),
    "impersonation:start": Address("LMMMMMMMMM", "LBBBBBBBBB"),
    "impersonation:stop": Address("LMMMMMMMMM", "LFFFFFFFFF"),
    "insights:csv": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "insights:figures": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "insights:own": Address("L222222222", "LMMMMMMMMM"),
    "labels:create": Address("L222222222", "LUUUUUUUUU"),
    "labels:directory": Address("2222222222", "MMMMMMMMMM"),
    "labels:embed": Address("2222222222", "MMMMMMMMMM", SLUG),
    "labels:call": Address("NNNNNNNNNN", "MMMMMMMMMM", INTAKE),  # the standing intake is no call
    "labels:label": Address("2222222222", "MMMMMMMMMM", SLUG),
    "labels:page-text-preview": Address("LMMMMMMMMM", "LNNFF22NFN", SLUG),
    "labels:report": Address("L22FFFF2F2", "LUUFFFFUFU", SLUG),
    "labels:settings": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "landing": Address("2222222222", "MMMMMMMMMM"),
    "notifications:address-ask": Address("LMMMMMMMMM", "L333333333"),
    "notifications:address-confirm": Address("NNNNNNNNNN", "NNNNNNNNNN", {"token": "token"}),  # of nobody
    "notifications:label-settings": Address("L2N2222N2N", "LUNUUUUNUN", SLUG),
    "notifications:list": Address("L222222222", "LMMMMMMMMM"),
    "notifications:mark-read": Address("LMMMMMMMMM", "LBBBBBBBBB"),
    "notifications:settings": Address("L222222222", "LUUUUUUUUU"),
    "proof-confirm": Address("NNNNNNNNNN", "NNNNNNNNNN", SLUG | {"token": "token"}),  # a link we never made
    "receipt-check": Address("2222222222", "MMMMMMMMMM"),
    "receipt-verifier": Address("2222222222", "MMMMMMMMMM"),
    "split": Address("2222222222", "UUUUUUUUUU", {"token": "share"}),  # whoever has the link
    "mail-events": Address("MMMMMMMMMM", "NNNNNNNNNN", {"provider": "provider"}),  # while no secret is set
    "unsubscribe": Address("2222222222", "2222222222", {"token": "stop"}),  # whoever has the link
    "splits": Address("L222222222", "LMMMMMMMMM"),
    "recordings:cue": Address("LNN2222N2N", "LMMMMMMMMM", RECORDING),
    "recordings:cue-read": Address(
        "LMMMMMMMMM", "LNNFFCCNFN", RECORDING
    ),  # there is no file beside which one lies
    "recordings:cue-write": Address("LMMMMMMMMM", "LNNFFCCNFN", RECORDING),
    "recordings:fact": Address("LMMMMMMMMM", "LNNFFUUNFN", RECORDING | {"fact": "fact"}),
    "recordings:files": Address("LNN2222N2N", "LMMMMMMMMM"),
    # while sources are off
    "recordings:fetch-tracklist": Address("LMMMMMMMMM", "LNNFFNNNFN", RECORDING),
    "recordings:look-up": Address("LMMMMMMMMM", "LNNFFNNNFN", RECORDING),
    "recordings:use-candidate": Address("LMMMMMMMMM", "LNNFFNNNFN", RECORDING),
    "recordings:graph": Address("LNN2222N2N", "LMMMMMMMMM"),
    "recordings:graph-sets": Address("LNN2222N2N", "LMMMMMMMMM", RECORDING),
    "recordings:graph-way": Address("LNN2222N2N", "LMMMMMMMMM"),
    "recordings:graph-work": Address("LNN2222N2N", "LMMMMMMMMM", {"code": "work"}),
    "recordings:keys": Address("LNN2222N2N", "LNN3333N3N"),
    "recordings:kind": Address("LMMMMMMMMM", "LNNFFUUNFN", RECORDING),
    "recordings:list": Address("LNN2222N2N", "LMMMMMMMMM"),
    "recordings:recording": Address("LNN2222N2N", "LMMMMMMMMM", RECORDING),
    "recordings:shelves": Address("LNN2222N2N", "LMMMMMMMMM"),
    "recordings:tempo": Address("LMMMMMMMMM", "LNNFFUUNFN", RECORDING),
    "recordings:tempos": Address("LMMMMMMMMM", "LNNFFUUNFN"),  # which says nothing of what to do
    "recordings:tracklist": Address("LNN2222N2N", "LMMMMMMMMM", RECORDING),
    "recordings:tracklist-delete": Address("LMMMMMMMMM", "LNNFFNNNFN", RECORDING),  # none of no source
    "recordings:tracklist-edit": Address("LNNFF22NFN", "LNNFFCCNFN", RECORDING),
    "recordings:tracklist-find": Address("LMMMMMMMMM", "LNNFF33NFN", RECORDING),
    "releases:act": Address("LNNFF22NFN", "LNNFFUUNFN", RELEASE | {"transition": "release_transition"}),
    "releases:add-steps": Address("LNNF222N2N", "LNNFUUUNUN", RELEASE),
    "releases:barcodes": Address("LMMMMMMMMM", "LNNFFUUNFN", SLUG),
    "releases:board": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "releases:calendar": Address("LNN2222N2N", "LNN3333N3N", SLUG),
    "releases:codes": Address("LNNFF22NFN", "LNNFFUUNFN", RELEASE),
    "releases:date": Address("LNNFF22NFN", "LNNFFUUNFN", RELEASE),
    "releases:details": Address("LNNFF22NFN", "LNNFFUUNFN", RELEASE),
    "releases:feed": Address("NNNNNNNNNN", "MMMMMMMMMM", {"token": "token"}),
    "releases:list": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "releases:month": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "releases:my-steps": Address("L222222222", "LMMMMMMMMM"),
    "releases:of-submission": Address("LNN3333NNN", "LMMMMMMMMM", AT_DESK),
    "releases:plan": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "releases:release": Address("LNN2222N2N", "LMMMMMMMMM", RELEASE),
    "releases:series": Address("LNN2222N2N", "LNNFFUUNFN", SERIES),
    "releases:series-list": Address("LNN2222N2N", "LNNFFUUNFN", SLUG),
    "releases:settings": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "releases:sheet-csv": Address("LNN2222N2N", "LMMMMMMMMM", RELEASE),
    "releases:sheet-json": Address("LNN2222N2N", "LMMMMMMMMM", RELEASE),
    "releases:show": Address("L2NNNNNNNN", "LMMMMMMMMM", {"code": "release"}),
    "releases:step": Address("LNNF222N2N", "LNNFUUUNUN", STEP),
    "releases:step-act": Address("LMMMMMMMMM", "LNNFNNNNNN", STEP),  # which says nothing of what to do
    "releases:suggestions": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "releases:template": Address("LNNFF22NFN", "LNNFFUUNFN", STEPS),
    "releases:template-new": Address("LNNFF22NFN", "LNNFFUUNFN", SLUG),
    "releases:template-retire": Address("LMMMMMMMMM", "LNNFF33NFN", STEPS),
    "releases:templates": Address("LNN2222N2N", "LMMMMMMMMM", SLUG),
    "releases:tracks": Address("LNNFF22NFN", "LNNFFUUNFN", RELEASE),
    "studio:entry": Address("L2NNNNNN2N", "LMMMMMMMMM", ENTRY),
    "studio:entry-begin": Address("LMMMMMMMMM", "LUNNNNNNUN", ENTRY),
    "studio:entry-link": Address("LMMMMMMMMM", "LUNNNNNNUN", ENTRY),
    "studio:entry-mark": Address("LMMMMMMMMM", "LUNNNNNNUN", ENTRY),
    "studio:entry-remove": Address("LMMMMMMMMM", "LUNNNNNNUN", ENTRY),
    "studio:import": Address("L222222222", "LUUUUUUUUU"),
    "studio:import-album": Address("LNNNNNNNNN", "LNNNNNNNNN"),  # no source is on
    "studio:link-add": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:link-remove": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT | {"pk": "project_link"}),
    "studio:bin": Address("L222222222", "LMMMMMMMMM"),
    "studio:board": Address("L222222222", "LUUUUUUUUU"),
    "studio:discard": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:keys": Address("L222222222", "L333333333"),
    "studio:list": Address("L222222222", "LUUUUUUUUU"),
    "studio:new-project": Address("L222222222", "LUUUUUUUUU"),
    "studio:next": Address("L222222222", "LUUUUUUUUU"),
    "studio:pack-discard": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-restore": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:make-demo": Address("L3NNNNNN3N", "LUNNNNNNUN", PROJECT),  # not finished yet
    "studio:pack": Address("L2NNNNNN2N", "LMMMMMMMMM", PACK),
    "studio:pack-activity": Address("L2NNNNNN2N", "LMMMMMMMMM", PACK),
    "studio:pack-cover": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-edit": Address("L2NNNNNN2N", "LUNNNNNNUN", PACK),
    "studio:pack-import": Address("L2NNNNNN2N", "LUNNNNNNUN", PACK),
    "studio:pack-import-album": Address("LNNNNNNNNN", "LNNNNNNNNN", PACK),
    "studio:pack-new": Address("L222222222", "LUUUUUUUUU"),
    "studio:pack-optional": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK | {"project": "project"}),
    "studio:pack-order": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-place": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-project-new": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-take-out": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK | {"project": "project"}),
    "studio:packs": Address("L222222222", "LMMMMMMMMM"),
    "studio:project": Address("L2NNNNNN2N", "LMMMMMMMMM", PROJECT),
    "studio:project-activity": Address("L2NNNNNN2N", "LMMMMMMMMM", PROJECT),
    "studio:project-cover": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-edit": Address("L2NNNNNN2N", "LUNNNNNNUN", PROJECT),
    "studio:project-place": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-state": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-take-out": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-visibility": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:similar-songs": Address("L222222222", "LMMMMMMMMM"),
    "studio:step": Address("L2NNNNNN2N", "LUNNNNNNUN", PROJECT_STEP),
    "studio:step-act": Address("LMMMMMMMMM", "LNNNNNNNNN", PROJECT_STEP),  # which names no act
    "studio:step-add": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:steps-add": Address("L2NNNNNN2N", "LUNNNNNNUN", PROJECT),
    "studio:steps-order": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:template": Address("L2NNNNNN2N", "LUNNNNNNUN", {"pk": "own_template"}),
    "studio:template-default": Address("LMMMMMMMMM", "L333333333"),
    "studio:template-new": Address("L222222222", "LUUUUUUUUU"),
    "studio:template-retire": Address("LMMMMMMMMM", "L3NNNNNN3N", {"pk": "own_template"}),
    "studio:templates": Address("L222222222", "LMMMMMMMMM"),
    "studio:templates-order": Address("LMMMMMMMMM", "L333333333"),
    "studio:track-link": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:track-unlink": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:songs-fill": Address("LMMMMMMMMM", "LNNNNNNNNN", PROJECT),  # no source is on
    "studio:song-search": Address("LNNNNNNNNN", "LNNNNNNNNN", PROJECT),  # no source is on
    "studio:restore": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:tracklist": Address("L2NNNNNN2N", "LMMMMMMMMM", PACK),
    "studio:tracklist-add": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:tracklist-order": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:ask": Address("LMMMMMMMMM", "L3NNNNNN3N", PROJECT),  # their own
    "studio:ask-withdraw": Address("LMMMMMMMMM", "L3NNNNNN3N", PROJECT),
    "studio:open": Address("L222222222", "LMMMMMMMMM"),
    "studio:pack-crew": Address("L2NNNNNN2N", "LMMMMMMMMM", PACK),
    "studio:pack-crew-add": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-crew-change": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK_CREW),
    "studio:pack-crew-leave": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:pack-crew-remove": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK_CREW),
    "studio:pack-visibility": Address("LMMMMMMMMM", "LUNNNNNNUN", PACK),
    "studio:project-crew": Address("L2NNNNNN2N", "LMMMMMMMMM", PROJECT),
    "studio:project-crew-add": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-crew-change": Address("LMMMMMMMMM", "LUNNNNNNUN", CREW),
    "studio:project-crew-leave": Address("LMMMMMMMMM", "LUNNNNNNUN", PROJECT),
    "studio:project-crew-remove": Address("LMMMMMMMMM", "LUNNNNNNUN", CREW),
    "studio:request-accept": Address("LMMMMMMMMM", "LUNNNNNNUN", ASKED),
    "studio:request-refuse": Address("LMMMMMMMMM", "LUNNNNNNUN", ASKED),
    "studio:request-reopen": Address("LMMMMMMMMM", "LUNNNNNNUN", ASKED),
    "studio:requests": Address("L222222222", "LMMMMMMMMM"),
    "submissions:agree-hold": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:autosave": Address("LMMMMMMMMM", "LUNNNNNNUN", DRAFT),
    "submissions:co-producer-end": Address("LMMMMMMMMM", "L3NNNNNN3N", SENT | {"number": "co_producer"}),
    "submissions:co-producer-send": Address("LMMMMMMMMM", "L3NNNNNN3N", SENT | {"number": "co_producer"}),
    "submissions:counter": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:create": Address("L233333323", "LU333333U3"),
    "submissions:deal-memo": Address("LNNNNNNNNN", "LMMMMMMMMM", SENT),
    "submissions:decline": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:delete": Address("L2NNNNNN2N", "L3NNNNNN3N", DRAFT),
    "submissions:edit": Address("L2NNNNNN2N", "LUNNNNNNUN", DRAFT),
    "submissions:hand-in": Address("L2NNNNNN2N", "LUNNNNNNUN", SENT),
    "submissions:label-list": Address("L2NNNNNN2N", "LUNNNNNNUN", {"code": "label_list"}),
    "submissions:label-list-create": Address("L222222222", "LUUUUUUUUU"),
    "submissions:label-list-delete": Address("LMMMMMMMMM", "L3NNNNNN3N", {"code": "label_list"}),
    "submissions:label-lists": Address("L222222222", "LMMMMMMMMM"),
    "submissions:list": Address("L222222222", "LMMMMMMMMM"),
    "submissions:nudge": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:messages": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:messages-mute": Address("LMMMMMMMMM", "L3NNNNNN3N", SENT),
    "submissions:messages-read": Address("LMMMMMMMMM", "LBNNNNNNBN", SENT),
    "submissions:note": Address("L2NNNNNN2N", "LUNNNNNNUN", {"code": "saved_note"}),
    "submissions:note-delete": Address("LMMMMMMMMM", "L3NNNNNN3N", {"code": "saved_note"}),
    "submissions:notes": Address("L222222222", "LUUUUUUUUU"),
    "submissions:offer": Address("LNNNNNNNNN", "LMMMMMMMMM", SENT),
    "submissions:receipt": Address("L2NNNNNN2N", "LMMMMMMMMM", SENT),
    "submissions:receipt-json": Address("L2NNNNNN2N", "LMMMMMMMMM", SENT),
    "submissions:refuse-hold": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:replace-link": Address("L2NNNNNN2N", "LUNNNNNNUN", SENT),
    "submissions:resubmit": Address("L3NNNNNN3N", "LCNNNNNNCN", SENT),
    "submissions:send": Address("L233333323", "LU333333U3"),
    "submissions:send-autosave": Address("LMMMMMMMMM", "L2NNNNNN2N", CODE),
    "submissions:send-discard": Address("LMMMMMMMMM", "L3NNNNNN3N", CODE),
    "submissions:sent": Address("L333333333", "LMMMMMMMMM"),
    "submissions:set-splits": Address("L2NNNNNN2N", "LUNNNNNNUN", SENT),
    "submissions:sign": Address("L3NNNNNN3N", "LUNNNNNNUN", SENT),
    "submissions:splits-resend": Address("LMMMMMMMMM", "L3NNNNNN3N", SENT | {"position": "position"}),
    "submissions:submission": Address("L2NNNNNN2N", "LMMMMMMMMM", SENT),
    "submissions:withdraw": Address("L2NNNNNN2N", "LUNNNNNNUN", SENT),
}
KEYS: dict[str, dict[str, Any]] = {
    "account_confirm_email": {"key": "wrong"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "wrong"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}
ALLAUTH = {
    "account_change_password": "L3",
    "account_confirm_email": "22",
    "account_confirm_login_code": "L3",
    "account_email": "L2",
    "account_email_verification_sent": "22",
    "account_inactive": "22",
    "account_login": "23",
    "account_logout": "32",
    "account_reauthenticate": "LF",
    "account_reset_password": "22",
    "account_reset_password_done": "22",
    "account_reset_password_from_key": "22",
    "account_reset_password_from_key_done": "22",
    "account_set_password": "L2",
    "account_signup": "23",
    "mfa_activate_totp": "L2",
    "mfa_add_webauthn": "L2",
    "mfa_authenticate": "L3",
    "mfa_deactivate_totp": "LN",
    "mfa_download_recovery_codes": "LN",
    "mfa_edit_webauthn": "LN",
    "mfa_generate_recovery_codes": "L2",
    "mfa_index": "L2",
    "mfa_list_webauthn": "L2",
    "mfa_login_webauthn": "L3",
    "mfa_reauthenticate": "LF",
    "mfa_reauthenticate_webauthn": "LF",
    "mfa_remove_webauthn": "LN",
    "mfa_view_recovery_codes": "LN",
}
"""Answers to GET of who is not and of who is signed in."""

OPEN_ADMIN = {"admin:login", "admin:logout", "admin:jsi18n"}
PLAIN_ADMIN = {
    "admin:index",
    "admin:autocomplete",
    "admin:find",
    "admin:password_change",
    "admin:password_change_done",
}
DELETABLE = {"admin:auth_group_delete", "admin:recordings_shelf_delete"}  # a shelf while it is empty

NOT_PAGES = {
    **dict.fromkeys(("health", "health-live", "health-ready", "receipt-verifier"), "for programs"),
    **dict.fromkeys(("activity:label-csv", "activity:whole-csv", "insights:csv"), "a file"),
    **dict.fromkeys(("desk:export-csv", "desk:export-json", "privacy:download"), "a file"),
    **dict.fromkeys(("desk:receipt-json", "submissions:receipt-json"), "a file"),
    "recordings:cue": "a file",
    **dict.fromkeys(("releases:sheet-csv", "releases:sheet-json"), "a file"),
    **dict.fromkeys(("catalog:link", "workspace:intake-effect"), "part of a form that is looked at"),
    "studio:similar-songs": "part of a form that is looked at",
    "catalog:sound-file": "a frame with the browser's own player alone",
}
"""Addresses that answer something else than a page."""
