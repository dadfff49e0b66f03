"""Take away somebody's second factors, for who has lost them and the recovery codes too."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.backends import person_at
from accounts.lost_factors import remove_factors


class Command(BaseCommand):
    help = "Remove the second factors of an account, end its sessions and tell its owner by mail."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_at(options["email"])
        if person is None:
            raise CommandError(f"No account has the address {options['email']}.", returncode=2)
        count = remove_factors(person)
        if not count:
            raise CommandError(f"{person.email} has no second factor.", returncode=2)
        self.stdout.write(
            f"Removed: {count}. {person.email} signs in with the password alone, and was told so."
        )
