"""Every limit, reached: 429, when to come back, what was typed; and everybody else goes on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts import limits
from accounts.models import RateCount
from accounts.tasks import delete_rate_counts
from kit.clock import at, now
from kit.rates import Rate, changed, read_rates
from trackflow.limit_table import LIMITS
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once
from trackflow.tests.access_table import ADDRESSES
from trackflow.tests.limited_requests import ATTEMPTS, BY_CODE, TYPED, Attempt
from trackflow.tests.test_access import Visitors, make_visitors

HTML = {"accept": "text/html"}
CASES = sorted(
    (name, rate.per) for name in ATTEMPTS for rate in {r.per: r for r in LIMITS[name].rates}.values()
)
HOME, AWAY = "10.1.0.1", "10.2.0.1"


@pytest.fixture(scope="module")
def stage(module_db: str) -> Visitors:
    return make_visitors()


@pytest.fixture
def visitors(stage: Visitors, db: None) -> Visitors:
    """All roles, freshly signed in."""
    return replace(stage, clients={role: client_of(user) for role, user in stage.people.items()})


def allow(settings: Settings, name: str, rates: str) -> None:
    settings.LIMITS = changed(settings.LIMITS, f"{name}={rates}")


def path_of(visitors: Visitors, attempt: Attempt) -> str:
    if attempt.page not in ADDRESSES:
        return reverse(attempt.page)
    return visitors.path(attempt.page, attempt.role)


def send(visitors: Visitors, attempt: Attempt, *, role: str = "", network: str = HOME, **headers: str) -> Any:
    client = visitors.clients[role or attempt.role]
    path = path_of(visitors, attempt)
    page: Any = {"HTTP_REFERER": f"http://testserver{path}"}
    ask = client.get if attempt.method == "GET" else client.post
    return ask(path, attempt.fits, headers=HTML | headers, REMOTE_ADDR=network, **page)


def test_every_limit_is_reached_somewhere() -> None:
    assert set(ATTEMPTS) | set(BY_CODE) == set(LIMITS)
    assert all((site.BASE_DIR / path).exists() for path in map(Path, BY_CODE.values()))
    assert {name for name, limit in LIMITS.items() if limit.pages} == set(ATTEMPTS)


@pytest.mark.parametrize(("name", "per"), CASES)
def test_who_does_too_much_is_told_when_to_come_back(
    visitors: Visitors, settings: Settings, name: str, per: str
) -> None:
    allow(settings, name, f"2/10m/{per}")
    attempt = ATTEMPTS[name]
    before = [send(visitors, attempt).status_code for _ in range(2)]
    answer = send(visitors, attempt)
    assert 429 not in before
    assert answer.status_code == 429
    assert 590 <= int(answer["Retry-After"]) <= 600
    text = answer.content.decode()
    assert "Try again in 10 minutes" in text
    assert LIMITS[name].sentence in text
    assert TYPED in text or TYPED not in attempt.fits.values()


@pytest.mark.parametrize(("name", "per"), [case for case in CASES if case[1] != "label"])
def test_others_go_on(visitors: Visitors, settings: Settings, name: str, per: str) -> None:
    allow(settings, name, f"1/h/{per}")
    attempt = ATTEMPTS[name]
    assert [send(visitors, attempt).status_code == 429 for _ in range(2)] == [False, True]
    other = "other producer" if attempt.role == "producer" else "admin"
    by = {"network": AWAY} if per == "address" or attempt.role == "anonymous" else {"role": other}
    assert send(visitors, attempt, **by).status_code != 429


def test_page_comes_back_with_its_form_filled_in(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "track", "1/h/user")
    attempt = ATTEMPTS["track"]
    send(visitors, attempt)
    page = send(visitors, attempt).content.decode()
    assert f'value="{TYPED}"' in page
    assert "Not sent yet." in page
    assert page.count("What you typed is still here") == 1


def test_page_of_another_site_is_not_drawn(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "message", "1/h/user")
    attempt = ATTEMPTS["message"]
    path = path_of(visitors, attempt)
    client = visitors.clients[attempt.role]
    for _ in range(2):
        answer = client.post(path, attempt.fits, HTTP_REFERER="https://elsewhere.example/", headers=HTML)
    assert answer.status_code == 429
    assert TYPED in answer.content.decode()


def test_visitor_is_drawn_no_page_that_asks_for_a_sign_in(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "sign_in", "1/h/address")
    private = reverse("accounts:settings")
    for _ in range(2):
        answer = Client().post(
            reverse("account_login"),
            {"login": "a@example.com"},
            HTTP_REFERER=f"http://testserver{private}",
            headers=HTML,
        )
    assert answer.status_code == 429
    assert "a@example.com" in answer.content.decode()
    assert "Time zone" not in answer.content.decode()


def test_passwords_are_not_shown_again(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "sign_up", "1/h/address")
    typed = {"email": "a@example.com", "password1": "copper kettle sings"}
    for _ in range(2):
        answer = Client().post(reverse("account_signup"), typed, headers=HTML)
    assert "copper kettle" not in answer.content.decode()


def test_htmx_keeps_the_form_and_shows_a_message(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "memo", "1/h/user")
    send(visitors, ATTEMPTS["memo"])
    answer = send(visitors, ATTEMPTS["memo"], **{"HX-Request": "true", "HX-Target": "memos"})
    assert (answer.status_code, answer["HX-Retarget"]) == (429, "#messages")
    assert "Too many memos." in answer.content.decode()


def test_program_hears_of_it_as_json(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "mail_events", "1/h/address")
    for _ in range(2):
        answer = send(visitors, ATTEMPTS["mail_events"], accept="application/json")
    assert answer.json()["error"].startswith("Too many requests.")


def test_nothing_is_done_when_it_is_too_much(visitors: Visitors, settings: Settings) -> None:
    from desk.models import Memo  # lazy: this test's alone

    allow(settings, "memo", "1/h/user")
    before = Memo.objects.count()
    for _ in range(3):
        answer = send(visitors, ATTEMPTS["memo"])
    assert (answer.status_code, Memo.objects.count() <= before + 1) == (429, True)


def test_draft_is_saved_however_often_it_is_sent(visitors: Visitors, settings: Settings) -> None:
    allow(settings, "submit", "1/h/user")
    saving = Attempt("submissions:edit", "producer", {"do": "save", "note": "x"})
    assert [send(visitors, saving).status_code for _ in range(3)].count(429) == 0


def request_of(network: str = HOME) -> Any:
    request = RequestFactory(REMOTE_ADDR=network).post("/")
    request.user = AnonymousUser()
    return request


def test_no_more_pass_at_the_same_moment(committed_db: str, settings: Settings) -> None:
    allow(settings, "sign_up", "5/h/address,7/h/user")
    passed = at_once([lambda: bool(limits.spend(request_of(), "sign_up"))] * 12)
    assert passed.count(True) == 5


def test_ipv6_network_counts_as_one(db: None, settings: Settings) -> None:
    allow(settings, "sign_up", "2/h/address")
    tried = [bool(limits.spend(request_of(f"2001:db8:0:1::{place}"), "sign_up")) for place in range(1, 4)]
    assert tried == [True, True, False]
    assert limits.spend(request_of("2001:db8:0:2::1"), "sign_up")


@pytest.mark.parametrize("name", ["sign_up", "calendar"])
def test_window_ends(db: None, settings: Settings, name: str) -> None:
    allow(settings, name, "1/10m/address")
    moment = now()
    with at(moment):
        assert limits.spend(request_of(), name)
        refused = limits.spend(request_of(), name)
        assert refused.until == moment + timedelta(minutes=10)
    with at(moment + timedelta(minutes=10)):
        assert limits.spend(request_of(), name)


@pytest.mark.parametrize("name", ["sign_up", "calendar"])
def test_refused_try_uses_up_no_other_rate(db: None, settings: Settings, name: str) -> None:
    allow(settings, name, "1/h/address,3/h/label")
    for _ in range(4):
        limits.spend(request_of(HOME), name, label="harbour")
    assert [bool(limits.spend(request_of(f"10.3.0.{n}"), name, label="harbour")) for n in range(3)] == [
        True,
        True,
        False,
    ]


def test_count_costs_one_statement(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert limits.spend(request_of(), "sign_up")
    with django_assert_num_queries(0):
        assert limits.spend(request_of(), "calendar")


def test_old_counts_are_deleted(db: None) -> None:
    with at(now() - timedelta(days=2)):
        limits.spend(request_of(), "sign_up")
    limits.spend(request_of(), "begin_demo", label="harbour")
    assert delete_rate_counts() == 2
    assert RateCount.objects.count() == 2


def test_no_address_is_kept(db: None) -> None:
    limits.spend(request_of(), "sign_up")
    assert not any(HOME in key for key in RateCount.objects.values_list("key", flat=True))


@pytest.mark.parametrize("text", ["nothing=1/h/user", "memo=5", "memo=0/h/user", "memo=5/y/user", "memo"])
def test_wrong_setting_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (limit|rate)"):
        changed(LIMITS, text)


def test_setting_changes_rates() -> None:
    found = changed(LIMITS, "memo=5/10m/user, 9/d/label; search=off")
    assert found["memo"].rates == (Rate(5, 600, "user"), Rate(9, 86_400, "label"))
    assert found["search"].rates == ()
    assert list(map(str, read_rates("5/10m/user,9/d/label"))) == ["5/10m/user", "9/d/label"]
    assert not any(limit.rates for limit in changed(LIMITS, "off").values())


def test_document_lists_every_limit() -> None:
    """Print the table where the document's differs."""
    lines = [
        f"| `{name}` | {', '.join(map(str, limit.rates))} | {'memory' if limit.in_memory else 'database'} |"
        for name, limit in LIMITS.items()
    ]
    document = (site.BASE_DIR / "docs" / "security.md").read_text()
    assert [line for line in lines if line not in document] == []
    assert document.count("| memory |") + document.count("| database |") == len(lines)
