"""Every account page and mail speaks in our words: no template of the library, no Title Case, no default sentence."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from accounts import account_words
from accounts.account_mail import send_reset_link
from accounts.models import User
from accounts.tests.conftest import PASSWORD

OURS = settings.BASE_DIR / "templates/library"
LIBRARY = Path(allauth.__file__).parent / "templates"
TITLE_CASE = re.compile(r"\b[A-Z][a-z]+(?:-[A-Z][a-z]+)? (?:[a-z]+ )?[A-Z][a-z]+")
NAMES = re.compile("Trackflow|JavaScript|Ines Okafor|Ines|Phone")
SHOWN = re.compile(r"<(h1|h2|label|legend|button|title|a)\b[^>]*>(.*?)</\1>", re.S)
PUBLIC = (
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
OWN = (
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)


@pytest.fixture(autouse=True)
def _fresh_rate_limits(db: None) -> None:
    cache.clear()


def library_sentences() -> set[str]:
    """Return what allauth's own templates say, cut at variables."""
    found = set()
    for path in [*LIBRARY.glob("account/**/*.*"), *LIBRARY.glob("mfa/**/*.*")]:
        text = path.read_text()
        said = re.findall(r"{%-? *(?:trans|translate) ['\"](.+?)['\"]", text)
        for block in re.findall(r"{% blocktrans.*?%}(.*?){% endblocktrans", text, re.S):
            said += re.split(r"{[{%].*?[%}]}|<.*?>", block)
        found |= {" ".join(piece.split()).strip(" .:,()") for piece in said}
    return {text for text in found if text.count(" ") > 2 or TITLE_CASE.fullmatch(text)} - {
        "Sign in with a passkey"
    }


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)).split())


def faults(html: str) -> Iterator[str]:
    for _, text in SHOWN.findall(html):
        for found in TITLE_CASE.findall(NAMES.sub("", words_of(text))):
            yield f"Title Case: {found}"
    seen = words_of(html)
    yield from (f"the library's: {sentence}" for sentence in SENTENCES if sentence in seen)


SENTENCES = library_sentences()


def look(answer: Any) -> None:
    assert answer.status_code == 200
    drawn = {template.origin.name for template in answer.templates if template.origin}
    assert [name for name in drawn if "allauth" in name and not name.startswith(str(OURS))] == []
    assert list(faults(answer.content.decode())) == []


