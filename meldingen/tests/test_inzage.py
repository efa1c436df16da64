"""Who read a sensitive report, what an address is told and wiped, and photos in which nobody is recognised."""

import io
import json
import uuid
import zipfile

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageChops, ImageDraw

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import Vlak
from kern.beelden.storage import private_storage
from kern.beelden.tests.photos import upload
from meldingen import actions, mails
from meldingen.models import Adresvraag, Inzage, Melder, MeldingBeeld
from meldingen.tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
RESIDENT = "An.Janssens@voorbeeld.example"


def photo_of(colour="white"):
    """A photo with a black number plate in its left upper quarter."""
    image = Image.new("RGB", (400, 300), colour)
    draw = ImageDraw.Draw(image)
    for x in range(20, 180, 8):
        draw.rectangle((x, 20, x + 3, 130), fill="black")
    file = io.BytesIO()
    image.save(file, "PNG")
    beeld = beelden.store(upload(file.getvalue()))
    beelden.process(beeld_id=beeld.pk)
    return Beeld.objects.get(pk=beeld.pk)


def report(cast, *, gevoelig=False, beeld=None, email=RESIDENT):
    melding, _made = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(is_gevoelig=gevoelig),
        omschrijving="Elke nacht lawaai van de buren.",
        plaats=factories.CENTRE,
        wijk=cast.wijk,
        naam="An Janssens",
        email=email,
        beelden=[beeld.pk] if beeld else [],
        at=NOW,
    )
    return melding


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def pixels(beeld):
    with beeld.groot.open("rb") as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def test_opening_a_sensitive_report_is_written_down_once_and_shown_on_its_history(manager, cast):
    melding = report(cast, gevoelig=True, beeld=photo_of())
    assert manager.get(reverse("meldingen:detail", args=[melding.pk])).status_code == 200
    manager.get(reverse("meldingen:detail", args=[melding.pk]))
    assert b"".join(manager.get(reverse("meldingen:staff_photo", args=[melding.pk, melding.beelden.get().pk, "klein"])))
    page = manager.get(reverse("meldingen:staff_history", args=[melding.pk])).content.decode()
    assert sorted(Inzage.objects.values_list("wat", flat=True)) == ["foto", "historiek", "melding"]
    assert "Wie heeft dit gelezen" in page
    assert cast.wijkmanager.naam in page


def test_an_ordinary_report_leaves_no_trace_of_its_readers(manager, cast):
    melding = report(cast)
    assert manager.get(reverse("meldingen:detail", args=[melding.pk])).status_code == 200
    assert (
        "Wie heeft dit gelezen"
        not in manager.get(reverse("meldingen:staff_history", args=[melding.pk])).content.decode()
    )
    assert not Inzage.objects.exists()


def test_lists_and_paper_do_not_show_the_words_of_a_sensitive_report(manager, cast):
    report(cast, gevoelig=True)
    for name in ("staff_list", "staff_print"):
        page = manager.get(reverse(f"meldingen:{name}")).content.decode()
        assert "Gevoelig: open de melding" in page
        assert "lawaai van de buren" not in page


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_taking_a_sensitive_report_along_in_a_file_is_written_down(manager, cast, vorm):
    melding = report(cast, gevoelig=True)
    report(cast)
    answer = manager.post(reverse("meldingen:staff_export") + "?lijst=alle", {"vorm": vorm, "kolommen": "alle"})
    assert b"".join(answer)
    assert [(row.melding, row.gebruiker, row.wat) for row in Inzage.objects.all()] == [
        (melding, cast.wijkmanager, Inzage.Wat.UITVOER)
    ]


def test_who_may_not_see_a_sensitive_report_is_not_written_down_either(client, cast):
    melding = report(cast, gevoelig=True)
    client.force_login(cast.lezer)
    assert client.get(reverse("meldingen:detail", args=[melding.pk])).status_code == 404
    assert not Inzage.objects.exists()


