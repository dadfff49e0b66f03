"""The record: what is written when, who reads it, and what nobody can take back."""

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.anonymisation import anonymise
from accounts.lost_factors import remove_factors
from accounts.models import User
from accounts.tasks import mail_reset_link
from accounts.tests.conftest import PASSWORD
from activity import log, record
from activity.choices import Area
from activity.models import Activity
from activity.phrase_table import AREAS
from activity.record import RecordFilter
from activity.sentences import lines_of
from activity.tasks import forget_addresses
from kit.clock import at, now
from kit.log_context import REQUEST_ID
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user
from trackflow.testing.clients import client_of
from trackflow.testing.workers import run_due_jobs

Kind = Activity.Kind
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
AWAY = "203.0.113.9"


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("ines@example.com", PASSWORD, name="Ines Okafor", runs_label=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def browser(person: User) -> Client:
    client = Client(REMOTE_ADDR=AWAY, headers={"user-agent": FIREFOX})
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def written(person: User) -> list[str]:
    rows = Activity.objects.filter(person=person).with_people().order_by("id")
    return [f"{line.who} {line.what}" for line in lines_of(rows)]


def row_of(kind: Kind) -> Activity:
    return Activity.objects.get(kind=kind)


def test_sign_in_says_who_how_and_from_where(browser: Client, person: User) -> None:
    row = row_of(Kind.SIGNED_IN)
    assert (row.actor, row.person, row.area) == (person, person, Area.ACCOUNT)
    assert (row.address, row.browser) == (AWAY, "Firefox on Linux")
    assert written(person) == ["Ines Okafor signed in with a password"]


def test_sign_out_is_written(browser: Client, person: User) -> None:
    browser.post(reverse("account_logout"))
    assert written(person)[-1] == "Ines Okafor signed out"


def jobs_of(name: str) -> list[dict[str, Any]]:
    from procrastinate.contrib.django.models import ProcrastinateJob  # lazy: this helper's alone

    found = ProcrastinateJob.objects.filter(task_name=name).order_by("id").values_list("args", flat=True)
    return [{key: value for key, value in args.items() if key != REQUEST_ID} for args in found]


def test_failed_sign_in_is_written_by_the_worker_for_an_account(person: User) -> None:
    from activity.tasks import record_failed_sign_in  # lazy: beside its test

    for email in (person.email, "nobody@example.com"):
        Client(REMOTE_ADDR=AWAY).post(reverse("account_login"), {"login": email, "password": "wrong"})
    jobs = jobs_of("activity.record_failed_sign_in")
    assert [job["email"] for job in jobs] == [person.email, "nobody@example.com"]
    for job in [*jobs, *jobs]:
        record_failed_sign_in(**job)
    row = row_of(Kind.SIGN_IN_FAILED)
    assert (row.actor, row.person, row.address) == (None, person, AWAY)
    assert written(person) == ["Somebody tried to sign in with a wrong password"]


def test_new_password_is_written(browser: Client, person: User) -> None:
    new = {"oldpassword": PASSWORD, "password1": "seven green bicycles", "password2": "seven green bicycles"}
    browser.post(reverse("account_change_password"), new)
    assert "Ines Okafor changed the password" in written(person)


def test_reset_is_written(person: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail_reset_link(**jobs_of("accounts.mail_reset_link")[0])
    found = re.search(r"https?://[^/\s]+(/\S+)", jobs_of("accounts.send_mail")[-1]["text"])
    assert found
    page = client.get(found[1])["Location"]
    client.post(page, {"password1": "seven green bicycles", "password2": "seven green bicycles"})
    assert "Ines Okafor chose a new password by a mailed link" in written(person)


def test_addresses_are_written_without_the_addresses(browser: Client, person: User) -> None:
    page = reverse("account_email")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(page, {"email": "second@example.com", "action_add": ""})
    EmailAddress.objects.filter(email="second@example.com").update(verified=True)
    browser.post(page, {"email": "second@example.com", "action_primary": ""})
    browser.post(page, {"email": "ines@example.com", "action_remove": ""})
    done = written(person)
    for words in ("added an email address", "changed the email address of the account"):
        assert f"Ines Okafor {words}" in done
    assert "Ines Okafor removed an email address" in done
    assert not Activity.objects.filter(details__icontains="example.com").exists()


def test_second_factor_is_written(browser: Client, person: User) -> None:
    from allauth.mfa import signals  # lazy: this test's alone

    factor = TOTP.activate(person, generate_totp_secret()).instance
    for signal in (signals.authenticator_added, signals.authenticator_removed):
        signal.send(sender=type(factor), request=None, user=person, authenticator=factor)
    assert written(person)[-2:] == [
        "Ines Okafor added codes of an authenticator app",
        "Ines Okafor removed codes of an authenticator app",
    ]


def test_ended_sessions_are_told_by_the_accounts(committed_db: str) -> None:
    user = make_user("ines@example.com")
    client, other = client_of(user), client_of(user)
    other.get(reverse("accounts:settings"))
    client.post(reverse("accounts:session-end-others"), REMOTE_ADDR=AWAY)
    run_due_jobs()
    row = row_of(Kind.SESSIONS_ENDED)
    assert (row.person, row.details, row.address) == (user, {"count": 1}, AWAY)


def test_wrong_second_factor_is_written_without_an_actor(person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    client = Client(REMOTE_ADDR=AWAY)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    row = row_of(Kind.CODE_FAILED)
    assert (row.actor, row.person, row.address, row.area) == (None, person, AWAY, Area.ACCOUNT)
    assert written(person) == ["Somebody gave a wrong code or passkey"]


def test_factors_that_staff_removed_are_written(committed_db: str) -> None:
    lost = make_user("ines@example.com")
    TOTP.activate(lost, generate_totp_secret())
    remove_factors(lost)
    run_due_jobs()
    row = row_of(Kind.FACTORS_REMOVED)
    assert (row.actor, row.person) == (None, lost)


@pytest.fixture
def label(db: None) -> Label:
    return make_label()


@pytest.fixture
def owner(label: Label) -> User:
    return make_member(label, Role.OWNER)


def record_of(label: Label) -> list[str]:
    return [line.what for line in lines_of(record.of_label(label))]


def test_download_is_written_when_it_is_made(committed_db: str) -> None:
    label = make_label()
    owner = make_member(label, Role.OWNER)
    client = client_of(owner)
    client.get(reverse("desk:export-csv", args=[label.slug]), REMOTE_ADDR=AWAY)
    client.get(reverse("insights:csv", args=[label.slug]))
    client.get(reverse("activity:label-csv", args=[label.slug]))
    run_due_jobs()
    assert set(record_of(label)) == {
        "downloaded demos as CSV",
        "downloaded insights as CSV",
        "downloaded the record as CSV",
    }


def test_owner_reads_their_label_s_alone(label: Label, owner: User) -> None:
    log.write(Kind.SETTING_CHANGED, label=label, actor=owner, setting="hides_scores", is_on=True)
    log.write(Kind.LABEL_STEP, label=label, actor=owner, step="verified")
    log.write(Kind.TAG_MADE, label=label, actor=owner, tag="Dub")
    log.write(Kind.EXPORTED, label=make_label(name="Quay"), what="demos as CSV")
    assert record_of(label) == ["turned “Hide colleagues’ scores until a member has scored” on"]


def test_person_reads_their_own_alone(browser: Client, person: User) -> None:
    other = make_user("other@example.com")
    log.write(Kind.PASSWORD_CHANGED, actor=other, person=other)
    page = browser.get(reverse("activity:own")).content.decode()
    assert "<bdi>You</bdi></strong> <bdi>signed in with a password" in page
    assert AWAY in page
    assert "changed the password" not in page


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.VIEWER])
def test_colleagues_do_not_read_it(label: Label, role: Role) -> None:
    client = client_of(make_member(label, role))
    assert client.get(reverse("activity:label", args=[label.slug])).status_code == 403
    assert client.get(reverse("activity:label-csv", args=[label.slug])).status_code == 403


def some(label: Label, owner: User) -> None:
    mona = make_member(label, Role.MANAGER)
    User.objects.filter(pk=mona.pk).update(name="Mona")
    with at(now() - timedelta(days=10)):
        log.write(Kind.INTAKE_CLOSED, label=label, actor=mona, intake="Summer")
    log.write(Kind.EXPORTED, label=label, actor=owner, what="demos as CSV")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"area": "export"}, 1),
        ({"who": "mona"}, 1),
        ({"who": "nobody@example.com"}, 0),
        ({"since": "today"}, 1),
        ({"until": "yesterday"}, 1),
    ],
)
def test_record_is_narrowed(label: Label, owner: User, asked: dict[str, str], found: int) -> None:
    some(label, owner)
    days = {"today": f"{now():%Y-%m-%d}", "yesterday": f"{now() - timedelta(days=1):%Y-%m-%d}"}
    query = {name: days.get(value, value) for name, value in asked.items()}
    page = client_of(owner).get(reverse("activity:label", args=[label.slug]), query)
    assert len(page.context["lines"]) == found


