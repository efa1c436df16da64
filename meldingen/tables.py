"""The table of a staff list: what it is, where, by when, who, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kern.templatetags.kern import datum_kort, icoon
from wijken.queries import Bereik

from .intern import next_step
from .kolommen import GEWOON, KOLOMMEN, Kolom
from .models import Melding
from .models.categorie import Prioriteit
from .states import PAUSED, Status


class Gesorteerd(tables.data.TableListData):
    """Rows that the database has sorted and cut into pages already."""

    def order_by(self, aliases: Any) -> None:
        """Nothing is left to sort."""


@lru_cache(maxsize=500)
def pill(tekst: str, soort: str = "", icoon_naam: str = "") -> str:
    return render_to_string("onderdelen/status.html", {"tekst": tekst, "soort": soort, "icoon_naam": icoon_naam})


def _cell(name: str) -> dict[str, dict[str, str]]:
    return {"td": {"class": name}, "th": {"class": name}}


class TekstColumn(tables.Column):
    """A column that shows the text of its `Kolom`."""

    def __init__(self, kolom: Kolom) -> None:
        super().__init__(kolom.naam, empty_values=(), orderable=False, attrs=_cell("rij__eigen"))
        self.kolom = kolom

    def render(self, record: Melding, table: MeldingTable) -> str:
        return self.kolom.toon(record, table.on) if self.kolom.toon else ""


class MeldingTable(tables.Table):
    """One line per report. `link` makes the address of a row; `on` is today; `kolommen` are the columns to show."""

    nummer = tables.Column(
        gettext_lazy("Nr."), accessor="pk", empty_values=(), orderable=False, attrs=_cell("rij__nummer")
    )
    wat = tables.Column(
        gettext_lazy("Wat"), accessor="categorie", empty_values=(), orderable=False, attrs=_cell("rij__wat")
    )
    waar = tables.Column(gettext_lazy("Waar"), empty_values=(), orderable=False, attrs=_cell("rij__waar"))
    termijn = tables.Column(
        gettext_lazy("Termijn"), accessor="volgende_termijn", empty_values=(), attrs=_cell("rij__termijn")
    )
    status = tables.Column(gettext_lazy("Status"), empty_values=(), orderable=False)
    wie = tables.Column(gettext_lazy("Wie"), empty_values=(), orderable=False, attrs=_cell("rij__wie"))
    doen = tables.Column(gettext_lazy("Wat nu"), empty_values=(), orderable=False, attrs=_cell("rij__doen"))
    ontvangen = tables.Column(
        gettext_lazy("Ontvangen"), accessor="ontvangen_op", empty_values=(), attrs=_cell("rij__ontvangen")
    )

    class Meta:
        order_by_field = "volgorde"

    def __init__(
        self,
        rows: Any,
        *,
        reach: Bereik,
        user_id: int,
        on: date,
        link: Any,
        order: str = "",
        kolommen: Sequence[str] = GEWOON,
        kies: bool = False,
        **kwargs: Any,
    ) -> None:
        self.reach, self.user_id, self.on, self.link, self.kies = reach, user_id, on, link, kies
        self.is_list = bool(order)  # the only table of its page, with each report once
        self.kies_naam = _("Kies melding %(nr)s")
        own = [(code, TekstColumn(KOLOMMEN[code])) for code in kolommen if code not in self.base_columns]
        others = [code for code in self.base_columns if code not in KOLOMMEN]
        super().__init__(
            Gesorteerd(list(rows)),
            order_by=order,
            orderable=bool(order),
            extra_columns=own,
            sequence=[*others, *kolommen],
            exclude=[code for code in KOLOMMEN if code not in kolommen],
            **kwargs,
        )

    def row_opening(self, record: Melding) -> str:
        """The tag that opens a row; see `tabelrijen`."""
        late = ' class="is-laat"' if record.is_late(self.on) else ""
        number = f' id="rij-{record.pk}"' if self.is_list else ""
        return f'<tr role="row"{late}{number}>'

    def render_nummer(self, record: Melding) -> SafeString:
        return self.tick(record) + format_html('<a href="{}">{}</a>', self.link(record), record.pk)

    def tick(self, record: Melding) -> SafeString:
        """A box to choose the row for the bulk bar, which stands outside the table."""
        if not self.kies:
            return SafeString()
        return format_html(
            '<input class="kies" type="checkbox" form="bulk" name="kies" value="{}" aria-label="{}">',
            record.pk,
            self.kies_naam % {"nr": record.pk},
        )

    def render_wat(self, record: Melding) -> SafeString:
        marks = [
            icoon("vlag", titel=_("Hoge prioriteit")) if record.prioriteit == Prioriteit.HOOG else "",
            icoon("slot", titel=_("Gevoelig")) if record.categorie.is_gevoelig else "",
            icoon("foto", titel=_("Met foto")) if getattr(record, "heeft_foto", False) else "",
            icoon("herhaal", titel=_("Vaker gemeld")) if record.aantal_volgers else "",
            icoon("lijst", titel=_("Met open deeltaken")) if record.deeltaken_open else "",
        ]
        return format_html(
            '<strong>{}</strong> {}{}{}{}{}<span class="rij__tekst">{}</span>',
            record.categorie.naam,
            *marks,
            _shown_text(record),
        ) + labels_html(record)

    def render_waar(self, record: Melding) -> SafeString:
        place = record.adres or record.plaats_in_woorden or _("alleen op de kaart")
        wijk = record.wijk.naam if record.wijk else _("geen wijk")
        return format_html('{}<span class="rij__tekst">{}</span>', place, wijk)

    def render_termijn(self, record: Melding) -> str | SafeString:
        day = record.volgende_termijn
        if day is None:
            still = record.status in PAUSED
            return pill(_("klok staat stil"), icoon_naam="pauze") if still else "–"
        clock = _("oplossing") if record.gereageerd_op else _("eerste reactie")
        if day < self.on:
            mark = pill(_("te laat"), "laat")
        elif day == self.on:
            mark = pill(_("vandaag"), "bezig", "klok")
        else:
            mark = ""
        return format_html('{} {}<span class="rij__tekst">{}</span>', datum_kort(day), mark, clock)

    def render_status(self, record: Melding) -> str:
        return status_pill(record)

    def render_wie(self, record: Melding) -> SafeString:
        team = record.team.naam if record.team else _("geen team")
        if record.behandelaar is None:
            return format_html('{}<span class="rij__tekst">{}</span>', _("niemand"), team)
        who = record.behandelaar.naam
        if record.behandelaar_id != self.user_id and record.behandelaar_id in self.reach.gebruiker_ids:
            who = _("voor %(naam)s") % {"naam": who}
        return format_html('{}<span class="rij__tekst">{}</span>', who, team)

    def render_doen(self, record: Melding) -> str:
        return next_step(record, self.on)

    def render_ontvangen(self, record: Melding) -> str:
        return datum_kort(record.ontvangen_op)


def _shown_text(record: Melding) -> str:
    """The begin of the text; of what is sensitive none, because who opens it to read is written down."""
    if record.categorie.is_gevoelig:
        return _("Gevoelig: open de melding om ze te lezen.")
    return record.omschrijving[:160]


def labels_html(record: Melding) -> SafeString:
    """The labels of a report that was read with them, each as its word."""
    rows = getattr(record, "labelrij", None)
    if not rows:
        return SafeString()
    return format_html_join(
        "", '<span class="label label--{}">{}</span>', ((row["kleur"], row["naam"]) for row in rows)
    )


KINDS = {Status.IN_BEHANDELING: "bezig", Status.INGEPLAND: "bezig"}
ICONS = {
    Status.NIEUW: "in",
    Status.TOEGEWEZEN: "team",
    Status.INGEPLAND: "kalender",
    Status.WACHT_OP_MELDER: "pauze",
    Status.BIJ_PARTNER: "verwijs",
    Status.HEROPEND: "herhaal",
}


def status_pill(record: Melding) -> str:
    """The status as a word with an icon; green only for what is solved."""
    if record.status == Status.AFGESLOTEN:
        return pill(record.get_sluitreden_display(), "goed" if record.sluitreden == "opgelost" else "", "vink")
    return pill(record.get_status_display(), KINDS.get(record.status, ""), ICONS.get(record.status, ""))
