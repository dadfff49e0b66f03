"""What who acts as somebody may do: look, and where the setting says so, what names both."""

from django.conf import settings
from django.http import HttpRequest

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
ENDS = frozenset({"account_logout", "admin:logout"})
"""Signing out of somebody else's account is going back to one's own."""

LEADS_BACK = "impersonation:stop"
NAMES_BOTH = frozenset(
    {
        "desk:act",
        "desk:listened",
        "desk:open",
        "submissions:decline",
        "submissions:replace-link",
        "submissions:sign",
        "submissions:withdraw",
    }
)
"""Addresses that write one event through the door, which names who acted and for whom."""
SENDS = frozenset({"submissions:edit", "submissions:resubmit", "submissions:send"})
"""The same when they are asked to send; else they keep words, which would name nobody."""

CLOSED = "The office is closed while you act as somebody. Stop first."
SECRET = "What opens an account is shown to its owner alone."  # noqa: S105  # a sentence
FOR_OWNER = "An account is its owner’s to change. Stop acting as them, and use the office."
LOOK_ONLY = "You act as somebody else: you may look, and change nothing."
NAMES_NOBODY = "Nothing would say that it was you. Only what the history names you for can be done here."


def refusal(request: HttpRequest, name: str) -> str:
    """Return why an impersonator may not ask for this address, "" when they may."""
    if name.startswith("admin:"):
        return CLOSED
    if request.method in LOOKS:
        return SECRET if name.startswith("mfa_") and name != "mfa_index" else ""
    if name == LEADS_BACK:
        return ""
    if name.startswith(("account_", "mfa_", "accounts:")):
        return FOR_OWNER
    if not settings.IMPERSONATORS_MAY_ACT:
        return LOOK_ONLY
    is_sending = name in SENDS and request.POST.get("do") == "send"
    return "" if is_sending or name in NAMES_BOTH else NAMES_NOBODY
