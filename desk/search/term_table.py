"""The terms of the queue's query language, in the order in which a query is written.

To add one: a name in `submissions.query_words`, a field of `Query` and a row here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from catalog.choices import AIUse
from catalog.music import query_values
from desk.search import conditions, score_conditions, values
from desk.search.conditions import SearchContext
from desk.search.ranges import score_range, write_score_range
from kit.query.days import days_reader, write_days
from kit.query.values import Reader, comma_separated, flag, joined, names, one_of, quoted, write_names
from submissions.choices import State
from submissions.query_words import (
    ANY,
    ASKED,
    BROKEN,
    EXCLUSIVE_WORDS,
    KEPT,
    NO,
    OPEN,
    REASON_WORDS,
    SIDES,
    STATE_WORDS,
    YES,
    TermName,
    write_exclusivity,
    write_reasons,
    write_states,
)
from submissions.state_machine import STATES

ALIASES = {
    alias.casefold().replace("_", "-").replace(" ", "-"): state
    for state in STATE_WORDS.values()
    for alias in (state, STATES[state].desk_name, State(state).label)
}
BALL_WORDS = {word: word for word in SIDES} | {
    "ours": "us",
    "theirs": "them",
    "release": "releases",
    "done": "nobody",
    "all": ANY,
}
WAV_WORDS = {YES: YES, NO: NO}
EXCLUSIVE_ALIASES = {value.replace("_", "-"): value for value in EXCLUSIVE_WORDS.values()}
LINK_WORDS = {"dead": "dead", "fine": "fine"}
PROMISE_NAMES = {KEPT: "Kept", BROKEN: "Broken", OPEN: "Not answered yet"}
PROMISE_WORDS = {word: word for word in PROMISE_NAMES}
AI_WORDS = {value: value for value in AIUse.values} | {"partly": AIUse.PARTIALLY.value}

SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "due": ("Due first", ("due_order", "id")),
        "oldest": ("Oldest first", ("submitted_at", "id")),
        "newest": ("Newest first", ("-submitted_at", "-id")),
        "release": ("By release date", ("release_order", "id")),
        "slowest": ("Slowest first", ("tempo_order", "id")),
        "fastest": ("Fastest first", ("-tempo_order", "-id")),
        score_conditions.BY_SCORE: ("Best score first", ("-score_order", "-id")),
    }
)
"""Name and columns of each order; their indexes are in `submissions.models.search_index`."""


USUAL_ORDERS: Mapping[str, str] = MappingProxyType(
    {"us": "due", "them": "due", "releases": "release", "nobody": "newest", ANY: "oldest"}
)
"""The order in which each side is listed unless a query says another."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its name, the field of `Query` it sets, and its condition on a row.

    Without `condition` it takes effect in `Query.searched_states` or `rows.order_of`.
    """

    name: TermName
    field: str
    label: str
    example: str
    meaning: str
    read: Reader
    write: Callable[[Any], str] = str
    condition: Callable[[Any, SearchContext], Q] | None = None
    is_flag: bool = False
    is_response: bool = False
    """Whether it is about the label's response."""

    def text(self, value: Any) -> str:
        """Return the term as text."""
        return self.name if self.is_flag else f"{self.name}:{self.write(value)}"


def _response_term(
    name: TermName,
    label: str,
    example: str,
    meaning: str,
    read: Reader,
    write: Callable[[Any], str],
    condition: Callable[[Any, SearchContext], Q],
    *,
    field: str = "",
) -> Term:
    return Term(name, field or name, label, example, meaning, read, write, condition, is_response=True)


def _flag_term(
    name: TermName, field: str, label: str, meaning: str, condition: Callable[[bool, SearchContext], Q]
) -> Term:
    return Term(name, field, label, name, meaning, flag, lambda _: "on", condition, is_flag=True)


