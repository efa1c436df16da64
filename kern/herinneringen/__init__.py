"""Reminders: one engine for every kind of thing with a deadline.

An app tells in its `reminders.py` what it has that can be late, and registers that from `AppConfig.ready`:

    registry.register(Bron(code="melding", naam="Meldingen", open_items=open_items, list_url="/werk/meldingen/"))

`open_items(today, horizon)` gives everything still open that is due on or before `horizon`, as `Item` rows, in a fixed
number of queries, and names for each the people of each role. From there `kern` does the rest: it looks which rows
of the ladder (`Ladderstap`) are due, remembers each step so that it goes out once (`Herinnering`), and puts all that
one person must hear in one mail. docs/herinneringen.md tells the whole story.

Small work that must happen every few minutes registers as a `LichteTaak`.
"""
