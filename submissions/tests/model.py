"""A model of the domain in plain Python: what the door must answer, computed without its code."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from submissions.tests.hourglass import EXTENSION, GRACE, FakeEvent, expected_deadline
from submissions.tests.spec import QUIET, SPEC, WHO, leads_to

LIVE = {"submitted", "in_review", "shortlisted", "changes_requested", "accepted", "countered"}
LIVE |= {"signed", "scheduled"}
DEALS = {"signed", "scheduled", "released"}
HOLDABLE = {"in_review", "shortlisted", "accepted", "countered"}
HOLDS = {
    "hold": {"none"},
    "agree_hold": {"asked"},
    "refuse_hold": {"asked"},
    "end_hold": {"asked", "running"},
}
IN_SUSPENSION = {"withdraw", "decline", "link_failed", "link_recovered", "refuse_hold", "end_hold"}
IN_SUSPENSION |= {"confirm_split", "object_split", "master_received", "master_removed"}
DONE, NOT_ALLOWED, STALE = "done", "NotAllowed", "Stale"
NOT_POSSIBLE, WRONG = "NotPossible", "ValidationError"


@dataclass(eq=False)
class House:
    """A label: its team by role, its suspensions, and whether its deals are exclusive."""

    team: dict[str, str] = field(default_factory=dict)
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    is_exclusive: bool = True

    @property
    def is_suspended(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(eq=False)
class Song:
    """A track: its owner and its current link."""

    owner: str
    link: str


@dataclass(eq=False)
class Demo:
    """A submission and its events."""

    number: int
    song: Song
    house: House
    state: str = "draft"
    turn: int = 0
    life: list[FakeEvent] = field(default_factory=list)
    keys: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    is_dead: bool = False
    link: str | None = None
    welcome: str = ""
    release_on: date | None = None
    was_extended: bool = False
    was_nudged: bool = False
    has_sheet: bool = False
    waiting: int = 0
    is_disputed: bool = False
    is_overridden: bool = False
    items: list[str] = field(default_factory=list)
    moved_at: datetime = datetime.min
    hold: str = "none"
    hold_due: datetime | None = None
    offer_event: int = 0
    is_offer_redacted: bool = False
    has_master: bool = False

    @property
    def version(self) -> int:
        return len(self.life)

    @property
    def is_settled(self) -> bool:
        return self.is_overridden or (self.has_sheet and not self.waiting and not self.is_disputed)

    def split(self, shares: int) -> None:
        """Begin a new sheet, of which so many shares wait for an answer."""
        self.has_sheet, self.waiting, self.is_disputed, self.is_overridden = True, shares, False, False


@dataclass(frozen=True)
class Request:
    """A call of the door: transition, person, capacity, turn and key."""

    transition: str
    person: str | None
    capacity: str
    turn: int | None
    key: int
    welcome: str = "another"
    release_on: date = date.max


@dataclass
class Domain:
    """All submissions, the staff, and the time."""

    now: datetime
    demos: list[Demo] = field(default_factory=list)
    staff: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def role(self, demo: Demo, request: Request) -> str | None:
        """Return the role in which this person may act, or None."""
        if request.capacity == "system":
            return "system"
        if request.capacity == "collaborator":
            return "collaborator"
        if request.person is None or request.person in self.gone:
            return None
        is_own = request.person == demo.song.owner
        if request.capacity == "producer":
            return "producer" if is_own else None
        if is_own:
            return None
        if request.capacity == "admin":
            return "admin" if request.person in self.staff else None
        return demo.house.team.get(request.person)

    def answer(self, demo: Demo, request: Request) -> str:
        """Return the outcome that the door must have."""
        role = self.role(demo, request)
        if not any(role in WHO[group] for group in SPEC[request.transition][2].split()):
            return NOT_ALLOWED
        if request.key in demo.keys:
            return DONE if demo.keys[request.key] == (request.transition, request.person) else STALE
        if request.turn is not None and request.turn != demo.turn:
            return STALE
        if demo.state not in SPEC[request.transition][0].split():
            return NOT_POSSIBLE
        if demo.house.is_suspended and request.transition not in IN_SUSPENSION:
            return NOT_POSSIBLE
        if request.transition in HOLDS and demo.hold not in HOLDS[request.transition]:
            return NOT_POSSIBLE
        return self.needs(demo, request, role or "")

    def needs(self, demo: Demo, request: Request, role: str) -> str:
        """Return the outcome by the checks that follow role and state."""
        match request.transition:
            case "submit" if self.is_unwelcome(demo) or self.is_bound(demo):
                return WRONG
            case "sign" | "counter" if demo.is_offer_redacted:
                return NOT_POSSIBLE
            case "sign" if self.is_bound(demo, wholly=demo.house.is_exclusive):
                return NOT_POSSIBLE
            case "agree_hold" if self.is_bound(demo):
                return NOT_POSSIBLE
            case "end_hold" if role == "system" and demo.hold_due and self.now < demo.hold_due:
                return NOT_POSSIBLE
            case "reopen" if any(each.state in LIVE for each in self.tries(demo)):
                return NOT_POSSIBLE
            case "confirm_split" | "object_split" if not demo.waiting:
                return NOT_ALLOWED
            case "hand_in" | "approve" | "ask_again" | "waive" if not self.item(demo, request):
                return NOT_POSSIBLE if demo.items else WRONG
            case "override_splits" if demo.is_settled:
                return NOT_POSSIBLE
            case "release" if not demo.is_settled:
                return NOT_POSSIBLE
            case "release" if role == "system" and demo.release_on and demo.release_on > self.now.date():
                return NOT_POSSIBLE
            case "schedule" if request.release_on < self.now.date():
                return WRONG
            case "expire" if not self.is_over(demo):
                return NOT_POSSIBLE
            case "link_failed" if demo.is_dead:
                return NOT_POSSIBLE
            case "link_recovered" if not demo.is_dead:
                return NOT_POSSIBLE
            case "extend" if demo.was_extended:
                return NOT_POSSIBLE
            case "extend" if not self.is_longer(demo):
                return WRONG
            case "master_received" if demo.has_master:
                return NOT_POSSIBLE
            case "master_removed" if not demo.has_master:
                return NOT_POSSIBLE
            case "nudge" if demo.was_nudged or not self.is_late(demo):
                return NOT_POSSIBLE
        return DONE

    def tries(self, demo: Demo) -> list[Demo]:
        """Return the other submissions of this track to this label, the one that moved last at the end."""
        same = [each for each in self.demos if each.song is demo.song and each.house is demo.house]
        sent = [each for each in same if each is not demo and each.state != "draft"]
        return sorted(sent, key=lambda each: (each.moved_at, each.number))

    def is_unwelcome(self, demo: Demo) -> bool:
        tries = self.tries(demo)
        if any(each.state in LIVE | {"released"} for each in tries):
            return True
        return bool(tries) and tries[-1].state == "rejected" and tries[-1].welcome != "this_again"

    def is_bound(self, demo: Demo, *, wholly: bool = False) -> bool:
        """Whether a hold or a deal elsewhere binds the track; `wholly` lets no other deal stand beside it."""
        others = [each for each in self.demos if each.song is demo.song and each is not demo]
        deals = [each for each in others if each.state in DEALS]
        is_held = any(each.hold == "running" for each in others)
        return is_held or any(each.house.is_exclusive or wholly for each in deals)

    def is_over(self, demo: Demo) -> bool:
        due, _ = expected_deadline(demo.life, demo.house.pauses)
        return due is not None and self.now >= due + GRACE

    def is_late(self, demo: Demo) -> bool:
        due, _ = expected_deadline(demo.life, demo.house.pauses)
        return due is not None and self.now >= due

    def is_longer(self, demo: Demo) -> bool:
        due, left = expected_deadline(demo.life, demo.house.pauses)
        return self.now + EXTENSION > max(self.now, due or self.now + (left or timedelta()))

    def happen(self, demo: Demo, request: Request) -> None:
        """Apply the changes of a successful transition."""
        name = request.transition
        if request.key in demo.keys:
            return
        healed = name == "resubmit" and demo.link != demo.song.link
        demo.state = leads_to(name, demo.state)
        demo.life.append(
            FakeEvent(name, demo.state, self.now, {"changed_links": ["audio"] if healed else []})
        )
        demo.keys[request.key] = (name, request.person)
        demo.is_dead = not healed and {
            "link_failed": True,
            "link_recovered": False,
            "replace_link": False,
        }.get(name, demo.is_dead)
        if name not in QUIET:
            demo.turn, demo.moved_at = demo.version, self.now
        if name in ("reject", "rescind"):
            demo.welcome = request.welcome if name == "reject" else ""
        if name == "schedule":
            demo.release_on = request.release_on
        if name == "unschedule":
            demo.release_on = None
        self.resplit(demo, name)
        self.remake(demo, request)
        demo.was_extended |= name == "extend"
        begins = name in ("submit", "resubmit", "reopen", "extend")
        demo.was_nudged = not begins and (demo.was_nudged or name == "nudge")
        self.hold(demo, name)
        demo.is_offer_redacted |= name == "redact"
        demo.has_master = {"master_received": True, "master_removed": False}.get(name, demo.has_master)
        if name in ("accept", "revise_offer", "counter"):
            demo.offer_event, demo.is_offer_redacted = demo.version, False
        self.relink(demo, request)

    def resplit(self, demo: Demo, name: str) -> None:
        """Apply what changes the splits: a signed track without collaborators has its producer's share alone."""
        match name:
            case "sign" if not demo.has_sheet and demo.link is not None:
                demo.split(0)
            case "set_splits":
                demo.split(2)
            case "confirm_split" | "object_split":
                demo.waiting -= 1
                demo.is_disputed |= name == "object_split"
            case "override_splits":
                demo.is_overridden = True

    def hold(self, demo: Demo, name: str) -> None:
        """Apply what a transition does to a hold."""
        if demo.state not in HOLDABLE or name in ("refuse_hold", "end_hold"):
            demo.hold, demo.hold_due = "none", None
        elif name == "hold":
            demo.hold, demo.hold_due = "asked", self.now + timedelta(days=7)
        elif name == "agree_hold":
            demo.hold, demo.hold_due = "running", self.now + timedelta(days=14)

    def item(self, demo: Demo, request: Request) -> int:
        """Return the number of the first item that this can be about, 0 for none."""
        states = {
            "hand_in": "asked",
            "approve": "handed_in",
            "ask_again": "handed_in",
            "waive": "asked handed_in",
        }
        wanted = states[request.transition].split()
        return next((place for place, state in enumerate(demo.items, 1) if state in wanted), 0)

    def remake(self, demo: Demo, request: Request) -> None:
        """Apply what changes the deliverables."""
        after = {"hand_in": "handed_in", "approve": "approved", "ask_again": "asked", "waive": "waived"}
        if request.transition == "ask_for":
            demo.items.append("asked")
        elif request.transition in after:
            demo.items[self.item(demo, request) - 1] = after[request.transition]

    def relink(self, demo: Demo, request: Request) -> None:
        """Apply a new link, to the track too if it still has the old one."""
        if request.transition in ("submit", "resubmit"):
            demo.link = demo.song.link
        elif request.transition == "replace_link":
            new = f"https://soundcloud.com/maya/link-{demo.number}-{demo.version}"
            if demo.song.link == demo.link:
                demo.song.link = new
            demo.link = new
        elif request.transition == "redact":
            demo.link = None
