"""Send a report and follow it."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from kern.geo import Punt
from wijken.models import WijkRing
from wijken.queries import wijk_at

from .. import privacy, publiek
from ..forms.questions import VragenForm, choices, field_name
from ..forms.steps import ContactForm
from ..models import Categorie, Melding, Vraag
from ..queries import api as queries
from .basis import PlaatsSerializer

STATES = [
    ("ontvangen", "ontvangen, nog niet bekeken of toegewezen"),
    ("in_behandeling", "een team werkt eraan"),
    ("ingepland", "er is een dag gepland"),
    ("wacht_op_melder", "we vroegen iets en wachten op het antwoord"),
    ("bij_partner", "een andere organisatie werkt eraan"),
    ("heropend", "weer open"),
    ("afgesloten", "afgesloten"),
]


class KeuzeSerializer(serializers.Serializer):
    waarde = serializers.CharField(help_text="Stuur deze waarde.")
    naam = serializers.CharField()


class VraagSerializer(serializers.Serializer):
    code = serializers.CharField()
    tekst = serializers.CharField()
    hulp = serializers.CharField(allow_blank=True)
    soort = serializers.ChoiceField(choices=Vraag.Soort.choices)
    verplicht = serializers.BooleanField()
    keuzes = KeuzeSerializer(many=True)
    alleen_als = serializers.CharField(allow_null=True, help_text="Alleen gesteld na deze vraag…")
    alleen_als_antwoord = serializers.CharField(allow_null=True, help_text="…met dit antwoord.")


class CategorieSerializer(serializers.Serializer):
    code = serializers.CharField()
    naam = serializers.CharField()
    uitleg = serializers.CharField(allow_blank=True)
    groep = serializers.CharField()
    vragen = VraagSerializer(many=True)


def category(row: Categorie) -> dict[str, Any]:
    """A category with its questions, as `CategorieSerializer` describes it."""
    group = row.hoofdcategorie
    return {
        "code": row.code,
        "naam": row.naam,
        "uitleg": row.uitleg,
        "groep": group.naam if group else "",
        "vragen": [_question(vraag) for vraag in row.vragen.all()],
    }


def _question(vraag: Vraag) -> dict[str, Any]:
    rows = choices(vraag) if vraag.soort == Vraag.Soort.KEUZE else []
    if vraag.soort == Vraag.Soort.JA_NEE:
        rows = [("ja", "Ja"), ("nee", "Nee")]
    before = vraag.alleen_als
    return {
        "code": vraag.code,
        "tekst": vraag.tekst,
        "hulp": vraag.hulp,
        "soort": vraag.soort,
        "verplicht": vraag.is_verplicht,
        "keuzes": [{"waarde": value, "naam": name} for value, name in rows],
        "alleen_als": before.code if before else None,
        "alleen_als_antwoord": vraag.alleen_als_antwoord if before else None,
    }


class NieuweMeldingSerializer(serializers.Serializer):
    """Een melding zoals een bewoner ze doet. De regels zijn die van het formulier op de site."""

    categorie = serializers.CharField(max_length=40, help_text="De code van een categorie.")
    omschrijving = serializers.CharField(max_length=4000)
    plaats = PlaatsSerializer(required=False, allow_null=True)
    adres = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    plaats_in_woorden = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    antwoorden = serializers.DictField(
        child=serializers.CharField(max_length=1000, allow_blank=True),
        required=False,
        default=dict,
        help_text="Per code van een vraag het antwoord.",
    )
    naam = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    telefoon = serializers.CharField(
        max_length=30,
        required=False,
        allow_blank=True,
        default="",
        validators=[v for v in ContactForm.base_fields["telefoon"].validators if isinstance(v, RegexValidator)],
    )
    taal = serializers.ChoiceField(choices=["nl", "fr", "en"], required=False, default="nl")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """What `actions.submit` needs; at most three queries."""
        wrong: dict[str, Any] = {}
        categorie, questions = queries.category_with_questions(data["categorie"], self.context["on"])
        if categorie is None:
            wrong["categorie"] = ["Deze categorie bestaat niet."]
        elif categorie.stoppagina:
            wrong["categorie"] = [_stop(categorie.stoppagina)]
        place = self._place(data, wrong)
        answers = self._answers(data["antwoorden"], questions, wrong) if categorie else {}
        if wrong:
            raise serializers.ValidationError(wrong)
        return {
            **{
                name: data[name] for name in ("omschrijving", "adres", "plaats_in_woorden", "naam", "email", "telefoon")
            },
            "taal": data["taal"],
            "let_op_gegevens": bool(privacy.find(data["omschrijving"])),
            "categorie": categorie,
            "antwoorden": answers,
            **place,
        }

    def _place(self, data: dict[str, Any], wrong: dict[str, Any]) -> dict[str, Any]:
        given = data.get("plaats")
        punt = Punt(given["lon"], given["lat"]) if given else None
        if punt is None:
            if not data["adres"].strip() and not data["plaats_in_woorden"].strip():
                wrong["plaats"] = ["Zeg waar het is: met een plaats, een adres of in woorden."]
            return {"plaats": None, "wijk": None}
        wijk = wijk_at(punt)
        if wijk is None and WijkRing.objects.exists():
            wrong["plaats"] = ["Deze plaats ligt niet in Genk."]
        return {"plaats": punt, "wijk": wijk}

    def _answers(self, given: dict[str, str], questions: list[Vraag], wrong: dict[str, Any]) -> dict[Vraag, str]:
        rows = {vraag.code: vraag for vraag in questions}
        errors: dict[str, Any] = {code: ["Deze vraag bestaat niet."] for code in given if code not in rows}
        typed = {field_name(rows[code]): value for code, value in given.items() if code in rows}
        form = VragenForm(typed, questions=questions)
        if page := form.stop():
            errors[""] = [_stop(page)]
        elif not form.is_valid():
            codes = {field_name(vraag): vraag.code for vraag in questions}
            errors |= {codes.get(name, name): list(found) for name, found in form.errors.items()}
        if errors:
            wrong["antwoorden"] = errors
            return {}
        by_number = {str(vraag.pk): vraag for vraag in questions}
        return {by_number[pk]: words for pk, words in form.result()["antwoorden"].items()}


def _stop(page: Any) -> str:
    return " ".join(part for part in (f"{page.titel}.", page.telefoon, page.website) if part)


class StatusSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=STATES)
    woord = serializers.CharField(help_text="Zoals de bewoner het leest.")
    zin = serializers.CharField()


class StapSerializer(serializers.Serializer):
    moment = serializers.ChoiceField(choices=["geweest", "nu", "beloofd"])
    titel = serializers.CharField()
    wanneer = serializers.CharField(allow_null=True, help_text="Een dag, of een moment met zijn zone.")
    tekst = serializers.CharField(allow_blank=True)


class GevolgdeMeldingSerializer(serializers.Serializer):
    """Een melding voor wie haar volgcode heeft. Zonder de gegevens van de melder."""

    nummer = serializers.IntegerField()
    code = serializers.CharField(help_text="De volgcode: wie ze kent, kan de melding volgen.")
    volg_url = serializers.CharField()
    categorie = serializers.CharField()
    status = StatusSerializer()
    is_open = serializers.BooleanField()
    ontvangen_op = serializers.DateTimeField()
    reactie_uiterlijk = serializers.DateField(help_text="Uiterlijk dan hoort de melder van ons.")
    oplossing_beloofd = serializers.DateField(help_text="De eerste belofte.")
    oplossing_uiterlijk = serializers.DateField(help_text="De belofte die nu geldt.")
    gepland_op = serializers.DateField(allow_null=True)
    afgesloten_op = serializers.DateTimeField(allow_null=True)
    stappen = StapSerializer(many=True)


def followed(melding: Melding, steps: list[publiek.Stap], url: str, on: Any) -> dict[str, Any]:
    """A report as `GevolgdeMeldingSerializer` describes it."""
    words = publiek.public_status(melding, on=on, eigen=True)
    code = melding.status if melding.status in dict(STATES) else "ontvangen"
    return {
        "nummer": melding.pk,
        "code": melding.code,
        "volg_url": url,
        "categorie": melding.categorie.code,
        "status": {"code": code, "woord": words.woord, "zin": words.zin},
        "is_open": melding.is_open,
        "ontvangen_op": melding.ontvangen_op,
        "reactie_uiterlijk": melding.reactie_uiterlijk,
        "oplossing_beloofd": melding.oplossing_beloofd,
        "oplossing_uiterlijk": melding.oplossing_uiterlijk,
        "gepland_op": melding.gepland_op,
        "afgesloten_op": melding.afgesloten_op,
        "stappen": [
            {
                "moment": step.moment,
                "titel": step.titel,
                "wanneer": step.wanneer.isoformat() if step.wanneer else None,
                "tekst": step.tekst,
            }
            for step in steps
        ],
    }
