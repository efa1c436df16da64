"""The portal refuses to run with wrong settings, and the page about them tells the truth."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from genk_wijk.logs import without_secrets
from kern.embedded.tests.portal import environment
from kern.gebruikers.checks import DemoAccounts, no_demo_accounts, refuse_demo_accounts_in_production
from kern.gebruikers.models import Gebruiker

PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "de-sleutel-van-een-portaal-dat-niet-bestaat-4711-xyz",
    "ALLOWED_HOSTS": "wijk.genk.example",
    "PORTAL_URL": "https://wijk.genk.example",
    "DATABASE_URL": "postgres:///nergens",
    "REDIS_URL": "redis://localhost/0",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "wijk@genk.example",
}


def python(tmp_path: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(tmp_path, **variables),
        capture_output=True,
        text=True,
        check=False,
        cwd=settings.BASE_DIR,
    )


def test_every_setting_is_in_the_page_and_the_other_way_around():
    source = (settings.BASE_DIR / "genk_wijk" / "settings.py").read_text()
    page = (settings.BASE_DIR / "docs" / "settings.md").read_text()
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_0-9]+)"', source))
    assert read == set(re.findall(r"^\| `([A-Z_0-9]+)` \|", page, re.MULTILINE))


def test_every_problem_is_named_at_once_in_plain_words(tmp_path):
    result = python(tmp_path, "manage.py", "check", PORTAL_MODE="production", SECRET_KEY="kort", REDIS_URL="x")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    for name in PRODUCTION.keys() - {"PORTAL_MODE"}:
        assert f"  {name}: " in result.stderr
    assert "  SECRET_KEY: moet 50 tekens of meer zijn" in result.stderr
    assert "  EMAIL_URL: ontbreekt" in result.stderr


def test_the_deployment_check_is_clean_in_production(tmp_path):
    result = python(tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_mail_box_of_the_demo_does_not_exist_in_production(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.urls import Resolver404, resolve\n"
        "from django.apps import apps\n"
        "assert not apps.is_installed('kern.postvak')\n"
        "try: resolve('/postvak/')\n"
        "except Resolver404: print('weg')"
    )
    result = python(tmp_path, "-c", code, DJANGO_SETTINGS_MODULE="genk_wijk.settings", **PRODUCTION)
    assert result.stdout == "weg\n", result.stderr


@pytest.mark.django_db
def test_demo_accounts_are_refused_in_production_only(settings):
    Gebruiker.objects.create_user("demo@genk.example", naam="Demo", is_demo=True)
    refuse_demo_accounts_in_production()
    settings.PRODUCTION = True
    with pytest.raises(DemoAccounts):
        refuse_demo_accounts_in_production()
    assert [error.id for error in no_demo_accounts(None, databases=["default"])] == ["gebruikers.E001"]
    Gebruiker.objects.update(is_demo=False)
    refuse_demo_accounts_in_production()
    assert no_demo_accounts(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_the_web_server_itself_refuses_demo_accounts(tmp_path):
    (tmp_path / "static").mkdir()
    user = Gebruiker.objects.create_user("demo@genk.example", naam="Demo", is_demo=True)
    given = connection.settings_dict
    host = str(given["HOST"]).replace("/", "%2F")
    account = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    place = f"{host}:{given['PORT']}" if given["PORT"] else host
    url = f"postgres://{account}@{place}/{given['NAME']}"
    load = ("-c", "import genk_wijk.wsgi")
    refused = python(tmp_path, *load, **PRODUCTION | {"DATABASE_URL": url})
    assert refused.returncode == 1
    assert refused.stderr == "In deze databank staan demo-accounts; het portaal start er niet mee in productie.\n"
    user.delete()
    allowed = python(tmp_path, *load, **PRODUCTION | {"DATABASE_URL": url})
    assert (allowed.returncode, allowed.stderr) == (0, "")


def test_no_mail_address_reaches_the_log():
    event = {
        "event": "Mail aan <an@genk.example> mislukt",
        "details": {"aan": ["bo.de-wit+x@mail.genk.example"]},
        "n": 3,
    }
    assert without_secrets(None, "info", event) == {
        "event": "Mail aan <<adres>> mislukt",
        "details": {"aan": ["<adres>"]},
        "n": 3,
    }


@pytest.mark.parametrize(
    ("line", "logged"),
    [
        ("GET /meldingen/volg/ABCDE23456/", "GET /meldingen/volg/<geheim>/"),
        ("POST /meldingen/volg/ABCDE23456/antwoord/", "POST /meldingen/volg/<geheim>/antwoord/"),
        ("Not Found: /meldingen/volg/abc-de/gegevens.json", "Not Found: /meldingen/volg/<geheim>/gegevens.json"),
        ("GET /meldingen/volg/?code=ABCDE23456", "GET /meldingen/volg/?<vraag>"),
        ("GET /meldingen/gevolgd/3c2f7d0e-1c/stop/", "GET /meldingen/gevolgd/<geheim>/stop/"),
        ("GET /meldingen/mijn/ImFu:1tXyz:sig_n/", "GET /meldingen/mijn/<geheim>/"),
        ("GET /partner/3c2f7d0e.sig_n-A/foto/4/klein/", "GET /partner/<geheim>/foto/4/klein/"),
        ("POST /partner/contact/3c2f7d0e.sig_n-A/", "POST /partner/contact/<geheim>/"),
        ("GET /beheer/wijken/partner/5/change/", "GET /beheer/wijken/partner/5/change/"),
        ("GET /meldingen/nieuw/bedankt/ABCDE23456/qr.svg", "GET /meldingen/nieuw/bedankt/<geheim>/qr.svg"),
        ("GET /account/wachtwoord/nieuw/1-c4f-7e9/", "GET /account/wachtwoord/nieuw/<geheim>/"),
        ("GET /werk/meldingen/?q=An+Janssens&lijst=alle", "GET /werk/meldingen/?<vraag>"),
        ("GET /werk/meldingen/12/", "GET /werk/meldingen/12/"),
        ("https://geo.example/v4/Location?q=x", "https://geo.example/v4/Location?q=x"),
        ("Klopt dit? Ja", "Klopt dit? Ja"),
    ],
)
def test_no_secret_of_an_address_reaches_the_log(line, logged):
    assert without_secrets(None, "info", {"request": line}) == {"request": logged}


def test_a_failure_is_logged_without_the_variables_of_the_code(tmp_path):
    code = (
        "import django; django.setup()\n"
        "import logging\n"
        "def f(geheim):\n"
        "    raise ValueError('stuk')\n"
        "try: f('An ' + 'Janssens')\n"
        "except ValueError: logging.getLogger('proef').exception('mis')"
    )
    result = python(tmp_path, "-c", code, DJANGO_SETTINGS_MODULE="genk_wijk.settings", **PRODUCTION)
    assert '"ValueError"' in result.stderr
    assert "Janssens" not in result.stderr
