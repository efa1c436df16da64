import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldingen import privacy
from meldingen.privacy import Soort


def kinds(text):
    return [vondst.soort for vondst in privacy.find(text)]


@pytest.mark.parametrize(
    ("text", "soort"),
    [
        ("mijn nummer is 85.07.30-033.28", Soort.RIJKSREGISTER),
        ("85073003328", Soort.RIJKSREGISTER),
        ("85 07 30 033 28", Soort.RIJKSREGISTER),
        ("bel 0479 12 34 56 na 17 uur", Soort.TELEFOON),
        ("bel 0479/12.34.56", Soort.TELEFOON),
        ("089 65 36 00", Soort.TELEFOON),
        ("+32 479 12 34 56", Soort.TELEFOON),
        ("+32 (0)479 12 34 56", Soort.TELEFOON),
        ("0032479123456", Soort.TELEFOON),
        ("+31 6 12345678", Soort.TELEFOON),
        ("mail naar jan.peeters+wijk@voorbeeld.be.", Soort.MAIL),
        ("BE68 5390 0754 7034 is van hem", Soort.IBAN),
        ("be68539007547034", Soort.IBAN),
        ("NL91ABNA0417164300", Soort.IBAN),
        ("de witte auto 1-ABC-123", Soort.NUMMERPLAAT),
        ("1ABC123", Soort.NUMMERPLAAT),
        ("1-abc-123", Soort.NUMMERPLAAT),
        ("XYZ-123", Soort.NUMMERPLAAT),
        ("een Nederlandse plaat: XX-123-X", Soort.NUMMERPLAAT),
    ],
)
def test_what_looks_like_personal_data_is_found(text, soort):
    assert kinds(text) == [soort]


@pytest.mark.parametrize(
    "text",
    [
        "Het bushokje aan huisnummer 123 is stuk.",
        "Op 01/02/2026 om 14 uur lag het er al.",
        "Sinds 12-03-2026 ligt er afval aan de Hennepstraat 12.",
        "De put is 30 cm diep en 1 m breed; postcode 3600 Genk.",
        "bus 123 stopt niet, 2 van 100 keer",
        "85.07.30-033.29 is geen geldig nummer",
        "BE68 5390 0754 7035",
        "1 zak 100 liter",
        "@thuis of a@b",
    ],
)
def test_ordinary_text_gives_no_warning(text):
    assert privacy.find(text) == []


def test_every_finding_is_named_once_in_the_order_of_the_text():
    text = "Bel 0479 12 34 56 of mail an@voorbeeld.be, of bel 0479 12 34 56."
    assert privacy.find(text) == [
        privacy.Vondst(Soort.TELEFOON, "0479 12 34 56"),
        privacy.Vondst(Soort.MAIL, "an@voorbeeld.be"),
    ]


@given(st.dates(), st.integers(1, 998), st.sampled_from(["{:02}.{:02}.{:02}-{:03}.{:02}", "{:02}{:02}{:02}{:03}{:02}"]))
def test_every_valid_national_number_is_found(born, serial, form):
    head = f"{born:%y%m%d}{serial:03}"
    control = 97 - int(("2" if born.year >= 2000 else "") + head) % 97
    number = form.format(int(head[:2]), int(head[2:4]), int(head[4:6]), serial, control)
    assert Soort.RIJKSREGISTER in kinds(f"nr {number}, zegt hij") or Soort.TELEFOON in kinds(number)
    assert privacy.is_national_number(number)


@given(st.integers(10**8, 10**9 - 1), st.integers(0, 96))
def test_a_wrong_control_number_is_no_national_number(head, other):
    right = {97 - head % 97, 97 - int(f"2{head}") % 97}
    if other not in right:
        assert not privacy.is_national_number(f"{head}{other:02}")


@given(st.integers(0, 10**12 - 1))
def test_every_belgian_account_number_is_found(account):
    control = 98 - int(f"{account:012}111400") % 97
    assert kinds(f"op BE{control:02}{account:012} graag") == [Soort.IBAN]


@given(st.text())
def test_any_text_at_all_can_be_searched(text):
    for vondst in privacy.find(text):
        assert vondst.tekst in text


@given(st.text(alphabet="0123456789 .-/+A@", max_size=4000))
def test_a_long_row_of_digits_takes_no_time(text):
    privacy.find(text)
