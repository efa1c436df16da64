#!/usr/bin/env python
"""Django's command line for the portal; without settings in the environment it works on the demo."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genk_wijk.settings")
    os.environ.setdefault("PORTAL_MODE", "demo")
    from django.core.management import execute_from_command_line

    from kern.embedded import servers

    with servers.for_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
