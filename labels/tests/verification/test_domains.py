"""Which addresses are at a label's own domain."""

import pytest
from django.core.exceptions import ValidationError

from labels.verification.domains import is_at_own_domain, is_shared, refuse_foreign

SITE = "https://www.harbour.example/about"


@pytest.mark.parametrize(
    ("address", "website"),
    [
        ("demos@harbour.example", SITE),
        ("Demos@HARBOUR.example", SITE),
        ("demos@mail.harbour.example", SITE),
        ("demos@harbour.example", "https://shop.harbour.example/"),
        ("demos@harbour.co.uk", "https://www.harbour.co.uk/"),
        ("demos@müller.example", "https://xn--mller-kva.example/"),
    ],
)
def test_address_at_the_websites_domain_is_the_labels_own(address: str, website: str) -> None:
    refuse_foreign(address, website)
    assert is_at_own_domain(address, website)


@pytest.mark.parametrize(
    ("address", "website", "code"),
    [
        ("demos@quay.example", SITE, "foreign"),
        ("demos@notharbour.example", SITE, "foreign"),
        ("demos@harbour.example.evil.example", SITE, "foreign"),
        ("demos@shop.harbour.example", "https://mail.harbour.example/", "foreign"),
        ("demos@co.uk", "https://www.harbour.co.uk/", "shared"),
        ("demos@gmail.com", "https://gmail.com/", "shared"),
        ("demos@gmail.com", SITE, "shared"),
        ("demos@bandcamp.com", "https://harbour.bandcamp.com/", "shared"),
        ("demos@harbour.bandcamp.com", "https://harbour.bandcamp.com/", "shared"),
        ("demos@harbour.example", "https://harbour.bandcamp.com/", "shared"),
        ("demos@localhost", SITE, "host"),
        ("demos@[127.0.0.1]", SITE, "host"),
        ("demos@harbour.example", "", "no_website"),
    ],
)
def test_address_that_proves_nothing_is_refused(address: str, website: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        refuse_foreign(address, website)
    assert refusal.value.code == code
    assert not is_at_own_domain(address, website)


@pytest.mark.parametrize(
    "host", ["harbour.co.uk", "gmail.com.evil.example", "mygmail.com", "harbour.example"]
)
def test_hosts_of_ones_own_are_not_shared(host: str) -> None:
    assert not is_shared(host)
