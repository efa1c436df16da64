import pytest

from meldingen.mailadres import suggest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jan@gmial.com", "jan@gmail.com"),
        ("jan@gmail.con", "jan@gmail.com"),
        ("jan@gmai.com", "jan@gmail.com"),
        ("Jan.P@Hotmial.be", "Jan.P@hotmail.be"),
        ("jan@telenet.bee", "jan@telenet.be"),
        ("jan@skynet.be", ""),
        ("jan@mail.com", ""),
        ("jan@bedrijf.be", ""),
        ("geen adres", ""),
        ("", ""),
    ],
)
def test_a_slip_in_a_known_mail_domain_gets_a_hint(typed, meant):
    assert suggest(typed) == meant
