"""Reads of collections: the pages, how many there are, and where they lie."""

from .bladzij import PIECE, Bladzij, definition, feature_json, page, pieces
from .omvang import Omvang, extent
from .selectie import count
from .stand import Stand, state

__all__ = [
    "PIECE",
    "Bladzij",
    "Omvang",
    "Stand",
    "count",
    "definition",
    "extent",
    "feature_json",
    "page",
    "pieces",
    "state",
]
