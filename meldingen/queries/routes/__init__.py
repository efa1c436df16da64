"""Reads of the routing rules: who gets a report, what is wrong with a rule, and what a change would do."""

from .bestemming import Bestemming, destination, facts, facts_of
from .overzicht import Paar, Rij, all_rules, fingerprint, overview, possible_answer, value_of
from .proef import Proef, try_out
from .wijziging import Effect, counts, effect
from .woorden import conditions_in_words, facts_in_words

__all__ = [
    "Bestemming",
    "Effect",
    "Paar",
    "Proef",
    "Rij",
    "all_rules",
    "conditions_in_words",
    "counts",
    "destination",
    "effect",
    "facts",
    "facts_in_words",
    "facts_of",
    "fingerprint",
    "overview",
    "possible_answer",
    "try_out",
    "value_of",
]