@pytest.mark.parametrize("asked", [{"area": "nothing"}, {"since": "soon"}, {"who": "x" * 300}])
def test_wrong_filter_is_said_beside_its_field(label: Label, owner: User, asked: dict[str, str]) -> None:
    page = client_of(owner).get(reverse("activity:label", args=[label.slug]), asked)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(asked)


def test_file_holds_what_the_page_shows(label: Label, owner: User) -> None:
    some(label, owner)
    answer = client_of(owner).get(reverse("activity:label-csv", args=[label.slug]), {"area": "settings"})
    lines = b"".join(answer).decode().splitlines()
    assert lines[0].endswith("When,Who,What,Why,About,Label,Internet address,Browser")
    assert [line.split(",")[1:3] for line in lines[1:]] == [["Mona", "closed the intake “Summer” for now"]]


def test_staff_read_everything_and_their_download_is_written(label: Label, owner: User) -> None:
    some(label, owner)
    admin = make_user("admin@example.com", is_staff=True, is_superuser=True)
    client = client_of(admin)
    page = client.get(reverse("activity:whole")).content.decode()
    assert "downloaded demos as CSV" in page
    b"".join(client.get(reverse("activity:whole-csv")))
    assert Activity.objects.filter(actor=admin, kind=Kind.EXPORTED).exists()
    clerk = make_user("clerk@example.com", is_staff=True)
    assert client_of(clerk).get(reverse("activity:whole")).status_code == 403


