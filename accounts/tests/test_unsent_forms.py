"""A form whose session had ended is kept for its author: an hour, without secrets, and never sent by itself."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import unsent_forms
from accounts.form_refill import refill
from accounts.models import User
from accounts.tests.conftest import PASSWORD
from accounts.unsent_forms import UnsentForm, sign_author
from kit.clock import at, now

SETTINGS, LOGIN = reverse("accounts:settings"), reverse("account_login")
NAME = "Inés of the long, long name"


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


def typed_by(person: User, **more: Any) -> dict[str, Any]:
    return {"name": NAME, "time_zone": "Europe/Berlin", "typed_by": sign_author(person.pk), **more}


def send_signed_out(person: User, **more: Any) -> tuple[Client, str]:
    """Send the settings without a session; return the browser and the address that leads back."""
    client = Client()
    answer = client.post(
        SETTINGS, typed_by(person, **more), headers={"referer": f"http://testserver{SETTINGS}"}
    )
    assert answer["Location"].startswith(LOGIN)
    found = re.search("next=(/unsent/[A-Za-z0-9_-]{22}/)", answer["Location"])
    return client, found[1] if found else ""


def sign_in(client: Client, person: User, **next_: str) -> str:
    return str(client.post(LOGIN, {"login": person.email, "password": PASSWORD, **next_})["Location"])


def test_every_form_says_who_types_in_it(signed_in: Client, person: User) -> None:
    page = signed_in.get(SETTINGS).content.decode()
    forms = page.count('name="csrfmiddlewaretoken"')
    assert forms > 1
    assert page.count(f'name="typed_by" value="{sign_author(person.pk)}"') == forms


def test_form_of_a_visitor_names_nobody(client: Client) -> None:
    assert b"typed_by" not in client.get(LOGIN).content


def test_author_finds_the_form_as_typed_and_nothing_saved(person: User) -> None:
    client, way = send_signed_out(person)
    assert sign_in(client, person, next=way) == way
    page = client.get(way, follow=True)
    assert page.redirect_chain[-1][0].startswith(f"{SETTINGS}?unsent=")
    assert f'value="{NAME}"' in page.content.decode()
    assert "Not sent yet." in page.content.decode()
    person.refresh_from_db()
    assert person.name == "Ines Okafor"


def test_author_who_signs_in_by_the_link_in_the_header_finds_it_too(person: User) -> None:
    client, way = send_signed_out(person)
    assert sign_in(client, person) == way


def test_newcomer_finds_the_welcome_page_as_typed(person: User) -> None:
    User.objects.update(runs_label=False)
    client, welcome = Client(), reverse("accounts:welcome")
    answer = client.post(welcome, typed_by(person), headers={"referer": f"http://testserver{welcome}"})
    way = answer["Location"].partition("next=")[2]
    assert sign_in(client, person, next=way) == way
    assert f'value="{NAME}"' in client.get(way, follow=True).content.decode()


def test_somebody_else_sees_nothing_of_it_on_any_way(person: User) -> None:
    client, way = send_signed_out(person)
    other = User.objects.create_user("other@example.com", PASSWORD, makes_music=True)
    client.force_login(other)
    for path in (way, f"{way}?text", f"{SETTINGS}?unsent={way.split('/')[2]}"):
        page = client.get(path, follow=True).content.decode()
        assert NAME not in page
        assert "Not sent yet" not in page


def test_it_is_gone_after_an_hour(person: User) -> None:
    client, way = send_signed_out(person)
    client.force_login(person)
    with at(now() + timedelta(minutes=59)):
        assert NAME in client.get(way, follow=True).content.decode()
    with at(now() + timedelta(hours=1, seconds=1)):
        page = client.get(way, follow=True).content.decode()
        assert NAME not in page
        assert "is gone now" in page


def test_passwords_codes_and_files_are_never_kept(person: User) -> None:
    secrets = {
        "password": "p-s3cret",
        "oldpassword": "p-s3cret",
        "code": "p-s3cret",
        "credential": "p-s3cret",
    }
    picture = SimpleUploadedFile("p-s3cret.png", b"p-s3cret")
    _, way = send_signed_out(person, **secrets, picture=picture)
    kept = unsent_forms.read(way.split("/")[2])
    assert kept
    assert kept.has_files
    assert "s3cret" not in repr(kept)
    assert {name for name, _ in kept.fields} == {"name", "time_zone"}


@pytest.mark.parametrize("author", ["", "1", "1:forged", "x" * 10_000, "\x00"])
def test_form_of_nobody_is_not_kept(client: Client, author: str) -> None:
    answer = client.post(SETTINGS, {"name": NAME, "typed_by": author})
    assert answer["Location"] == f"{LOGIN}?next=/"


def test_text_longer_than_anybody_types_is_not_kept(person: User) -> None:
    assert send_signed_out(person, name="x" * 600_000)[1] == ""


@pytest.mark.parametrize("nothing", [{}, {"turn": "3", "key": "x", "note": " "}])
def test_button_alone_is_nothing_to_keep(client: Client, person: User, nothing: dict[str, str]) -> None:
    answer = client.post(SETTINGS, {"typed_by": sign_author(person.pk), **nothing})
    assert answer["Location"] == f"{LOGIN}?next=/"


@pytest.mark.parametrize("page", ["http://testserver//evil.example/", "https://evil.example/", "//[", ""])
def test_nobody_is_led_to_another_site(client: Client, person: User, page: str) -> None:
    answer = client.post(SETTINGS, typed_by(person), headers={"referer": page})
    client.force_login(person)
    assert client.get(answer["Location"].partition("next=")[2])["Location"].startswith(f"{SETTINGS}?unsent=")


def test_page_that_lost_the_form_gives_the_text_to_copy(person: User) -> None:
    client = Client()
    way = client.post("/tracks/TR-0000-0000/archive/", typed_by(person))["Location"]
    assert way.startswith(LOGIN)
    client.force_login(person)
    page = client.get(way.partition("next=")[2], follow=True).content.decode()
    assert NAME in page
    assert "Go to the page" in page


def test_htmx_is_led_to_sign_in_and_back_to_the_page_it_was_on(person: User) -> None:
    client = Client()
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{SETTINGS}?a=b"}
    answer = client.post("/desk/harbour/TF-0000-0000/memo/", typed_by(person), headers=headers)
    (code,) = re.findall("unsent/([^/]+)/", answer["HX-Redirect"])
    kept = unsent_forms.read(code)
    assert kept
    assert (kept.page, kept.path) == (f"{SETTINGS}?a=b", "/desk/harbour/TF-0000-0000/memo/")


def test_tab_of_an_earlier_session_leads_back_to_the_form(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    answer = client.post(SETTINGS, typed_by(person), headers={"referer": f"http://testserver{SETTINGS}"})
    page = client.get(answer["Location"], follow=True).content.decode()
    assert f'value="{NAME}"' in page


def test_form_without_a_token_and_an_author_is_told_what_to_do(client: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "a@example.com", "password": "x"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.content.decode()


PAGE = """<p>é\u2028</p><details><summary>More</summary>
<form method="post"><input name="key" type="hidden" value="new"><input type="text" name="other"></form>
<form method="post" action="/there/?a=1" id="f"><input type="hidden" name="key" value="new"><input name=title value="x">
<textarea name="note" rows="4">
old</textarea><select name="genre"><option value="1" selected>A</option><option value="2">B</option></select>
<input type="checkbox" name="tag" value="a" checked><input type="checkbox" name="tag" value="b">
<input type="radio" name="way" value="up" checked><input type="radio" name="way" value="down">
<input type="password" name="word"><input type="file" name="file"><input name="pin" autocomplete="one-time-code">
<button name="do" value="send">Send</button></form></details><input form="f" name="outside">"""


def filled(*fields: tuple[str, str], path: str = "/there/?a=1") -> str | None:
    unsent = UnsentForm(1, path, "/here/", list(fields), has_files=False)
    return refill(PAGE, "/here/", unsent, lambda left: f"[{'|'.join(left)}]")


def test_each_kind_of_control_takes_its_value() -> None:
    page = filled(
        *(("key", "old"), ("title", "<b>&"), ("note", "\nTwo\r\nlines"), ("genre", "2"), ("tag", "b")),
        *(
            ("way", "down"),
            ("word", "no"),
            ("pin", "1"),
            ("do", "send"),
            ("outside", "in"),
            ("lost", "words"),
        ),
    )
    assert page
    start = page.index('action="/there/')
    assert page[:start].count('value="old"') == 0
    for part in (
        '<input name="key" type="hidden" value="old"><input name="title"',
        ' value="&lt;b&gt;&amp;">',
        '<textarea name="note" rows="4">\n\nTwo\r\nlines</textarea>',
        '<option value="1">A</option><option value="2" selected>B</option>',
        'value="a"><input name="tag" type="checkbox" value="b" checked>',
        'value="up"><input name="way" type="radio" value="down" checked>',
        '<input type="password" name="word"><input type="file" name="file">',
        'name="pin" autocomplete="one-time-code">',
        '<input form="f" name="outside" value="in">',
        "<details open>",
        "[words]",
    ):
        assert part in page, part


def test_choice_that_is_not_offered_any_more_is_shown_as_text() -> None:
    page = filled(("title", "x"), ("genre", "9"))
    assert page
    assert "[9]" in page
    assert '<option value="1" selected>A</option>' in page


def test_form_of_another_address_is_left_alone() -> None:
    assert filled(("title", "x"), path="/elsewhere/") is None
    assert filled(("nothing", "of it")) is None
