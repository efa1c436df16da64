"""Wijken and what belongs to them under Beheer."""

from . import plan as plan
from . import wijken as wijken
