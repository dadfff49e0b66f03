"""One request for each limited page: who sends it, what they typed, and what others may still do."""

from dataclasses import dataclass, field

TYPED = "Words that nobody wants to type twice"


@dataclass(frozen=True)
class Attempt:
    """A request to a page; `fits` are fields that make it count."""

    page: str
    role: str
    fits: dict[str, str] = field(default_factory=dict)
    method: str = "POST"


ATTEMPTS = {
    "sign_up": Attempt("account_signup", "anonymous", {"email": TYPED}),
    "sign_in": Attempt("account_login", "anonymous", {"login": TYPED}),
    "reset": Attempt("account_reset_password", "anonymous", {"email": TYPED}),
    "account": Attempt("account_email", "producer", {"email": TYPED, "action_add": ""}),
    "invitation": Attempt("invitation", "anonymous"),
    "submit": Attempt("submissions:edit", "producer", {"do": "send", "note": TYPED}),
    "track": Attempt("catalog:track-create", "producer", {"title": TYPED}),
    "ask_to_join": Attempt("studio:ask", "producer", {"message": TYPED}),
    "crew": Attempt("studio:project-crew-add", "producer", {"person": TYPED}),
    "step": Attempt("studio:steps-add", "producer", {"name": TYPED}),
    "assign_step": Attempt("studio:steps-add", "producer", {"name": TYPED, "assignee": "1"}),
    "begin_demo": Attempt("demo-start", "anonymous", {"title": TYPED}),
    "message": Attempt("submissions:messages", "producer", {"text": TYPED}),
    "memo": Attempt("desk:memo", "reviewer", {"text": TYPED}),
    "invite": Attempt("workspace:invite", "owner", {"email": TYPED}),
    "report": Attempt("labels:report", "producer", {"text": TYPED}),
    "proof": Attempt("workspace:proof", "owner", {"email": TYPED}),
    "split": Attempt("split", "anonymous", {"why": TYPED}),
    "split_page": Attempt("split", "anonymous", {}, "GET"),
    "search": Attempt("desk:queue", "viewer", {"q": "tape"}, "GET"),
    "similar_songs": Attempt("studio:similar-songs", "producer", {"title": "Tides"}, "GET"),
    "export": Attempt("desk:export-csv", "viewer", {}, "GET"),
    "receipt": Attempt("submissions:receipt", "producer", {}, "GET"),
    "calendar": Attempt("releases:feed", "anonymous", {}, "GET"),
    "unsubscribe": Attempt("unsubscribe", "anonymous"),
    "csp_reports": Attempt("csp-reports", "anonymous"),
    "mail_events": Attempt("mail-events", "anonymous"),
}

BY_CODE = {
    "call_code": "submissions/tests/drafts/test_call_codes.py",
    "keep_unsent": "accounts/tests/test_unsent_forms.py",
    "login_failed": "accounts/tests/test_sign_in_limits.py",
    "login_failed_anywhere": "accounts/tests/test_sign_in_limits.py",
    "login_warning": "accounts/tests/test_sign_in_limits.py",
    "look_up_link": "catalog/tests/links/test_short_links.py",
    "import_songs": "studio/tests/imports/test_list_page.py",
    "look_up_song": "studio/tests/imports/test_album_page.py",
    "look_up_recording": "recordings/tests/lookup/test_pages.py",
    "reset_mail": "accounts/tests/test_sign_in_limits.py",
    "upload": "catalog/tests/profile/test_avatar.py",
}
"""Limits that no page has for itself, and the tests that reach them."""
