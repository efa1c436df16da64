"""The figures: numbers that lead to their lists, charts, the same as a file, and what each number means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from kern.documenten.werkblad import CSV_TYPE, csv_bytes
from kern.gebruikers.models import Rol
from kern.grafiek.tekenen import Lijnen, Reeks, Staaf, Staven
from wijken.models import Team, Wijk

from ...forms.cijfers import CijferForm, Namen
from ...models import Categorie
from ...queries import cijfers, terugkoppeling
from ...queries.cijfers import AGE_NAMES, NONE, Overzicht, Rij, Vraag
from .gate import StaffRequest, for_staff


@dataclass(frozen=True)
class Kolom:
    """A column of the table: the number it shows, of which `Rij` it takes it, and the list it leads to."""

    code: str
    kop: str
    lijst: str
    eenheid: str = ""

    def value(self, rij: Rij) -> int | None:
        found: int | None = rij.n[self.code] if self.code in cijfers.LISTS else getattr(rij, self.code)
        return found


KOLOMMEN = [
    Kolom("binnen", "Binnen", "binnen"),
    Kolom("uit", "Afgesloten", "uit"),
    Kolom("open", "Open", "open"),
    *(Kolom(f"open_{code}", f"open, {naam}", f"open_{code}") for code, naam in AGE_NAMES.items()),
    Kolom("te_laat", "Open en te laat", "te_laat"),
    Kolom("op_tijd_pct", "Op tijd", "op_tijd", "\u00a0%"),
    Kolom("mediaan_dagen", "Middelste duur", "uit", "\u00a0d"),
    Kolom("heropend_pct", "Heropend", "heropend", "\u00a0%"),
    Kolom("tevreden_pct", "Tevreden", "tevreden", "\u00a0%"),
    Kolom("gehouden", "Belofte gehouden", "gehouden"),
    Kolom("verzet", "op tijd verzet", "verzet"),
    Kolom("gebroken", "gebroken", "gebroken"),
]
KEY = "-sleutel-"
BIG = ["binnen", "uit", "open", "op_tijd_pct", "tevreden_pct"]


@dataclass(frozen=True)
class Getal:
    """A number as it is shown, with the address of its list; empty text for what is too small to show."""

    kolom: Kolom
    tekst: str
    href: str


@dataclass(frozen=True)
class Regel:
    naam: str
    getallen: list[Getal]


@dataclass(frozen=True)
class Cijfers:
    """What was asked, and the answer."""

    form: CijferForm
    vraag: Vraag
    namen: Namen
    overzicht: Overzicht
    bereik: dict[str, str]
    adressen: dict[str, str] = field(default_factory=dict)

    def href(self, number: str, sleutel: str | None = None) -> str:
        if sleutel is None:
            return self._address(number, None)
        # The rows of the table differ in their key alone: the address of each number is made once.
        if number not in self.adressen:
            self.adressen[number] = self._address(number, KEY)
        return self.adressen[number].replace(KEY, quote_plus(sleutel))

    def _address(self, number: str, sleutel: str | None) -> str:
        query = cijfers.list_query(number, self.vraag, sleutel) | self.bereik
        return f"{reverse('meldingen:staff_list')}?{urlencode(query, doseq=True)}"

    def number(self, kolom: Kolom, rij: Rij) -> Getal:
        value = kolom.value(rij)
        tekst = "" if value is None else f"{value:,}".replace(",", ".") + kolom.eenheid
        return Getal(kolom, tekst, self.href(kolom.lijst, rij.sleutel))

    def line(self, naam: str, rij: Rij) -> Regel:
        return Regel(naam, [self.number(kolom, rij) for kolom in KOLOMMEN])

    @property
    def rijen(self) -> list[tuple[str, Rij]]:
        """The rows by name; what has no wijk or team comes last."""
        named = [(self.namen.of(self.vraag.per, rij.sleutel or NONE), rij) for rij in self.overzicht.rijen]
        return sorted(named, key=lambda row: (row[1].sleutel == NONE, row[0].lower()))


@for_staff
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """Numbers, charts and a table for a period; each number leads to the reports it counts."""
    found = _ask(request)
    big = {kolom.code: kolom for kolom in KOLOMMEN}
    context = {
        "form": found.form,
        "vraag": found.vraag,
        "groot": [found.number(big[code], found.overzicht.totaal) for code in BIG],
        "grafieken": _charts(found),
        "leeftijd": _ages(found),
        "kolommen": KOLOMMEN,
        "regels": [found.line(naam, rij) for naam, rij in found.rijen],
        "totaal": found.line("Alles samen", found.overzicht.totaal),
        "hele_stad": not found.bereik or request.user.has_role(Rol.LEZER),
        "leidt": terugkoppeling.leads(request.user, request.reach),
        "nu": timezone.now(),
        "csv": f"{reverse('meldingen:figures_csv')}?{request.GET.urlencode()}",
        "min_meldingen": cijfers.MIN_REPORTS,
        "min_antwoorden": cijfers.MIN_ANSWERS,
    }
    return render(request, "meldingen/werk/cijfers.html", context)


@for_staff
@require_safe
def figures_csv(request: StaffRequest) -> HttpResponse:
    """The table as a file for a spreadsheet; what is too small to show is empty there too."""
    found = _ask(request)
    head = [found.vraag.per.capitalize()]
    head += [f"{kolom.kop} ({kolom.eenheid.strip()})" if kolom.eenheid else kolom.kop for kolom in KOLOMMEN]
    rows = [*found.rijen, ("Alles samen", found.overzicht.totaal)]
    lines = ([naam, *(kolom.value(rij) for kolom in KOLOMMEN)] for naam, rij in rows)
    name = f"cijfers-{found.vraag.van:%Y-%m}-{found.vraag.tot:%Y-%m}.csv"
    response = HttpResponse(b"".join(csv_bytes(head, lines)), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_staff
@require_safe
def figures_explained(request: StaffRequest) -> HttpResponse:
    """What each number means, and what is left out."""
    context = {"min_meldingen": cijfers.MIN_REPORTS, "min_antwoorden": cijfers.MIN_ANSWERS}
    return render(request, "meldingen/werk/cijfers_uitleg.html", context)


def _ask(request: StaffRequest) -> Cijfers:
    on, namen = timezone.localdate(), _names()
    form = CijferForm(request.GET, namen=namen, on=on)
    vraag = form.vraag()
    overzicht = cijfers.overview(vraag, request.user, request.reach, on)
    bereik = {} if request.user.has_role(Rol.BEHEERDER) else {"bereik": "cijfers"}
    return Cijfers(form, vraag, namen, overzicht, bereik)


def _names() -> Namen:
    wijken = {str(pk): naam for pk, naam in Wijk.objects.values_list("pk", "naam")}
    teams = {str(pk): naam for pk, naam in Team.objects.values_list("pk", "naam")}
    categories = list(Categorie.objects.values_list("pk", "naam", "hoofdcategorie"))
    below: dict[str, list[tuple[str, str]]] = {str(pk): [] for pk, _naam, top in categories if top is None}
    for pk, naam, top in categories:
        if top is not None:
            below[str(top)].append((str(pk), naam))
    return Namen(
        wijk={**wijken, NONE: "geen wijk"},
        team={**teams, NONE: "geen team"},
        categorie={str(pk): naam for pk, naam, _top in categories},
        hoofd=below,
    )


def _label(month: date) -> str:
    return date_format(month, "M").lower().replace(".", "") + (f" {month:%y}" if month.month == 1 else "")


def _charts(found: Cijfers) -> list[Lijnen]:
    trend = found.overzicht.verloop
    labels = [_label(row.maand) for row in trend]
    return [
        Lijnen(
            "verloop",
            "Binnen en afgesloten",
            "Hoeveel meldingen er per maand binnenkwamen en afgesloten werden, de laatste twaalf maanden.",
            labels,
            [
                Reeks("binnen", [row.rij.n["binnen"] for row in trend]),
                Reeks("afgesloten", [row.rij.n["uit"] for row in trend]),
            ],
        ),
        Lijnen(
            "tijdig",
            "Op tijd afgesloten",
            "Welk deel van wat in een maand afgesloten werd, op tijd was. Wat nog open staat, telt hier niet mee.",
            labels,
            [Reeks("op tijd", [row.op_tijd_pct for row in trend])],
            eenheid="%",
            hoogste=100,
        ),
    ]


def _ages(found: Cijfers) -> Staven:
    total = found.overzicht.totaal
    bars = [Staaf(naam, total.n[f"open_{code}"], found.href(f"open_{code}")) for code, naam in AGE_NAMES.items()]
    return Staven("leeftijd", "Open, en hoe lang al", "Hoe lang geleden de open meldingen binnenkwamen.", bars)
