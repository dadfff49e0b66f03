"""The words of the studio: music in the making."""

from django.db.models import IntegerChoices, TextChoices


class State(TextChoices):
    """How far a project is."""

    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "In progress"
    FINISHED = "finished", "Finished"
    RELEASED = "released", "Released"

    @property
    def icon(self) -> str:
        return STATE_ICONS[self]


STATE_ICONS = {
    State.PLANNED: "note",
    State.IN_PROGRESS: "studio",
    State.FINISHED: "check",
    State.RELEASED: "released",
}


class Visibility(TextChoices):
    """Who sees a project or pack besides its owner and crew."""

    PRIVATE = "private", "Owner and crew"
    PUBLIC = "public", "Everybody who is signed in"


class PackKind(TextChoices):
    """What projects that come out together make."""

    PACK = "pack", "Pack"
    EP = "ep", "EP"
    ALBUM = "album", "Album"
    SERIES = "series", "Series"


class Level(IntegerChoices):
    """What somebody may do with a project or pack; a higher one includes the lower ones."""

    NONE = 0, "nothing"
    SEE = 1, "see"
    VIEW = 2, "view"
    EDIT = 3, "edit"
    OWN = 4, "own"
    STUDIO = 5, "the studio itself"


CREW_LEVELS = [(Level.VIEW.value, Level.VIEW.label), (Level.EDIT.value, Level.EDIT.label)]
"""Levels that crew can have."""


class Mark(TextChoices):
    """What becomes of a line of the tracklist that a series works through."""

    OPEN = "open", "Open"
    EXISTS = "exists", "Exists already"
    IRRELEVANT = "irrelevant", "Irrelevant"
    PROJECT = "project", "In the making"


class RequestState(TextChoices):
    """What became of a wish to join."""

    PENDING = "pending", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Act(TextChoices):
    """What is done to a project or pack (`studio.act_table`)."""

    MAKE = "make"
    EDIT = "edit"
    SET_COVER = "set_cover"
    SET_STATE = "set_state"
    SET_VISIBILITY = "set_visibility"
    PLACE = "place"
    TAKE_OUT = "take_out"
    LINK_TRACK = "link_track"
    UNLINK_TRACK = "unlink_track"
    MAKE_DEMO = "make_demo"
    DEMO_MOVED = "demo_moved"
    DISCARD = "discard"
    RESTORE = "restore"
    ADD_STEPS = "add_steps"
    CHANGE_STEP = "change_step"
    COMPLETE_STEP = "complete_step"
    REOPEN_STEP = "reopen_step"
    SKIP_STEP = "skip_step"
    REMOVE_STEP = "remove_step"
    ORDER_STEPS = "order_steps"
    ADD_LINK = "add_link"
    REMOVE_LINK = "remove_link"
    ADD_CREW = "add_crew"
    REMOVE_CREW = "remove_crew"
    LEAVE = "leave"
    ASK_TO_JOIN = "ask_to_join"
    WITHDRAW_REQUEST = "withdraw_request"
    ACCEPT_REQUEST = "accept_request"
    REFUSE_REQUEST = "refuse_request"
    REOPEN_REQUEST = "reopen_request"
    ORDER_PROJECTS = "order_projects"
    ADD_ENTRIES = "add_entries"
    MARK_ENTRY = "mark_entry"
    REMOVE_ENTRY = "remove_entry"
    ORDER_ENTRIES = "order_entries"
