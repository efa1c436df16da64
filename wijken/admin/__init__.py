"""Wijken and what belongs to them under Beheer."""

from . import bijeenkomsten as bijeenkomsten
from . import plan as plan
from . import wijken as wijken
