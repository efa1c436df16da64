"""WSGI entry point, served by granian."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genk_wijk.settings")

application = get_wsgi_application()

from kern.gebruikers.checks import DemoAccounts, refuse_demo_accounts_in_production  # noqa: E402

try:
    # Once per process, not per request: accounts of the demo cannot be made in production.
    refuse_demo_accounts_in_production()
except DemoAccounts as error:
    sys.exit(str(error))
