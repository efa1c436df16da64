import pytest

from kern.berichten import registry
from kern.berichten.registry import MailSoort, Tekst
from tests.mailserver import mail_server

SOORT = MailSoort(
    code="proef",
    naam="Proefmail",
    placeholders={"naam": "naam", "link": "adres", "toelichting": "uitleg"},
    teksten={
        "nl": Tekst("Dag {naam}", "Dag {naam},\n\n{toelichting}\n\nBekijk het:\n{link}"),
        "fr": Tekst("Bonjour {naam}", "Bonjour {naam},\n\n{toelichting}\n\nVoir :\n{link}"),
    },
)
CONTEXT = {"naam": "Ayşe", "link": "http://localhost:8000/x/1", "toelichting": ""}


@pytest.fixture(autouse=True)
def _proef():
    registry.register(SOORT)
    yield
    registry._soorten.pop("proef")


@pytest.fixture
def bus(settings):
    with mail_server() as bus:
        settings.EMAIL_BACKEND = "kern.berichten.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", bus.port, 5
        yield bus
