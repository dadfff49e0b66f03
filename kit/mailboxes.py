"""Email addresses that name one mailbox, written in one way."""

LONGEST = 320
"""Characters that an address can have; the host of a longer one would take seconds to convert."""


def mailbox(address: str) -> str:
    """Return an address in lower case with its host in ASCII: `x@bücher.example` is `x@xn--bcher-kva.example`.

    Dots and what follows a plus stay: whether they matter is the host's to say.
    """
    folded = address.strip().lower()
    if len(folded) > LONGEST:
        return folded
    name, at, host = folded.rpartition("@")
    try:
        return f"{name}{at}{host.encode('idna').decode('ascii').lower()}"
    except UnicodeError:
        return folded
