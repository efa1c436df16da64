"""The door of the staff pages; it is the same for every room, so it stands in `wijken`."""

from wijken.gate import StaffRequest, View, for_staff, kept

__all__ = ["StaffRequest", "View", "for_staff", "kept"]
