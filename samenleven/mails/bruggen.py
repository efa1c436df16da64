"""What bruggenbouwers, who supports them and the jury get in their mail box. What somebody typed is in none of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token

from ..models import Bruggenbouwer, Jurylid, Steun
from . import absolute

BRUG_SALT, ZOEK_SALT, STEUN_SALT, JURY_SALT = (
    "samenleven.bruggenbouwer",
    "samenleven.steun_zoeken",
    "samenleven.steun",
    "samenleven.jury",
)
_LINK = {"link": "persoonlijke link"}
KINDS = {
    "bruggenbouwer_gevraagd": ("Bruggenbouwer: je bent voorgedragen", _LINK),
    "bruggenbouwer_zoekt_steun": ("Bruggenbouwer: zoek twee mensen die steunen", _LINK),
    "bruggenbouwer_steun": ("Bruggenbouwer: bevestig je steun", _LINK),
    "bruggenbouwer_label": ("Bruggenbouwer: je hebt het label", {**_LINK, "tot": "laatste dag van het label"}),
    "bruggenbouwer_niet_gekozen": ("Bruggenbouwer: niet gekozen", _LINK),
    "bruggenbouwer_loopt_af": ("Bruggenbouwer: je label loopt af", {**_LINK, "tot": "laatste dag van het label"}),
    "bruggenbouwer_verlengd": ("Bruggenbouwer: je label is verlengd", {**_LINK, "tot": "laatste dag van het label"}),
    "jury_lezen": (
        "Jury: lees de voordrachten",
        {**_LINK, "ronde": "naam van de ronde", "tot": "laatste dag om te lezen"},
    ),
}
EXAMPLES = {"ronde": "voorjaar 2027", "tot": "31 mei 2027", "link": f"{settings.PORTAL_URL}/"}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def brug_token(row: Bruggenbouwer) -> str:
    """For whoever was put forward."""
    return link_token(row.sleutel, BRUG_SALT)


def zoek_token(row: Bruggenbouwer) -> str:
    """For whoever may support the nomination."""
    return link_token(row.sleutel, ZOEK_SALT)


def steun_token(row: Steun) -> str:
    return link_token(row.sleutel, STEUN_SALT)


def jury_token(row: Jurylid) -> str:
    return link_token(row.sleutel, JURY_SALT)


def ask_consent(row: Bruggenbouwer) -> None:
    _to_nominee("bruggenbouwer_gevraagd", row, "gevraagd")


def seek_support(row: Bruggenbouwer) -> None:
    """To who put them forward: the link to pass on to others."""
    if row.door_email:
        _send(
            "bruggenbouwer_zoekt_steun",
            f"bruggenbouwer:{row.pk}:zoekt_steun",
            row.door_email,
            row.taal,
            row,
            link=absolute("samenleven:brug_steun", zoek_token(row)),
        )


def confirm_support(steun: Steun, at: datetime) -> None:
    """Once a day at most, however often somebody asks."""
    _send(
        "bruggenbouwer_steun",
        f"steun:{steun.pk}:{at:%Y-%m-%d}",
        steun.email,
        steun.taal,
        steun,
        link=absolute("samenleven:brug_steun_bevestig", steun_token(steun)),
    )


def label(row: Bruggenbouwer) -> None:
    _to_nominee("bruggenbouwer_label", row, f"label:{row.label_op}", tot=row.geldig_tot)


def not_chosen(row: Bruggenbouwer) -> None:
    _to_nominee("bruggenbouwer_niet_gekozen", row, f"niet_gekozen:{row.ronde_id}")


def ending(row: Bruggenbouwer) -> bool:
    """Whether a mail was written: there is one for each end of a label."""
    return _to_nominee("bruggenbouwer_loopt_af", row, f"loopt_af:{row.geldig_tot}", tot=row.geldig_tot)


def renewed(row: Bruggenbouwer) -> None:
    _to_nominee("bruggenbouwer_verlengd", row, f"verlengd:{row.geldig_tot}", tot=row.geldig_tot)


def ask_jury(lid: Jurylid, versie: int) -> None:
    _send(
        "jury_lezen",
        f"jury:{lid.pk}:{versie}",
        lid.email,
        "nl",
        lid,
        link=absolute("samenleven:jury", jury_token(lid)),
        ronde=lid.ronde.naam,
        tot=lid.ronde.lezen_tot,
    )


def _to_nominee(soort: str, row: Bruggenbouwer, occasion: str, **extra: str | date | None) -> bool:
    if not row.email:
        return False
    return _send(
        soort,
        f"bruggenbouwer:{row.pk}:{occasion}",
        row.email,
        row.taal,
        row,
        link=absolute("samenleven:brug_mijn", brug_token(row)),
        **extra,
    )


def _send(
    soort: str, sleutel: str, aan: str, taal: str, over: Bruggenbouwer | Steun | Jurylid, **words: str | date | None
) -> bool:
    written = berichten.enqueue(
        sleutel=sleutel,
        soort=soort,
        aan=aan,
        taal=taal,
        context=_context(words, taal),
        context_nl=None if taal == "nl" else _context(words, "nl"),
        over=over,
    )
    return written is not None


def _context(words: dict[str, str | date | None], taal: str) -> dict[str, str]:
    with translation.override(taal):
        return {
            name: date_format(value, "l j F Y") if isinstance(value, date) else str(value or "")
            for name, value in words.items()
        }
