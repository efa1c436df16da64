"""What an administrator changes about reports, and what can be looked up of them."""

from . import categorieen as categorieen
from . import meldingen as meldingen
from . import werk as werk
