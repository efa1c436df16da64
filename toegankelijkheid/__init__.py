"""Accessibility of public space: quality levels, woonzorgzones, the norm book, screening and what it finds."""