def test_all_on_an_address_comes_in_one_file(client, cast):
    melding = report(cast, beeld=photo_of())
    other = report(cast, email="iemand@voorbeeld.example")
    actions.follow(melding=other, sleutel=uuid.uuid4(), email=RESIDENT, at=NOW)
    client.force_login(cast.beheerder)
    page = client.post(reverse("meldingen:staff_address"), {"email": RESIDENT.upper()}).content.decode()
    assert str(melding.pk) in page
    answer = client.post(reverse("meldingen:staff_address"), {"email": RESIDENT, "doe": "zip"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    folder = f"melding-{melding.pk}"
    assert sorted(archive.namelist()) == sorted(
        ["lees-mij.txt", f"{folder}/{folder}.json", f"{folder}/{melding.beelden.get().beeld_id}.webp", "gevolgd.json"]
    )
    data = json.loads(archive.read(f"{folder}/{folder}.json"))
    assert data["contact"]["naam"] == "An Janssens"
    assert data["mails"]
    assert json.loads(archive.read("gevolgd.json"))[0]["melding"] == other.pk
    assert "iemand@voorbeeld" not in b"".join(archive.read(name) for name in archive.namelist()).decode("latin-1")
    vraag = Adresvraag.objects.get()
    assert (vraag.door, vraag.aantal, vraag.adres) == (cast.beheerder, 1, "an…@voorbeeld.example")


def test_a_resident_takes_everything_along_from_the_link_in_the_mail(client, cast, no_limits):
    report(cast)
    token = signing.dumps(RESIDENT.lower(), salt=mails.LINK_SALT)
    answer = client.get(reverse("meldingen:mine_data", args=[token]))
    assert answer["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    assert Adresvraag.objects.get().door is None
    assert client.get(reverse("meldingen:mine_data", args=[token + "x"])).status_code == 410


def test_wiping_an_address_asks_first_and_then_takes_it_from_everywhere(client, cast):
    report(cast)
    other = report(cast, email="iemand@voorbeeld.example")
    volger = actions.follow(melding=other, sleutel=uuid.uuid4(), email=RESIDENT, at=NOW)
    client.force_login(cast.beheerder)
    asked = client.post(reverse("meldingen:staff_address"), {"email": RESIDENT, "doe": "vraag_wis"}).content.decode()
    assert "Ja, wis de gegevens" in asked
    assert Melder.objects.filter(email__iexact=RESIDENT).exists()
    client.post(reverse("meldingen:staff_address"), {"email": RESIDENT, "doe": "wis"})
    assert not Melder.objects.filter(email__iexact=RESIDENT).exists()
    volger.refresh_from_db()
    assert volger.email == ""
    assert Melder.objects.filter(email="iemand@voorbeeld.example").exists()


def test_only_an_administrator_answers_such_a_question(manager):
    assert manager.get(reverse("meldingen:staff_address")).status_code == 404


def test_an_address_that_is_none_is_said_and_kept(client, cast):
    client.force_login(cast.beheerder)
    answer = client.post(reverse("meldingen:staff_address"), {"email": "an.janssens"})
    assert answer.status_code == 400
    assert "an.janssens" in answer.content.decode()


def test_what_was_in_a_blurred_area_is_gone_from_the_file_and_the_rest_is_as_it_was(manager, cast):
    beeld = photo_of()
    melding = report(cast, beeld=beeld)
    foto = melding.beelden.get()
    before = pixels(beeld)
    form = {"vlak-TOTAL_FORMS": "1", "vlak-INITIAL_FORMS": "0", "vlak-0-links": "0", "vlak-0-boven": "0"}
    answer = manager.post(
        reverse("meldingen:staff_blur", args=[melding.pk, foto.pk]),
        form | {"vlak-0-breedte": "50", "vlak-0-hoogte": "50"},
    )
    assert answer.status_code == 302
    foto = MeldingBeeld.objects.select_related("beeld", "oorspronkelijk").get(pk=foto.pk)
    after = pixels(foto.beeld)
    plate = after.crop((20, 30, 180, 120)).convert("L")
    darkest, lightest = plate.getextrema()
    assert before.crop((20, 30, 180, 120)).convert("L").getextrema()[0] < 40
    assert lightest - darkest < 90
    difference = ImageChops.difference(before.crop((220, 0, 400, 300)), after.crop((220, 0, 400, 300)))
    assert max(high for _low, high in difference.getextrema()) < 12
    assert foto.oorspronkelijk == beeld
    assert "onherkenbaar" in melding.gebeurtenissen.latest("pk").tekst


def test_a_mistake_is_put_back_as_long_as_the_original_is_kept(cast, django_capture_on_commit_callbacks):
    beeld = photo_of()
    foto = report(cast, beeld=beeld).beelden.get()
    actions.blur(foto=foto, vlakken=[Vlak(0, 0, 0.5, 0.5)], door=cast.wijkmanager, at=NOW)
    first = MeldingBeeld.objects.get(pk=foto.pk).beeld
    with django_capture_on_commit_callbacks(execute=True):
        actions.blur(foto=foto, vlakken=[Vlak(0.5, 0, 0.5, 0.5)], door=cast.wijkmanager, at=NOW)
    assert not private_storage().exists(first.groot.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.restore_photo(foto=foto, door=cast.wijkmanager, at=NOW)
    row = MeldingBeeld.objects.get(pk=foto.pk)
    assert (row.beeld, row.oorspronkelijk, row.openbaar) == (beeld, None, False)
    with pytest.raises(ValueError, match="oorspronkelijke"):
        actions.restore_photo(foto=foto, door=cast.wijkmanager, at=NOW)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["", "", "", ""], "Duid minstens één vlak aan"),
        (["10", "10", "", ""], "de vier getallen in"),
        (["10", "10", "0", "5"], "Dit vlak is leeg"),
        (["10", "10", "300", "5"], "100"),
        (["x", "10", "5", "5"], "Typ een getal van 0 tot 100"),
    ],
)
def test_wrong_numbers_are_said_and_kept(manager, cast, values, words):
    melding = report(cast, beeld=photo_of())
    foto = melding.beelden.get()
    names = ("links", "boven", "breedte", "hoogte")
    form = {f"vlak-0-{name}": value for name, value in zip(names, values, strict=True)}
    page = manager.post(
        reverse("meldingen:staff_blur", args=[melding.pk, foto.pk]),
        {"vlak-TOTAL_FORMS": "1", "vlak-INITIAL_FORMS": "0", **form},
    ).content.decode()
    assert words in page
    assert all(f'value="{value}"' in page for value in values if value)
    assert MeldingBeeld.objects.get(pk=foto.pk).oorspronkelijk is None


def test_another_row_keeps_what_was_typed(manager, cast):
    melding = report(cast, beeld=photo_of())
    address = reverse("meldingen:staff_blur", args=[melding.pk, melding.beelden.get().pk])
    form = {"vlak-TOTAL_FORMS": "1", "vlak-INITIAL_FORMS": "0", "vlak-0-links": "12.5", "meer": "1"}
    page = manager.post(address, form).content.decode()
    assert 'name="vlak-1-links"' in page
    assert 'value="12.5"' in page


def test_a_colleague_of_another_wijk_has_no_such_page(client, cast):
    melding = report(cast, beeld=photo_of())
    foto = melding.beelden.get()
    client.force_login(cast.collega)
    assert client.get(reverse("meldingen:staff_blur", args=[melding.pk, foto.pk])).status_code == 404
    assert client.post(reverse("meldingen:staff_blur_restore", args=[melding.pk, foto.pk])).status_code == 404
