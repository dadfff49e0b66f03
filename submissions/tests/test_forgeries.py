"""Forgeries by a superuser who takes the guards down first: each is found, by name, and nothing else is."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.tests.builders import make_label, make_member, make_question
from submissions import history, verification_pool
from submissions.models import Draft, Event, Submission
from submissions.redaction import redact, redact_person
from submissions.tests.attacker import TABLES, Raw
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.forgery_table import FORGERIES, on_event
from submissions.verification import faults
from submissions.verification_pool import findings
from trackflow.testing.databases import TestDatabases

KEPT = (*TABLES, "accounts_user")
LIFE = ["submit", "start_review", "listened", "link_failed", "link_recovered", "request_changes", "resubmit"]
LIFE += ["start_review", "accept", "counter", "revise_offer", "sign", "schedule"]
WORDS = {"submit": {"note": "Hello!"}, "accept": {"note": "We want it."}}


@pytest.fixture(scope="module")
def superuser(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Raw]:
    """A forger's connection to a database of this module's own, in which every guard is down."""
    if test_databases.superuser is None:
        pytest.skip("Forgeries need a superuser; only the embedded database gives us one.")
    with django_db_blocker.unblock(), test_databases.clone():
        build()
        with test_databases.raw(test_databases.superuser) as raw:
            raw.execute("SET session_replication_role = replica")
            raw.execute("ALTER TABLE submissions_submission ALTER team_search DROP EXPRESSION")
            for name in ("event_legal", "event_role", "event_has_actor", "event_format"):
                raw.execute(f"ALTER TABLE submissions_event DROP CONSTRAINT {name}")
            for table in KEPT:
                raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
                raw.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")
            yield raw


def build() -> None:
    """Make a submission with thirteen events, two revisions and three offers, between two that nobody touches."""
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    make_submission("rejected", label=label, manager=manager)
    draft = make_draft(producer=make_producer("maya@example.com"), label=label)
    question = make_question(draft.intake)
    Draft.objects.filter(submission=draft).update(answers={f"q{question.pk}": "Yes."})
    for transition in LIFE:
        draft = act(draft, transition, manager=manager, **WORDS.get(transition, {})).submission
    make_submission(label=make_label("Elsewhere"))
    make_track(draft.producer)


@pytest.fixture
def life(superuser: Raw) -> Iterator[Submission]:
    """The submission, as it was made; all that is forged is undone after."""
    yield Submission.objects.get(producer__email="maya@example.com")
    for table in KEPT:
        superuser.execute(f"DELETE FROM {table}")
        superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


@pytest.fixture
def forge(life: Submission, superuser: Raw) -> Callable[[str], None]:
    """Executes SQL as the forger; `{id}` is the submission."""

    def execute(statement: str) -> None:
        assert superuser.execute(statement.replace("{id}", str(life.pk))).rowcount, "nothing was forged"

    return execute


def found(life: Submission) -> str:
    """Return what is found about this submission, and make sure that it is about no other."""
    every = list(faults())
    assert {fault.reference for fault in every} <= {life.reference}
    assert list(faults([life.reference])) == every
    return "\n".join(fault.sentence for fault in every)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forgery_is_found(forgery: str, life: Submission, forge: Callable[[str], None]) -> None:
    statement, sentence = FORGERIES[forgery]
    forge(statement)
    life.reference = Submission.objects.values_list("reference", flat=True).get(pk=life.pk)
    assert sentence in found(life)


def test_several_processes_find_what_one_does(
    life: Submission, forge: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forge(on_event(9, "note = 'We never wanted it.'"))
    alone = list(findings(None, 1))
    monkeypatch.setattr(verification_pool, "STEP", 1)
    together = list(findings(None, 2))
    assert sum(each.submissions for each in together) == sum(each.submissions for each in alone) == 3
    assert sum(each.events for each in together) == sum(each.events for each in alone)
    assert [fault for each in together for fault in each.faults] == list(faults())
    assert "event 9" in found(life)


def test_every_column_is_forged_once() -> None:
    tried = {name.removeprefix("column ") for name in FORGERIES if name.startswith("column ")}
    others = {
        "id",
        "created_at",
        "reference",
        "producer",
        "label",
        "track",
        "intake",
        "previous",
    }
    columns = {field.name for field in Submission._meta.fields}
    assert tried | others == {name for name in columns if not name.startswith("team_")}


def test_true_history_has_no_faults(life: Submission) -> None:
    assert found(life) == ""


def test_event_sealed_anew_breaks_the_next(life: Submission, forge: Callable[[str], None]) -> None:
    """Whoever knows the code and every secret must forge all events to the last."""
    event = Event.objects.of(life).with_people().get(sequence=9)
    event.note = "We do not want it."
    event.content_digest = history.content_digest(event)
    forge(on_event(9, f"note = '{event.note}', content_digest = '\\x{event.content_digest.hex()}'"))
    assert "event 9 does not match its digest" in found(life)
    forge(on_event(9, f"digest = '\\x{history.digest(event, life.reference).hex()}'"))
    assert found(life) == "event 10 does not follow the digest of the one before"


def test_event_taken_from_another_submission_is_found_at_both(
    life: Submission, forge: Callable[[str], None]
) -> None:
    last = Event.objects.latest("pk")
    forge(f"UPDATE submissions_event SET submission_id = {{id}}, sequence = 14 WHERE id = {last.pk}")
    sentences = {fault.reference: fault.sentence for fault in faults()}
    assert sentences.keys() == {life.reference, last.submission.reference}
    assert list(faults(["TF-0000-0000"])) == []


def test_submission_without_its_row_is_found(life: Submission, forge: Callable[[str], None]) -> None:
    forge("DELETE FROM submissions_submission WHERE id = {id}")
    sentences = [fault.sentence for fault in faults()]
    assert len(sentences) == 1
    assert "13 events" in sentences[0]


def test_redacted_history_has_no_faults(life: Submission) -> None:
    for event in Event.objects.of(life):
        redact(event)
        assert found(life) == ""
    assert Submission.objects.get(pk=life.pk).shown_title == "(redacted)"
    assert not Event.objects.of(life).exclude(note="", private={}).exists()


def manager_of(life: Submission) -> User:
    return User.objects.get(pk=Event.objects.of(life).values_list("actor").get(sequence=2)[0])


def test_history_of_who_left_has_no_faults(life: Submission) -> None:
    assert redact_person(life.producer) == 13
    assert found(life) == ""
    redact_person(manager_of(life))
    assert found(life) == ""


def test_redacted_history_goes_on(life: Submission) -> None:
    early = Event.objects.of(life).get(sequence=1)
    redact(early)
    release = act(life, "release", manager=manager_of(life))
    assert release.submission.title == life.title
    assert found(life) == ""


def test_forgery_in_a_redacted_history_is_found(life: Submission, forge: Callable[[str], None]) -> None:
    redact(Event.objects.of(life).get(sequence=9))
    forge(on_event(9, "note = 'We never wanted it.'"))
    assert "event 9 is called redacted and is not empty" in found(life)
