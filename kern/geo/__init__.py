"""Places: points and outlines on plain Postgres types (no PostGIS), Lambert conversion, the map widget."""

from .vormen import Kader, Punt, Ring, close_ring, haversine, parse_punt, parse_ring

__all__ = ["Kader", "Punt", "Ring", "close_ring", "haversine", "parse_punt", "parse_ring"]