def give_passkey(person: User) -> Authenticator:
    """Add a passkey as a device would have made it."""
    key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    device = AttestedCredentialData.create(bytes(16), b"of-this-test-run", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    made = AttestationObject.create("none", AuthenticatorData.create(bytes(32), flags, 0, device), {})
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://127.0.0.1")
    number = websafe_encode(device.credential_id)
    credential = {
        "type": "public-key",
        "id": number,
        "rawId": number,
        "response": {"clientDataJSON": client_data.b64, "attestationObject": websafe_encode(made)},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Phone", "credential": credential}
    )


@pytest.fixture
def protected(person: User) -> User:
    """Ines with an app, a passkey, recovery codes and a second address."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    EmailAddress.objects.create(user=person, email="old@example.com")
    give_passkey(person)
    return person


def test_the_library_has_sentences_to_look_for() -> None:
    assert {"Two-Factor Authentication", "Please reauthenticate to safeguard your account"} <= SENTENCES


@pytest.mark.parametrize("name", PUBLIC)
def test_page_of_a_visitor_is_in_our_words(client: Client, name: str) -> None:
    look(client.get(reverse(name)))


def test_mailed_links_that_do_not_work_are_in_our_words(client: Client) -> None:
    look(client.get(reverse("account_confirm_email", args=["wrong"])))
    look(client.get(reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "wrong"})))


def test_refusals_are_in_our_words(client: Client, person: User) -> None:
    wrong = client.post(reverse("account_login"), {"login": person.email, "password": "no"})
    assert "Email or password is not correct." in wrong.content.decode()
    look(wrong)
    look(client.post(reverse("account_signup"), {"email": "x", "password1": "short"}))


@pytest.mark.parametrize("name", [name for name in OWN if name.startswith("account") or name == "mfa_index"])
def test_own_page_is_in_our_words_before_anything_is_set_up(signed_in: Client, name: str) -> None:
    look(signed_in.get(reverse(name)))


def test_own_pages_are_in_our_words_with_everything_set_up(client: Client, protected: User) -> None:
    client.force_login(protected)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    passkey = Authenticator.objects.get(type="webauthn")
    for name in OWN:
        if name not in (
            "mfa_activate_totp",
            "mfa_add_webauthn",
        ):  # the one is on, the other wants confirmed addresses
            look(client.get(reverse(name)))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        look(client.get(reverse(name, args=[passkey.pk])))


def test_second_step_is_in_our_words(client: Client, protected: User) -> None:
    client.post(reverse("account_login"), {"login": protected.email, "password": PASSWORD})
    look(client.get(reverse("mfa_authenticate")))
    look(client.post(reverse("mfa_authenticate"), {"code": "000000"}))


def test_app_is_turned_on_in_our_words(signed_in: Client) -> None:
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"):
        look(signed_in.get(reverse(name)))


def test_new_password_is_chosen_in_our_words(
    client: Client, person: User, queued: Callable[[str], list[dict[str, Any]]]
) -> None:
    send_reset_link(person.email)
    (sent,) = queued("accounts.send_mail")
    (path,) = re.findall(r"https?://[^/\s]+(/\S+)", sent["text"].split("\n--")[0])
    look(client.get(path, follow=True))


@pytest.mark.parametrize("path", sorted(OURS.glob("*/email/*_subject.txt")))
def test_mail_is_in_our_words_and_signed_by_the_site(path: Path, rf: Any, person: User) -> None:
    request: HttpRequest = rf.get("/", HTTP_USER_AGENT="Firefox")
    prefix = str(path.relative_to(OURS)).removesuffix("_subject.txt")
    with context.request_context(request):
        adapter = get_adapter()
        said = adapter.mail_context(person.email, {"timestamp": timezone.now(), "ip": "192.0.2.1"})
        mail = adapter.render_mail(prefix, person.email, said)
    assert not TITLE_CASE.search(NAMES.sub("", mail.subject))
    assert mail.body.rstrip().endswith(f"--\nTrackflow\n{settings.BASE_URL}")
    assert [
        sentence for sentence in SENTENCES if sentence in f"{mail.subject} {' '.join(mail.body.split())}"
    ] == []


def test_mail_about_a_change_says_when_in_the_owners_own_time(
    signed_in: Client, person: User, queued: Callable[[str], list[dict[str, Any]]]
) -> None:
    User.objects.update(time_zone="Asia/Tokyo")
    fresh = "seven green bicycles downhill"
    typed = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    signed_in.post(reverse("account_change_password"), typed)
    (sent,) = queued("accounts.send_mail")
    assert re.search(r"When: \d+ \w+ \d{4}, \d\d:\d\d JST\n", sent["text"])


def test_each_mail_and_message_that_is_sent_has_our_words() -> None:
    """Those for codes and phones belong to what the settings leave off."""
    off = re.compile("_code_|^login_code|phone|base_message|base_notification")
    folders = ("account/email", "account/messages", "mfa/email", "mfa/messages")
    library = [path for folder in folders for path in LIBRARY.glob(f"{folder}/*")]
    wanted = {path.relative_to(LIBRARY) for path in library if not off.search(path.name)}
    assert {str(path) for path in wanted if not (OURS / path).is_file()} == set()


def test_each_refusal_of_the_library_that_can_be_met_has_our_words() -> None:
    defaults = get_adapter().__class__.__mro__[1].error_messages
    met = {name for name in defaults if not re.search("username|phone|key$", name)}
    assert met - set(account_words.ACCOUNT_ERRORS) == set()
