"""Whether answers tell by their time who has an account: `make bench-timing`, on a scratch database.

Sign-up, sign-in and password reset are asked with known and unknown addresses, interleaved at random. The AUC is the
chance that an answer to a known address took longer than one to an unknown address: 0.5 tells nothing.
"""

import argparse
import os
import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

from django.core.management import call_command

if TYPE_CHECKING:
    from django.test import Client

from bench.scratch import database

PASSWORD = "copper kettle sings at noon"  # noqa: S105  # of accounts that are dropped again
PAGES: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "sign-up": ("/accounts/signup/", lambda email: {"email": email, "password1": PASSWORD}),
    "sign-in": ("/accounts/login/", lambda email: {"login": email, "password": "wrong " + PASSWORD}),
    "reset": ("/accounts/password/reset/", lambda email: {"email": email}),
}
LENGTH = 12


def make_people(count: int) -> list[str]:
    """Create accounts with confirmed addresses, all with one password; return the addresses."""
    from allauth.account.models import EmailAddress  # lazy: needs settings

    from accounts.models import User  # lazy: needs settings

    first = User.objects.create_user(address(), PASSWORD)
    people = [User(email=address(), password=first.password) for _ in range(count)]
    users = User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return [user.email for user in users]


def address() -> str:
    return f"{''.join(random.choices('abcdefghijklmnopqrstuvwxyz', k=LENGTH))}@example.com"


def answer_time(client: "Client", page: str, email: str) -> float:
    """Post the page's form without cookies and from a network of its own; return milliseconds."""
    url, data = PAGES[page]
    network = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
    client.cookies.clear()
    start = time.perf_counter()
    answer = client.post(url, data(email), REMOTE_ADDR=network)
    spent = 1000 * (time.perf_counter() - start)
    assert answer.status_code in (200, 302), (page, answer.status_code)
    return spent


def measure(page: str, count: int) -> tuple[list[float], list[float]]:
    """Return the times for known and for unknown addresses, asked in pairs of random order."""
    from django.test import Client  # lazy: needs settings

    client = Client(headers={"host": "127.0.0.1"})
    times: dict[bool, list[float]] = {True: [], False: []}
    for known in make_people(count):
        for is_known in random.sample([True, False], 2):
            times[is_known].append(answer_time(client, page, known if is_known else address()))
    return times[True], times[False]


def auc(more: list[float], less: list[float]) -> float:
    """Return the chance that one of the first is greater than one of the second; equal ones count half."""
    ordered = sorted(less)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in more)
    return wins / (2 * len(more) * len(less))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="addresses of each kind")
    parser.add_argument("--page", choices=PAGES, action="append", help="default: all")
    options = parser.parse_args()
    os.environ["DEBUG"], os.environ["HTTPS"], os.environ["LOG_LEVEL"] = "off", "off", "ERROR"
    with database():
        call_command("collectstatic", interactive=False, verbosity=0)
        for page in options.page or PAGES:
            measure(page, 5)
            known, unknown = measure(page, options.count)
            middle = f"median {median(known):.1f} ms known, {median(unknown):.1f} ms unknown"
            print(f"{page}: {options.count} of each, {middle}, AUC {auc(known, unknown):.3f}", flush=True)


if __name__ == "__main__":
    main()
