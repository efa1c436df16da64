"""French and English are complete for what residents see, and the files that Django reads belong to their source."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.views.defaults import server_error

from kern import catalogue
from kern.berichten import registry, render

FOLDERS = sorted(path.parent for path in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
PAGES = [
    "/",
    "/meldingen/",
    "/meldingen/nieuw/waar/",
    "/meldingen/volg/",
    "/wijken/",
    "/agenda/",
    "/agenda/maand/",
    "/privacy/",
    "/contact/",
    "/x/",
]
OURS = ("melding_", "mijn_", "partner_", "inschrijving_", "bijeenkomst_", "wijk_")
RESIDENT_MAILS = [soort for soort in registry.all_kinds() if soort.code.startswith(OURS)]


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_public_text_is_translated_with_the_same_placeholders(language):
    left = catalogue.problems(catalogue.read(language), catalogue.public_texts())
    assert not left, "run `manage.py vertalingen` and see docs/vertalen.md:\n" + "\n".join(left)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_compiled_file_is_that_of_its_source(folder):
    source = polib.pofile(str(folder / "django.po"))
    assert (folder / "django.mo").read_bytes() == source.to_binary(), "run `manage.py vertalingen`"


def test_french_never_begins_a_line_with_a_colon_or_a_question_mark():
    mails = [soort.teksten["fr"].onderwerp + soort.teksten["fr"].tekst for soort in RESIDENT_MAILS]
    texts = [text for entry in catalogue.read("fr") for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts + mails if catalogue.FRENCH_SPACE.search(text)] == [], "use a no-break space"


def test_dutch_reads_as_it_was_written():
    """No text of ours happens to be a key in a catalogue of Django or a library."""
    with translation.override("nl"):
        other = {
            bron.msgid: said
            for bron in catalogue.public_texts()
            if not bron.context and not bron.plural and (said := translation.gettext(bron.msgid)) != bron.msgid
        }
    assert other == {}


def test_a_missing_a_fuzzy_and_a_wrongly_filled_text_are_all_found():
    texts = [catalogue.Bron("Dag %(naam)s"), catalogue.Bron("Nieuw"), catalogue.Bron('Bel <a href="tel:112">112</a>')]
    made = polib.POFile()
    made.append(polib.POEntry(msgid="Dag %(naam)s", msgstr="Bonjour %(nom)s"))
    made.append(polib.POEntry(msgid=texts[2].msgid, msgstr="Appelez le 112", flags=["fuzzy"]))
    made.append(polib.POEntry(msgid="Oud", msgstr="Ancien"))
    assert sorted(line.partition(":")[0] for line in catalogue.problems(made, texts)) == [
        "fuzzy",
        "no longer used",
        "not in the catalogue",
        "other markup",
        "other placeholders",
    ]


def test_texts_are_found_in_python_and_in_templates():
    python = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A, B, C = _("een"), ngettext("%(n)d wijk", "%(n)d wijken", 2), pgettext("pagina", "Contact")
"""
    template = """{% load i18n %}{% translate "Zoek" %}{% include "x.html" with tekst=_("Toon") %}
{% blocktranslate trimmed count n=rijen|length %}{{ n }} rij{% plural %}{{ n }} rijen{% endblocktranslate %}"""
    assert list(catalogue.in_python(python)) == [
        catalogue.Bron("een"),
        catalogue.Bron("%(n)d wijk", "%(n)d wijken"),
        catalogue.Bron("Contact", context="pagina"),
    ]
    assert list(catalogue.in_template(template)) == [
        catalogue.Bron("Zoek"),
        catalogue.Bron("Toon"),
        catalogue.Bron("%(n)s rij", "%(n)s rijen"),
    ]


