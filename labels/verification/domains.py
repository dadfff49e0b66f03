"""Whether an email address is at a label's own domain. Pure."""

from django.core.exceptions import ValidationError

from catalog.links.web_address import read_address
from labels.verification.shared_host_table import MAIL, PAGES, SUFFIXES


def refuse_foreign(address: str, website: str) -> None:
    """Raise ValidationError, with a sentence for the label, unless the address is at its website's domain."""
    if not website:
        raise ValidationError("Enter your website so that we can compare.", code="no_website")
    mail, site = host_of(address), read_address(website).host.removeprefix("www.")
    for host in (mail, site):
        if is_shared(host):
            raise ValidationError(
                f"Anyone can have an address at {host}, so it proves nothing. {ALTERNATIVE}", code="shared"
            )
    if not are_same_domain(mail, site):
        raise ValidationError(
            f"{mail} is not the domain of your website, {site}. {ALTERNATIVE}", code="foreign"
        )


ALTERNATIVE = "Use an address at your own domain, or a link instead."


def is_at_own_domain(address: str, website: str) -> bool:
    """Whether an email address is at the domain of a website."""
    try:
        refuse_foreign(address, website)
    except ValidationError:
        return False
    return True


def host_of(address: str) -> str:
    """Return the host of an email address in lower-case punycode; ValidationError if it is not public."""
    try:
        return read_address(f"https://{address.rpartition('@')[2]}").host
    except ValidationError:
        raise ValidationError("This address is not at a public domain.", code="host") from None


def are_same_domain(one: str, other: str) -> bool:
    """Whether two hosts are equal or one is a subdomain of the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def is_shared(host: str) -> bool:
    """Whether anybody can get an address or page at this host, as at free mail, page hosts and their subdomains."""
    ends = {".".join(host.split(".")[start:]) for start in range(host.count(".") + 1)}
    return host in SUFFIXES or not ends.isdisjoint(MAIL | PAGES)
