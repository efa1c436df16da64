"""Pages of wijken: those for everybody, and those on which staff work with what a wijk needs."""