class Bare(HTMLParser):
    """Collects the words of a template that nobody can translate."""

    READ_ALOUD = ("aria-label", "alt", "title", "placeholder")
    WORD = re.compile(r"[^\W\d_]{3}")

    def __init__(self) -> None:
        super().__init__()
        self.found, self.inside_code = [], 0

    def handle_starttag(self, tag, attrs):
        self.inside_code += tag in ("script", "style", "code")
        self.found += [
            text for name, text in attrs if name in self.READ_ALOUD and re.search(r"[^\W\d_]{3}", text or "")
        ]

    def handle_endtag(self, tag):
        self.inside_code -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self.inside_code and self.WORD.search(data):
            self.found.append(data.strip(" \n·–"))


def test_no_public_template_has_words_outside_a_translation():
    ours = {"Genk Wijk", "gebiedsgerichtewerking@genk.be"}
    names = {*ours, "km²", "NL, Nederlands", "FR, Français", "EN, English"}
    translated = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
    code = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
    left = {}
    for path in catalogue.public_files():
        if path.suffix == ".html":
            parser = Bare()
            parser.feed(code.sub("", translated.sub("", path.read_text(encoding="utf-8"))))
            if words := set(parser.found) - names:
                left[path.name] = words
    assert left == {}


@pytest.mark.django_db
@pytest.mark.parametrize("taal", catalogue.LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_no_dutch_is_left_on_a_translated_page(client, path, taal):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = taal
    html = unescape(client.get(path, follow=True).content.decode())
    sentences = [bron.msgid for bron in catalogue.public_texts() if bron.msgid.count(" ") > 1]
    assert [text for text in sentences if text in html] == []


def test_a_text_that_is_put_together_is_refused():
    with pytest.raises(ValueError, match="line 2"):
        list(catalogue.in_python('from django.utils.translation import gettext as _\n_(f"Dag {naam}")'))


@pytest.mark.parametrize("soort", RESIDENT_MAILS, ids=lambda soort: soort.code)
def test_a_mail_to_residents_says_the_same_in_three_languages(soort):
    assert set(soort.teksten) == {"nl", "fr", "en"}
    dutch = soort.teksten["nl"]
    for taal, tekst in soort.teksten.items():
        assert render.placeholders(tekst.onderwerp) == render.placeholders(dutch.onderwerp), taal
        assert sorted(render.PLACEHOLDER.findall(tekst.tekst)) == sorted(render.PLACEHOLDER.findall(dutch.tekst)), taal
        assert render.placeholders(tekst.onderwerp + tekst.tekst) <= set(soort.placeholders), taal
        assert tekst.tekst.count("\n\n") == dutch.tekst.count("\n\n"), taal


@pytest.mark.django_db
@pytest.mark.parametrize(("taal", "mark"), [("fr", "Traduction – "), ("en", "Translation – ")])
@pytest.mark.parametrize("path", PAGES)
def test_each_public_page_in_another_language_says_that_it_is_a_translation(client, path, taal, mark):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = taal
    response = client.get(path, follow=True)
    html = response.content.decode()
    assert f'<html lang="{taal}"' in html
    assert response["Content-Language"] == taal
    assert mark in html


@pytest.mark.django_db
def test_a_dutch_page_is_marked_as_nothing_else(client):
    html = client.get("/").content.decode()
    assert '<html lang="nl"' in html
    assert 'class="vertaling' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/inloggen/", "/beheer/", "/werk/", "/ontwerp/"])
def test_pages_for_staff_are_dutch_whatever_was_chosen(client, path):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    response = client.get(path, follow=True)
    assert response["Content-Language"] == "nl"
    assert re.search(r'<html lang="nl"', response.content.decode())


@pytest.mark.parametrize("taal", ["fr", "en"])
def test_the_page_for_our_own_errors_is_translated_and_marked_too(rf, taal):
    with translation.override(taal):
        html = server_error(rf.get("/")).content.decode()
    assert f'<html lang="{taal}"' in html
    assert 'class="vertaling"' in html


@pytest.mark.django_db
def test_the_language_switch_stays_on_the_page():
    visitor = Client()
    response = visitor.post("/taal/setlang/", {"language": "en", "next": "/contact/"}, follow=True)
    assert response.redirect_chain == [("/contact/", 302)]
    assert "How to reach us" in response.content.decode()