def test_every_recorded_kind_has_an_area() -> None:
    assert set(AREAS) <= set(Kind)
    assert set(AREAS.values()) == set(Area)
    assert all(len(area) <= 10 for area in Area)


def test_page_costs_the_same_for_any_number_of_rows(
    label: Label, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = record.of_label(label)
    for count in (1, 5):
        while Activity.objects.count() < count:
            log.write(Kind.EXPORTED, label=label, actor=owner, what="demos as CSV")
        with django_assert_num_queries(1):
            assert len(lines_of(RecordFilter({}).narrow(rows.all()))) == count


INSERT = (
    "INSERT INTO activity_activity (kind, details, at, area, address, browser, person_id) "
    "VALUES ('signed_in', '{{}}', now() - interval '{} days', 'account', '203.0.113.9', 'Firefox', {}) RETURNING id"
)
Connection = psycopg.Connection[Any]


def insert(raw: Connection, days: int, person: int) -> int:
    [found] = raw.execute(INSERT.format(days, person)).fetchone() or [0]
    return int(found)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'signed_out'",
        "at = now()",
        "actor_id = person_id",
        "person_id = NULL",
        "address = '198.51.100.1'",
        "address = '', browser = ''",
        "details = '{\"x\": 1}'",
        "area = ''",
    ],
)
def test_owner_of_the_tables_changes_nothing_of_it(
    committed_db: str, owner_connection: Connection, change: str
) -> None:
    user = make_user("ines@example.com")
    number = insert(owner_connection, 100, user.pk)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE activity_activity SET {change} WHERE id = {number}")


def test_address_that_is_not_old_stays(
    committed_db: str, owner_connection: Connection, runtime_connection: Connection
) -> None:
    user = make_user("ines@example.com")
    number = insert(owner_connection, 80, user.pk)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE activity_activity SET address = '' WHERE id = {number}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        runtime_connection.execute("UPDATE activity_activity SET address = ''")
    assert runtime_connection.execute("SELECT activity_forget_addresses()").fetchone() == (0,)


def test_old_addresses_are_forgotten_and_those_of_the_anonymised(
    committed_db: str, owner_connection: Connection
) -> None:
    ines, mona = make_user("ines@example.com"), make_user("mona@example.com", is_active=False)
    old, new, gone = (
        insert(owner_connection, days, user.pk) for days, user in ((91, ines), (5, ines), (5, mona))
    )
    anonymise(mona)
    assert forget_addresses() == 2
    left = Activity.objects.exclude(address="").values_list("pk", flat=True)
    assert (set(left) >= {new}, {old, gone} & set(left)) == (True, set())


def test_lists_are_read_by_their_indexes(committed_db: str, owner_connection: Connection) -> None:
    label, user = make_label(), make_user("ines@example.com")
    owner_connection.execute(
        "INSERT INTO activity_activity (kind, details, at, area, address, browser, person_id, actor_id, label_id) "
        "SELECT 'signed_in', '{}', now() - i * interval '1 minute', "
        "CASE WHEN i %% 50 = 0 THEN 'account' WHEN i %% 2 = 0 THEN 'export' ELSE '' END, '', '', "
        "CASE WHEN i %% 10 = 0 THEN %(user)s::bigint END, NULL, CASE WHEN i %% 3 > 0 THEN %(label)s::bigint END "
        "FROM generate_series(1, 20000) AS i",
        {"user": user.pk, "label": label.pk},
    )
    owner_connection.execute("ANALYZE activity_activity")
    lists = {
        "record_of_label": record.of_label(label),
        "record_of_person": record.of_person(user),
        "record_by_area": record.of_everything().filter(area="account"),
        "record": record.of_everything(),
    }
    for index, rows in lists.items():
        plan = rows[:51].explain()
        assert f"{index} " in plan or f"using {index}" in plan, (index, plan)
