"""Reports as colleagues see them, and the steps they take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ..models import Melding
from ..models.categorie import Prioriteit
from ..queries.dossier import Verhaallijn
from ..states import Sluitreden, Status
from .basis import PlaatsSerializer, place

# What a database of ours can name.
STATUSES = Status.choices
MAX_KEY = 2**63 - 1
MAX_VERSION = 2**31 - 1


class NaamSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    naam = serializers.CharField()


class CodeNaamSerializer(serializers.Serializer):
    code = serializers.CharField()
    naam = serializers.CharField()


class MeldingRijSerializer(serializers.Serializer):
    """Een melding in een lijst."""

    nummer = serializers.IntegerField()
    versie = serializers.IntegerField(help_text="Stuur deze mee met een stap.")
    status = serializers.ChoiceField(choices=STATUSES)
    status_naam = serializers.CharField()
    prioriteit = serializers.ChoiceField(choices=Prioriteit.choices)
    categorie = CodeNaamSerializer()
    wijk = CodeNaamSerializer(allow_null=True)
    team = NaamSerializer(allow_null=True)
    behandelaar = NaamSerializer(allow_null=True)
    bron = serializers.CharField()
    adres = serializers.CharField(allow_blank=True)
    plaats = PlaatsSerializer(allow_null=True)
    ontvangen_op = serializers.DateTimeField()
    volgende_termijn = serializers.DateField(allow_null=True)
    is_te_laat = serializers.BooleanField()
    oplossing_uiterlijk = serializers.DateField()
    gepland_op = serializers.DateField(allow_null=True)
    afgesloten_op = serializers.DateTimeField(allow_null=True)


class LijstSerializer(serializers.Serializer):
    resultaten = MeldingRijSerializer(many=True)
    volgende = serializers.CharField(allow_null=True, help_text="Het adres van de volgende bladzijde.")
    vorige = serializers.CharField(allow_null=True, help_text="Het adres van de vorige bladzijde.")


class MelderSerializer(serializers.Serializer):
    naam = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    telefoon = serializers.CharField(allow_blank=True)


class AntwoordSerializer(serializers.Serializer):
    code = serializers.CharField()
    vraag = serializers.CharField()
    antwoord = serializers.CharField(allow_blank=True)


class VerhaallijnSerializer(serializers.Serializer):
    op = serializers.DateTimeField()
    titel = serializers.CharField()
    door = serializers.CharField()
    tekst = serializers.CharField(allow_blank=True)
    voor_melder = serializers.BooleanField(help_text="Of de melder dit ook leest.")


class DossierSerializer(MeldingRijSerializer):
    """Een melding met alles erbij."""

    omschrijving = serializers.CharField(allow_blank=True)
    plaats_in_woorden = serializers.CharField(allow_blank=True)
    afsluitreden = serializers.ChoiceField(choices=Sluitreden.choices, allow_null=True)
    reactie_uiterlijk = serializers.DateField()
    oplossing_beloofd = serializers.DateField()
    openbaar = serializers.BooleanField()
    openbare_tekst = serializers.CharField(allow_blank=True)
    antwoorden = AntwoordSerializer(many=True)
    melder = MelderSerializer(allow_null=True, help_text="Leeg voor wie geen meldingen behandelt.")
    verhaal = VerhaallijnSerializer(many=True)
    stappen = serializers.ListField(child=serializers.CharField(), help_text="Wat er nu met de melding kan.")


def row(melding: Melding, on: Any) -> dict[str, Any]:
    """A report as `MeldingRijSerializer` describes it."""
    team, person, wijk = melding.team, melding.behandelaar, melding.wijk
    return {
        "nummer": melding.pk,
        "versie": melding.versie,
        "status": melding.status,
        "status_naam": melding.get_status_display(),
        "prioriteit": melding.prioriteit,
        "categorie": {"code": melding.categorie.code, "naam": melding.categorie.naam},
        "wijk": {"code": wijk.code, "naam": wijk.naam} if wijk else None,
        "team": {"id": team.pk, "naam": team.naam} if team else None,
        "behandelaar": {"id": person.pk, "naam": person.naam} if person else None,
        "bron": melding.bron,
        "adres": melding.adres,
        "plaats": place(melding.plaats),
        "ontvangen_op": melding.ontvangen_op,
        "volgende_termijn": melding.volgende_termijn,
        "is_te_laat": melding.is_late(on),
        "oplossing_uiterlijk": melding.oplossing_uiterlijk,
        "gepland_op": melding.gepland_op,
        "afgesloten_op": melding.afgesloten_op,
    }


def dossier(
    melding: Melding, story: list[Verhaallijn], steps: list[str], *, on: Any, with_reporter: bool
) -> dict[str, Any]:
    """A report as `DossierSerializer` describes it; who reported only for who handles reports."""
    melder = melding.melder_of_niemand
    return {
        **row(melding, on),
        "omschrijving": melding.omschrijving,
        "plaats_in_woorden": melding.plaats_in_woorden,
        "afsluitreden": melding.sluitreden or None,
        "reactie_uiterlijk": melding.reactie_uiterlijk,
        "oplossing_beloofd": melding.oplossing_beloofd,
        "openbaar": melding.openbaar,
        "openbare_tekst": melding.openbare_tekst,
        "antwoorden": [
            {"code": answer.vraag.code, "vraag": answer.vraag.tekst, "antwoord": answer.waarde}
            for answer in melding.antwoorden.all()
        ],
        "melder": {"naam": melder.naam, "email": melder.email, "telefoon": melder.telefoon} if with_reporter else None,
        "verhaal": [
            {
                "op": line.op,
                "titel": line.titel,
                "door": line.door,
                "tekst": line.tekst,
                "voor_melder": line.voor_melder,
            }
            for line in story
        ],
        "stappen": steps,
    }


class StapSerializer(serializers.Serializer):
    """A step. `versie` is the report as the program last read it."""

    versie = serializers.IntegerField(min_value=0, max_value=MAX_VERSION, help_text="De versie die je laatst las.")


def _words(help_text: str, *, required: bool = True) -> serializers.CharField:
    extra: dict[str, Any] = {} if required else {"required": False, "allow_blank": True, "default": ""}
    return serializers.CharField(max_length=2000, help_text=help_text, **extra)


class StartSerializer(StapSerializer):
    toelichting = _words("Bericht aan de melder.", required=False)


class PlanSerializer(StapSerializer):
    gepland_op = serializers.DateField(help_text="De dag waarop het gebeurt.")
    toelichting = _words("Bericht aan de melder; nodig na de beloofde dag.", required=False)


class SluitSerializer(StapSerializer):
    sluitreden = serializers.ChoiceField(choices=Sluitreden.choices)
    toelichting = _words("Bericht aan de melder.")


class WijsToeSerializer(StapSerializer):
    team = serializers.IntegerField(min_value=1, max_value=MAX_KEY, required=False, allow_null=True, default=None)
    behandelaar = serializers.IntegerField(
        min_value=1, max_value=MAX_KEY, required=False, allow_null=True, default=None, help_text="Id van een collega."
    )
    toelichting = _words("Voor de collega.", required=False)


class NotitieSerializer(StapSerializer):
    tekst = _words("Alleen voor collega’s.")
    genoemd = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_KEY),
        required=False,
        default=list,
        max_length=20,
        help_text="Ids van collega’s die een mail krijgen.",
    )
