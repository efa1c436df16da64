"""The settings of a measurement: those of the portal, a counter around every page, and no limit on one visitor."""

from genk_wijk.settings import *  # noqa: F403
from genk_wijk.settings import MIDDLEWARE

ROOT_URLCONF = "genk_wijk.meten.urls"
MIDDLEWARE = ["meldingen.meten.teller.middleware", *MIDDLEWARE]
REPORTS_PER_ADDRESS = REPORTS_PER_MAIL = 1_000_000
