"""The documents of this room: their templates in typst, and the data that go into them."""
