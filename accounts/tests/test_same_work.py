"""Nobody learns from the work of an answer who has an account: hashes, jobs and queries, never the clock."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Session, User
from accounts.tests.conftest import PASSWORD
from trackflow.testing.races import at_once, wait_for_a_waiter

PAGES = {
    "/accounts/signup/": {"email": "{email}", "password1": PASSWORD},
    "/accounts/login/": {"login": "{email}", "password": "not " + PASSWORD},
    "/accounts/password/reset/": {"email": "{email}"},
}


@dataclass
class Work:
    status: int
    goes_to: str
    hashes: int
    jobs: dict[str, int]
    kinds_of_query: dict[str, int]
    session: set[str]


@pytest.fixture
def hashes() -> Iterator[list[str]]:
    """What the password hasher was asked for; it still does its work."""
    asked: list[str] = []

    def counted(name: str) -> object:
        real = getattr(Argon2PasswordHasher, name)

        def call(self: Argon2PasswordHasher, *given: str) -> object:
            asked.append(name)
            return real(self, *given)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("encode", "verify"):
            patch.setattr(Argon2PasswordHasher, name, counted(name))
        yield asked


def work_of(page: str, email: str, hashes: list[str]) -> Work:
    cache.clear()
    hashes.clear()
    ProcrastinateJob.objects.all().delete()
    Session.objects.all().delete()
    client, data = Client(), {name: value.format(email=email) for name, value in PAGES[page].items()}
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(page, data)
    kinds = Counter(_kind(query["sql"]) for query in captured.captured_queries)
    kinds.pop("ROLLBACK", None)  # what undoes an account is followed by a RELEASE, as what keeps it
    jobs = Counter(ProcrastinateJob.objects.values_list("task_name", flat=True))
    kept = {name for session in Session.objects.all() for name in session.get_decoded()}
    return Work(answer.status_code, answer.headers.get("Location", ""), len(hashes), jobs, kinds, kept)


def _kind(sql: str) -> str:
    """Return the verb and, of writing, the table."""
    verb, *words = sql.split()
    return f"{verb} {words[1]}" if verb in ("INSERT", "UPDATE", "DELETE") else verb


@pytest.mark.parametrize("page", PAGES)
def test_answers_to_known_and_unknown_addresses_cost_the_same(
    person: User, hashes: list[str], page: str
) -> None:
    work_of(page, "first@example.com", hashes)  # whatever is kept in memory is kept now
    unknown, known = work_of(page, "nobody@example.com", hashes), work_of(page, person.email, hashes)
    assert known == unknown
    assert known.hashes == (page != "/accounts/password/reset/")


def test_sign_up_with_a_taken_address_leaves_no_account_behind(client: Client, person: User) -> None:
    client.post("/accounts/signup/", {"email": person.email, "password1": "another strong pass phrase"})
    assert User.objects.get() == person
    assert EmailAddress.objects.get().user == person
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_somebody_else_s_confirmed_address_is_taken_too(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email="second@example.com", verified=True)
    client.post("/accounts/signup/", {"email": "second@example.com", "password1": PASSWORD})
    assert User.objects.get() == person


@pytest.mark.usefixtures("committed_db")
def test_sign_up_that_waits_for_another_with_the_same_address_finds_it_taken() -> None:
    form = {"email": "new@example.com", "password1": PASSWORD}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = User.objects.create_user("new@example.com", PASSWORD)
            waiting = pool.submit(at_once, [lambda: Client().post("/accounts/signup/", form)])
            wait_for_a_waiter()
        (answer,) = waiting.result(timeout=30)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert User.objects.get() == first


@pytest.mark.usefixtures("committed_db")
def test_double_click_on_sign_up_makes_one_account_and_one_mail() -> None:
    form = {"email": "new@example.com", "password1": PASSWORD}
    answers = at_once([lambda: Client().post("/accounts/signup/", form)] * 6)
    assert [answer.status_code for answer in answers] == [302] * 6
    assert User.objects.get().email == EmailAddress.objects.get().email == "new@example.com"
    (mail,) = ProcrastinateJob.objects.filter(task_name="accounts.send_mail")
    assert "/accounts/confirm-email/" in mail.args["text"]
