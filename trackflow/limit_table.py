"""How often things may be done: the one table of limits, which the setting `LIMITS` can change.

A rate is a number, a time (`m`, `h`, `d`; `5m` is five minutes) and whose: the user's (of a visitor the address's), the
internet address's (of IPv6 the network's, a /64), the label's whose page it is, or a key's, which the code that counts
names. What only reads is counted `in_memory`, by each web process for itself, so that a page costs no statement.
"""

from django.http import HttpRequest

from kit.rates import Limit, read_rates


def _sends(request: HttpRequest) -> bool:
    return request.POST.get("do") == "send"


def _searches(request: HttpRequest) -> bool:
    return bool(request.GET.get("q") or request.GET.get("name"))


def _assigns(request: HttpRequest) -> bool:
    return bool(request.POST.get("assignee"))


def _limit(sentence: str, rates: str, *pages: str, **more: object) -> Limit:
    return Limit(sentence, read_rates(rates), pages, **more)  # type: ignore[arg-type]  # as `Limit` names them


LIMITS = {
    # Who comes in
    "sign_up": _limit(
        "Too many accounts were created from your network.", "20/m/address,100/h/address", "account_signup"
    ),
    "sign_in": _limit(
        "Too many sign-ins from your network.", "30/m/address", "account_login", "mfa_authenticate"
    ),
    # the key is the account and the network; a sign-in that succeeds is not counted
    "login_failed": _limit("Too many failed sign-ins.", "5/5m/key,20/h/key,10/m/address"),
    # the key is the account, here and in the next two
    "login_failed_anywhere": _limit("Too many failed sign-ins.", "100/h/key"),
    "login_warning": _limit("", "1/d/key"),
    "reset_mail": _limit("", "5/h/key"),
    "reset": _limit(
        "Too many password resets from your network.",
        "20/m/address,100/h/address",
        *("account_reset_password", "account_reset_password_from_key"),
    ),
    "account": _limit(
        "Too many changes of your account.",
        "10/m/user,60/h/user",
        *("account_email", "account_change_password", "account_set_password", "account_reauthenticate"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_reauthenticate"),
        *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_reauthenticate_webauthn"),
    ),
    "invitation": _limit(
        "Too many attempts to join from your network.", "30/m/address,200/h/address", "invitation"
    ),
    # What producers do
    "submit": _limit(
        "Too many demos sent.",
        "60/h/user,200/d/user",
        *("submissions:edit", "submissions:resubmit", "submissions:send"),
        counts=_sends,
    ),
    "track": _limit("Too many tracks saved.", "120/h/user", "catalog:track-create", "catalog:track-edit"),
    "look_up_link": _limit("Too many links looked up.", "60/h/user"),
    "look_up_recording": _limit("Too many recordings looked up.", "60/h/user"),
    "look_up_song": _limit("Too many searches for songs.", "120/h/user"),
    "import_songs": _limit("Too many songs imported.", "60/h/user"),
    "ask_to_join": _limit("Too many requests to join.", "20/h/user", "studio:ask"),
    "crew": _limit(  # which says whether an address has an account
        "Too many people added.", "30/h/user,100/d/user", "studio:project-crew-add", "studio:pack-crew-add"
    ),
    "step": _limit(
        "Too many steps saved.", "600/h/user", "studio:step", "studio:steps-add", "studio:step-add"
    ),
    "assign_step": _limit(  # of which each tells somebody
        "Too many steps assigned.",
        "60/h/user,200/d/user",
        *("studio:step", "studio:steps-add"),
        counts=_assigns,
    ),
    "upload": _limit("Too many pictures uploaded.", "20/h/user"),
    # wrong codes of a private call; the key is the call
    "call_code": _limit("Too many wrong codes.", "10/h/user,30/h/address,200/h/key"),
    "begin_demo": _limit(
        "Too many demos were started from your network.", "60/h/address,600/h/label", "demo-start"
    ),
    "keep_unsent": _limit("", "60/h/key"),  # forms kept while somebody signs in; the key is who typed
    # Both sides
    "message": _limit("Too many messages.", "20/m/user,200/h/user", "submissions:messages", "desk:messages"),
    "memo": _limit("Too many memos.", "30/m/user,300/h/user", "desk:memo"),
    "invite": _limit(
        "Too many invitations.",
        "30/h/user,60/h/label",
        *("workspace:invite", "workspace:invitation-resend"),
    ),
    "report": _limit("Too many reports.", "10/h/user", "labels:report"),
    "proof": _limit(
        "Too many attempts to verify the label.", "20/h/label", "workspace:proof", "workspace:proof-resend"
    ),
    "split": _limit("Too many answers from your network.", "60/h/address", "split"),
    "split_page": _limit(
        "Too many pages from your network.", "120/m/address", "split", methods=("GET",), in_memory=True
    ),
    "search": _limit(
        "Too many searches.",
        "240/m/user",
        *("desk:queue", "labels:directory", "admin:find", "studio:open"),
        methods=("GET",),
        counts=_searches,
        in_memory=True,
    ),
    "similar_songs": _limit(
        "Too many songs looked up.", "240/m/user", "studio:similar-songs", methods=("GET",), in_memory=True
    ),
    "export": _limit(
        "Too many downloads.",
        "20/m/user,120/h/user,600/h/label",
        *("desk:export-csv", "desk:export-json", "insights:csv", "releases:sheet-csv", "releases:sheet-json"),
        *("activity:label-csv", "activity:whole-csv"),
        methods=("GET",),
    ),
    "receipt": _limit(
        "Too many receipts.",
        "60/m/user",
        *("submissions:receipt-json", "desk:receipt-json", "submissions:receipt", "desk:receipt"),
        *("receipt-check", "receipt-verifier"),
        methods=("GET",),
        in_memory=True,
    ),
    "calendar": _limit(
        "Too many calendar requests.", "60/h/address", "releases:feed", methods=("GET",), in_memory=True
    ),
    # What comes from outside
    "unsubscribe": _limit("Too many requests from your network.", "60/m/address", "unsubscribe"),
    "csp_reports": _limit("Too many reports.", "60/m/address", "csp-reports", in_memory=True),
    "mail_events": _limit("Too many requests.", "1200/m/address", "mail-events", in_memory=True),
}
