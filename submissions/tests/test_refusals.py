"""The one answer to whether something can be done now; the door's own test is `test_transition_table`."""

from typing import Any

import pytest

from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.choices import ActorRole
from submissions.errors import NotAllowed, NotPossible
from submissions.models import Submission
from submissions.permissions import refusal_for
from submissions.tests.builders import act, make_submission
from submissions.tests.spec import SPEC, STATES, WHO
from submissions.transition_table import RULES

IN_SUSPENSION = {"withdraw", "decline", "link_failed", "link_recovered", "refuse_hold", "end_hold"}
IN_SUSPENSION |= {"confirm_split", "object_split", "redact", "master_received", "master_removed"}
NEEDS_HOLD = {"agree_hold", "refuse_hold", "end_hold"}


def expected(transition: str, state: str, role: str, *, is_suspended: bool) -> type[Exception] | None:
    sources, _, who = SPEC[transition]
    if not any(role in WHO[group] for group in who.split()):
        return NotAllowed
    is_kept = (is_suspended and transition not in IN_SUSPENSION) or transition in NEEDS_HOLD
    return None if state in sources.split() and not is_kept else NotPossible


@pytest.mark.parametrize("status", ["unverified", "verified", "closed", "suspended"])
def test_answer_follows_role_state_and_label(status: str) -> None:
    label = Label(name="Harbour", status=status)
    wrong = []
    for state in STATES:
        submission = Submission(label=label, state=state)
        for name, rule in RULES.items():
            for role in ActorRole:
                refusal = refusal_for(submission, rule, role, happened=())
                kind = expected(name, state, role.value, is_suspended=status == "suspended")
                if (type(refusal) if refusal else None) is not kind:
                    wrong.append(f"{role} {name} from {state}: {refusal!r}")
    assert wrong == []


def test_nobody_in_particular_does_nothing() -> None:
    refusal = refusal_for(Submission(label=Label(), state="submitted"), RULES["shortlist"], None)
    assert isinstance(refusal, NotAllowed)
    assert str(refusal) == "You have no part in this submission."


@pytest.mark.django_db
def test_what_happens_once_is_refused_the_second_time(django_assert_num_queries: Any) -> None:
    label = make_label()
    manager, rule = make_member(label), RULES["extend"]
    submission = make_submission("in_review", label=label, manager=manager)
    assert refusal_for(submission, rule, ActorRole.MANAGER) is None
    act(submission, "extend", manager=manager)
    with django_assert_num_queries(1):
        refusal = refusal_for(submission, rule, ActorRole.MANAGER)
    assert str(refusal) == "More time was taken once already."
    with django_assert_num_queries(0):
        assert str(refusal_for(submission, rule, ActorRole.MANAGER, happened={"extend"})) == str(refusal)
        assert refusal_for(submission, RULES["accept"], ActorRole.MANAGER) is None
