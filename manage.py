#!/usr/bin/env python
"""Django's command line; starts the embedded database for commands that need one."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
    from django.core.management import execute_from_command_line

    from trackflow.devdb.instance import start_for_command

    start_for_command(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