TERMS: tuple[Term, ...] = (
    Term(
        TermName.IS,
        "states",
        "State",
        "is:new,shortlisted",
        f"in one of these states: {', '.join(STATE_WORDS)}; or asked, a question waits for your answer",
        comma_separated(one_of("state", {**STATE_WORDS, ASKED: ASKED, **ALIASES})),
        write_states,
        conditions.in_states,
    ),
    Term(
        TermName.BALL,
        "ball",
        "Whose turn",
        "ball:them",
        "whose turn it is: us, them, nobody or any; releases for what is signed or scheduled; us if neither this "
        "nor a state is given",
        one_of("side", BALL_WORDS),
    ),
    Term(
        TermName.ARTIST,
        "artists",
        "Artist",
        'artist:"mara lindqvist"',
        "by an artist whose name has these words or their beginnings",
        values.artists,
        write_names,
        conditions.by_artist,
    ),
    Term(
        TermName.INTAKE,
        "intake",
        "Intake",
        "intake:demos",
        "sent as a demo, or under the call with this code: intake:CL-4K7Q-9XMD",
        values.intake,
        str,
        conditions.of_intake,
    ),
    Term(
        TermName.GENRE,
        "genres",
        "Genre",
        'genre:techno,"tech house"',
        "in one of these genres or subgenres, or unknown",
        query_values.genres,
        joined,
        conditions.of_genres,
    ),
    Term(
        TermName.BPM,
        "tempo",
        "BPM",
        "bpm:122-128",
        "in this range of tempos, ends included; also bpm:128, bpm:120-, bpm:-128 and bpm:unknown",
        query_values.tempo,
        query_values.write_tempo,
        conditions.in_tempo,
    ),
    Term(
        TermName.KEY,
        "keys",
        "Key",
        "key:8A,F#m",
        "in one of these keys, by Camelot code or name, or unknown",
        comma_separated(query_values.key),
        joined,
        conditions.in_keys,
    ),
    Term(
        TermName.MIXES,
        "mixes",
        "Mixes with key",
        "mixes:8A",
        "in this key, or in one that mixes well with it",
        comma_separated(query_values.mixing_key),
        joined,
        conditions.mixing_with,
    ),
    Term(
        TermName.AI,
        "ai",
        "Generative AI",
        "ai:no,partially",
        "whether the music was made by AI: no, partially or yes",
        comma_separated(one_of("answer about AI", AI_WORDS)),
        joined,
        conditions.with_ai,
    ),
    Term(
        TermName.COUNTRY,
        "countries",
        "Country",
        "country:DE,NL",
        "from one of these countries, by code or name, or unknown",
        comma_separated(values.country),
        joined,
        conditions.from_countries,
    ),
    Term(
        TermName.WAV,
        "wav",
        "WAV",
        "wav:yes",
        "whether the producer has a WAV: yes or no",
        one_of("answer about a WAV", WAV_WORDS),
        str,
        conditions.with_wav,
    ),
    Term(
        TermName.EXCLUSIVE,
        "exclusivity",
        "Exclusive",
        "exclusive:yes",
        "whether other labels have it: yes, only you; no, others have it too; offer, one of them offered to sign it",
        comma_separated(one_of("answer about exclusivity", {**EXCLUSIVE_WORDS, **EXCLUSIVE_ALIASES})),
        write_exclusivity,
        conditions.with_exclusivity,
    ),
    Term(
        TermName.OLDER,
        "older",
        "Older than",
        "older:14d",
        "sent longer ago than this; d, w, m and y are days, weeks, months and years",
        values.age,
        values.write_age,
        conditions.older_than,
    ),
    Term(
        TermName.NEWER,
        "newer",
        "Newer than",
        "newer:2w",
        "sent since then",
        values.age,
        values.write_age,
        conditions.newer_than,
    ),
    Term(
        TermName.DUE,
        "due",
        "Due",
        "due:..friday",
        "an answer is due on these days, yours or the producer’s; also one day, today, friday, this-week, yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.due,
    ),
    _flag_term(
        TermName.OVERDUE, "is_overdue", "Overdue", "an answer was promised by now", conditions.overdue
    ),
    Term(
        TermName.LINK,
        "link",
        "Link",
        "link:dead",
        "with a link that is dead, or with links that are fine",
        one_of("health of a link", LINK_WORDS),
        str,
        conditions.with_links,
    ),
    _flag_term(
        TermName.FIRST, "is_first", "First demo here", "the producer’s first here", conditions.first_time
    ),
    _flag_term(
        TermName.HELD,
        "is_held",
        "On hold",
        "its track is held for the label, whosever turn it is; also is:held",
        conditions.held,
    ),
    Term(
        TermName.TAG,
        "tags",
        "Tag",
        'tag:"for friday",vocal',
        "with one of these tags of the team’s; a retired tag is found where it still hangs",
        names,
        write_names,
        conditions.tagged,
    ),
    Term(
        TermName.ASSIGNEE,
        "assignee",
        "Assigned to",
        "assignee:me",
        'assigned to me, to none, or to a member: assignee:"Ada Lovelace"',
        values.person,
        quoted,
        conditions.assigned_to,
    ),
    Term(
        TermName.SCORE,
        "scores",
        "Score",
        "score:>=4",
        "with a mean score in this range; also score:3-5, score:<=2 and score:none",
        score_range,
        write_score_range,
        score_conditions.with_score,
    ),
    _response_term(
        TermName.RECEIVED,
        "Received",
        "received:2026-05-04..2026-05-10",
        "received on these days; one end may be left out; also one day, a month, 2026-05, or a year",
        days_reader(),
        write_days,
        conditions.received,
    ),
    _response_term(
        TermName.OPENED,
        "Opened",
        "opened:2026-05",
        "opened for the first time on these days; opened:yes on any, opened:no on none yet",
        days_reader(YES, NO),
        write_days,
        conditions.opened,
    ),
    _response_term(
        TermName.ANSWERED,
        "Answered",
        "answered:2026-05",
        "answered for the first time on these days: accepted, passed or sent back for changes; also yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.answered,
    ),
    _response_term(
        TermName.SILENT,
        "Expired without answer",
        "silent:2026-05",
        "expired on these days because the label did not answer; also yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.silent,
    ),
    _response_term(
        TermName.PROMISE,
        "Promise",
        "promise:kept",
        "answered as soon as promised: kept, broken by a late answer or none, or open",
        one_of("outcome of a promise", PROMISE_WORDS),
        str,
        conditions.promised,
    ),
    _response_term(
        TermName.REASON,
        "Reason for passing",
        "reason:genre,too-close",
        f"passed on for one of these reasons: {', '.join(REASON_WORDS)}",
        comma_separated(one_of("reason", REASON_WORDS)),
        write_reasons,
        conditions.passed_for,
        field="reasons",
    ),
    _response_term(
        TermName.OPENER,
        "First opened by",
        "opener:me",
        "opened first by me, by none, or by somebody, members who left among them, by name or address",
        values.person,
        quoted,
        conditions.opened_by,
    ),
    Term(
        TermName.RELEASE,
        "release",
        "Release date",
        "release:this-month",
        "to be released, or released, on these days; also one day, friday, next-month, yes or no",
        days_reader(YES, NO),
        write_days,
        conditions.to_be_released,
    ),
    Term(
        TermName.CAT,
        "catalogue",
        "Catalogue number",
        "cat:HRB-012",
        "with this catalogue number, or one that begins so; none for those without",
        values.catalogue_numbers,
        write_names,
        conditions.catalogued,
    ),
    Term(
        TermName.REF,
        "references",
        "References",
        "ref:TF-4K7Q-9XMD",
        "exactly these demos, by their whole references",
        values.references,
        joined,
        conditions.referenced,
    ),
    Term(
        TermName.SORT,
        "sort",
        "Order",
        "sort:newest",
        f"in this order: {', '.join(SORTS)}",
        one_of("order", {word: word for word in SORTS}),
        str,
        score_conditions.readable_order,
    ),
)

BY_NAME: Mapping[str, Term] = MappingProxyType({term.name: term for term in TERMS})
