"""What can change about a recommendation, in sentences that each reader gets in the own language."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .aanbeveling import Antwoord, Trede


class Verandering(TextChoices):
    """What changed. Values of rows that are older than this list are empty: their Dutch sentence stands."""

    ANTWOORD = "antwoord", "antwoord"
    NOTA = "nota", "nota"
    NOTA_WEG = "nota_weg", "nota teruggenomen"
    BEWIJS = "bewijs", "bewijs"
    BEWIJS_WEG = "bewijs_weg", "bewijs weggehaald"
    MIJLPAAL = "mijlpaal", "nieuwe mijlpaal"
    GEHAALD = "gehaald", "mijlpaal gehaald"


SENTENCES: dict[Verandering, str | Promise] = {
    Verandering.ANTWOORD: _("De stad antwoordt: %(wat)s."),
    Verandering.NOTA: _("De denktafel zet een nota naast het antwoord."),
    Verandering.NOTA_WEG: _("De denktafel neemt haar nota terug."),
    Verandering.BEWIJS: _("Er is bewijs dat dit %(wat)s is."),
    Verandering.BEWIJS_WEG: _("Het bewijs dat dit %(wat)s is, klopte niet en is weggehaald."),
    Verandering.MIJLPAAL: _("Nieuwe mijlpaal: %(wat)s."),
    Verandering.GEHAALD: _("Mijlpaal gehaald: %(wat)s."),
}

ANSWERS: dict[Antwoord, str | Promise] = {
    Antwoord.WACHT: _("wacht op een antwoord"),
    Antwoord.OVERGENOMEN: _("overgenomen"),
    Antwoord.GEDEELTELIJK: _("gedeeltelijk overgenomen"),
    Antwoord.NIET: _("niet overgenomen"),
}
RUNGS: dict[Trede, str | Promise] = {
    Trede.GEZEGD: _("gezegd"),
    Trede.BESLIST: _("beslist"),
    Trede.BEGROOT: _("begroot"),
    Trede.GESTART: _("gestart"),
    Trede.ZICHTBAAR: _("zichtbaar"),
    Trede.NAGEGAAN: _("nagegaan door bewoners"),
}


def sentence(soort: str, gegeven: str) -> str:
    """The change in the language of now; `gegeven` is an answer, a rung, or the (Dutch) title of a milestone."""
    what: str | Promise = gegeven
    if soort == Verandering.ANTWOORD:
        what = ANSWERS[Antwoord(gegeven)]
    elif soort in {Verandering.BEWIJS, Verandering.BEWIJS_WEG}:
        what = RUNGS[Trede(int(gegeven))]
    return str(SENTENCES[Verandering(soort)]) % {"wat": what}
