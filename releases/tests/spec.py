"""The tables of the specification of releases, written by hand and not derived from the code."""

SAME = ""
ALL_BUT_CANCELLED = "planned scheduled delivered released"

# name: (from, to, who may)
SPEC = {
    "plan": ("new", "planned", "manager+"),
    "schedule": ("planned scheduled", "scheduled", "manager+"),
    "unschedule": ("scheduled", "planned", "manager+"),
    "deliver": ("scheduled", "delivered", "manager+"),
    "recall": ("delivered", "scheduled", "manager+ system"),
    "release": ("delivered", "released", "manager+ system"),
    "cancel": ("planned scheduled delivered", "cancelled", "manager+"),
    "edit": ("planned scheduled", SAME, "manager+"),
    "set_tracks": ("planned scheduled", SAME, "manager+"),
    "assign_codes": ("planned scheduled", SAME, "manager+"),
    "lose_track": ("planned scheduled", SAME, "system"),
    "add_steps": (ALL_BUT_CANCELLED, SAME, "reviewer+"),
    "change_step": (ALL_BUT_CANCELLED, SAME, "reviewer+"),
    "complete_step": (ALL_BUT_CANCELLED, SAME, "reviewer+"),
    "reopen_step": (ALL_BUT_CANCELLED, SAME, "reviewer+"),
    "skip_step": (ALL_BUT_CANCELLED, SAME, "reviewer+"),
}
QUIET = {"add_steps", "change_step", "complete_step", "reopen_step", "skip_step"}
STATES = ["planned", "scheduled", "delivered", "released", "cancelled"]
IN_SUSPENSION = {"recall", "lose_track"}
# an admin may do what a manager or the system may
WHO = {
    "manager+": {"owner", "manager", "admin"},
    "reviewer+": {"owner", "manager", "reviewer", "admin"},
    "system": {"system", "admin"},
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
