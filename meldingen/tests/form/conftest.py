import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from kern.geo.lambert import format_coordinates
from meldingen.forms import draft
from meldingen.tests import factories


@pytest.fixture
def zwerfvuil(cast):
    """A category of the buurtwerkplaats, without questions."""
    main = factories.CategorieFactory(code="afval", naam="Afval en netheid")
    return factories.SubcategorieFactory(
        code="zwerfvuil",
        naam="Zwerfvuil",
        naam_fr="Déchets sauvages",
        synoniemen="rommel, blikjes, kaçak çöp",
        teamsoort="buurtwerkplaats",
        hoofdcategorie=main,
    )


@pytest.fixture
def sluikstort(zwerfvuil):
    """A category with three questions: a number, yes or no, and one that is asked only after yes."""
    categorie = factories.SubcategorieFactory(
        code="sluikstort", naam="Sluikstort", synoniemen="matras, zetel", hoofdcategorie=zwerfvuil.hoofdcategorie
    )
    factories.VraagFactory(categorie=categorie, code="hoeveel", tekst="Hoeveel stukken?", soort="getal")
    gevaar = factories.VraagFactory(
        categorie=categorie, code="gevaar", tekst="Is het gevaarlijk?", soort="ja_nee", is_verplicht=True
    )
    factories.VraagFactory(
        categorie=categorie,
        code="wat",
        tekst="Wat is er gevaarlijk?",
        soort="tekst",
        is_verplicht=True,
        alleen_als=gevaar,
        alleen_als_antwoord="ja",
    )
    return categorie


@pytest.fixture
def patient(monkeypatch):
    """Nobody in a test waits the three seconds in which no person can fill in the form."""
    monkeypatch.setattr(draft, "MIN_SECONDS", -1)


def picture(name="foto.jpg", color="green"):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


class Visitor:
    """Somebody who fills in the form with a real browser's session."""

    def __init__(self, client):
        self.client = client

    def get(self, step, **query):
        return self.client.get(reverse(f"meldingen:new_{step}"), query)

    def post(self, step, data=None, **extra):
        url = reverse(f"meldingen:new_{step}")
        answer = self.client.post(url, data or {}, **extra)
        is_refused = answer.status_code == 302 and answer.url == url and step in self.draft["geweigerd"]
        return self.get(step) if is_refused else answer

    def opens(self):
        answer = self.get("waar")
        return answer.context["form"].initial["stempel"]

    def waar(self, punt=factories.CENTRE, **data):
        stempel = self.opens()
        return self.post("waar", {"stempel": stempel, "plaats": format_coordinates(punt) if punt else "", **data})

    def wat(self, categorie, omschrijving="Er liggen blikjes in het gras.", **data):
        return self.post("wat", {"categorie": categorie.pk, "omschrijving": omschrijving, **data})

    def fotos(self, *files, **data):
        return self.post("foto", {"fotos": list(files), **data} if files else data)

    def contact(self, **data):
        return self.post("contact", data)

    def until_summary(self, categorie, **contact):
        self.waar()
        if self.wat(categorie).url.endswith("in-de-buurt/"):
            self.post("buurt")
        self.fotos()
        return self.contact(**contact)

    def inzending(self):
        return self.get("samenvatting").context["form"]["inzending"].value()

    def sends(self, **data):
        return self.post("samenvatting", {"inzending": self.inzending(), **data})

    @property
    def draft(self):
        return self.client.session.get(draft.KEY)


@pytest.fixture
def visitor(client, cast, no_limits):
    return Visitor(client)


def where(answer):
    """The step that an answer leads to."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer.url.removeprefix("/meldingen/nieuw/").strip("/")


def text(answer):
    return " ".join(answer.content.decode().split())


def age(visitor, seconds):
    """Let the draft have been opened some seconds earlier."""
    session = visitor.client.session
    signer = draft._signer
    real = time.time
    try:
        time.time = lambda: real() - seconds
        session[draft.KEY] = {**session[draft.KEY], "stempel": signer.sign("formulier")}
    finally:
        time.time = real
    session.save()
