"""The tables of the domain's specification, written by hand and not derived from the code."""

SAME = ""
MADE = "signed scheduled"
DEALS = "signed scheduled released"
SPLITTABLE = "accepted countered signed scheduled"
LISTENABLE = "submitted in_review shortlisted changes_requested accepted countered"
HOLDABLE = "in_review shortlisted accepted countered"

# name: (from, to, who may)
SPEC = {
    "submit": ("draft", "submitted", "producer"),
    "start_review": ("submitted", "in_review", "reviewer+"),
    "shortlist": ("submitted in_review", "shortlisted", "reviewer+"),
    "request_changes": ("submitted in_review shortlisted", "changes_requested", "manager+"),
    "resubmit": ("changes_requested", "submitted", "producer"),
    "accept": ("submitted in_review shortlisted", "accepted", "manager+"),
    "revise_offer": ("accepted countered", "accepted", "manager+"),
    "counter": ("accepted", "countered", "producer"),
    "reject": ("submitted in_review shortlisted changes_requested", "rejected", "manager+"),
    "reopen": ("rejected expired", "in_review", "manager+"),
    "sign": ("accepted", "signed", "producer"),
    "decline": ("accepted countered", "declined", "producer"),
    "rescind": ("accepted countered signed scheduled", "rejected", "manager+"),
    "schedule": ("signed scheduled", "scheduled", "manager+"),
    "unschedule": ("scheduled", "signed", "manager+ system"),
    "release": ("scheduled", "released", "manager+ system"),
    "withdraw": ("submitted in_review shortlisted changes_requested", "withdrawn", "producer"),
    "expire": (LISTENABLE, "expired", "system"),
    "listened": (LISTENABLE, SAME, "reviewer+"),
    "replace_link": (LISTENABLE, SAME, "producer"),
    "link_failed": (LISTENABLE, SAME, "system"),
    "link_recovered": (LISTENABLE, SAME, "system"),
    "extend": ("submitted in_review shortlisted", SAME, "manager+"),
    "hold": (HOLDABLE, SAME, "manager+"),
    "agree_hold": (HOLDABLE, SAME, "producer"),
    "refuse_hold": (HOLDABLE, SAME, "producer"),
    "end_hold": (HOLDABLE, SAME, "manager+ system"),
    "nudge": ("submitted in_review shortlisted", SAME, "producer"),
    "set_splits": (SPLITTABLE, SAME, "producer"),
    "confirm_split": (SPLITTABLE, SAME, "collaborator"),
    "object_split": (SPLITTABLE, SAME, "collaborator"),
    "override_splits": (MADE, SAME, "owner"),
    "ask_for": (MADE, SAME, "manager+"),
    "hand_in": (MADE, SAME, "producer"),
    "approve": (MADE, SAME, "manager+"),
    "ask_again": (MADE, SAME, "manager+"),
    "waive": (MADE, SAME, "manager+"),
    "redact": ("rejected withdrawn expired", SAME, "clock"),
    "master_received": (DEALS, SAME, "clock"),
    "master_removed": (DEALS, SAME, "clock"),
}
QUIET = {"listened", "link_failed", "link_recovered", "nudge", "redact", "master_received", "master_removed"}
STATES = [
    "draft",
    "submitted",
    "in_review",
    "shortlisted",
    "changes_requested",
    "accepted",
    "countered",
    "signed",
    "scheduled",
]
STATES += ["released", "rejected", "declined", "withdrawn", "expired"]
# an admin may do what a manager or the system may, never what is the producer's
WHO = {
    "producer": {"producer"},
    "manager+": {"owner", "manager", "admin"},
    "reviewer+": {"owner", "manager", "reviewer", "admin"},
    "system": {"system", "admin"},
    "clock": {"system"},
    "owner": {"owner"},
    "collaborator": {"collaborator"},
}


def may(person: str, transition: str) -> bool:
    return any(person in WHO[group] for group in SPEC[transition][2].split())


def leads_to(transition: str, state: str) -> str:
    """Return the state after a transition or fact from this state."""
    return SPEC[transition][1] or state


def triples() -> list[tuple[str, str, str]]:
    """Return every legal (transition, from, to), sorted."""
    return sorted(
        (name, state, leads_to(name, state)) for name, rule in SPEC.items() for state in rule[0].split()
    )
