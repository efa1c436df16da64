from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers import actions
from kern.gebruikers.models import Gebruiker, Rol, Vervanging

PASSWORD = "vier-gewone-woorden"

pytestmark = pytest.mark.django_db


def person(email: str, *roles: Rol) -> Gebruiker:
    user = Gebruiker.objects.create_user(email, PASSWORD, naam=email.split("@")[0].capitalize())
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def beheerder():
    return person("bea@genk.example", Rol.BEHEERDER)


@pytest.fixture
def wijkmanager():
    return person("wim@genk.example", Rol.WIJKMANAGER)


@pytest.fixture
def lezer():
    return person("lies@genk.example", Rol.LEZER)


def log_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_the_migration_made_every_role():
    assert set(Group.objects.values_list("name", flat=True)) >= set(Rol.values)


def test_staff_log_in_with_their_mail_address(client, lezer):
    assert log_in(client, "lies@genk.example").status_code == 302
    assert client.get(reverse("account")).status_code == 200


def test_the_log_in_ends_at_the_work_and_without_a_role_at_the_account(client, lezer):
    person("nieuw@genk.example")
    for email, page in [(lezer.email, "meldingen:work"), ("nieuw@genk.example", "account")]:
        answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert answer.headers["Location"] == reverse(page)
        assert client.get(answer.headers["Location"]).status_code == 200
        client.logout()


def test_nobody_signs_up(client):
    answer = client.get(reverse("account_signup"))
    assert "beheerder" in answer.content.decode()
    client.post(reverse("account_signup"), {"email": "x@y.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not Gebruiker.objects.filter(email="x@y.example").exists()


def test_after_five_wrong_passwords_the_right_one_waits_too(client, lezer):
    for _attempt in range(5):
        log_in(client, lezer.email, "fout-fout-fout")
    answer = log_in(client, lezer.email)
    assert answer.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_brings_a_mail_with_a_link(client, lezer):
    client.post(reverse("account_reset_password"), {"email": lezer.email})
    bericht = Bericht.objects.get()
    assert bericht.aan == lezer.email
    assert "/account/wachtwoord/nieuw/" in bericht.tekst


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, lezer):
    known = client.post(reverse("account_reset_password"), {"email": lezer.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "niemand@genk.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Bericht.objects.count() == 1


def test_only_the_beheerder_enters_the_admin(client, beheerder, wijkmanager):
    client.force_login(beheerder)
    assert client.get(reverse("admin:gebruikers_gebruiker_changelist")).status_code == 200
    client.force_login(wijkmanager)
    assert client.get(reverse("admin:gebruikers_gebruiker_changelist"), follow=True).status_code == 403


def test_the_admin_sends_a_stranger_to_the_one_login(client):
    answer = client.get(reverse("admin:login"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_the_beheerder_makes_an_account_with_a_role(client, beheerder):
    client.force_login(beheerder)
    role = Group.objects.get(name=Rol.BUURTTOEZICHTER)
    data = {"naam": "Nora", "email": "nora@genk.example", "groups": [role.pk], "usable_password": "true"}
    answer = client.post(
        reverse("admin:gebruikers_gebruiker_add"), data | {"password1": PASSWORD, "password2": PASSWORD}
    )
    assert answer.status_code == 302
    assert Gebruiker.objects.get(email="nora@genk.example").has_role(Rol.BUURTTOEZICHTER)


@pytest.mark.parametrize("page", ["changelist", "add"])
def test_the_admin_pages_of_accounts_open(client, beheerder, page):
    client.force_login(beheerder)
    assert client.get(reverse(f"admin:gebruikers_gebruiker_{page}")).status_code == 200
    assert client.get(reverse(f"admin:gebruikers_vervanging_{page}")).status_code == 200


def test_wide_rights_need_a_second_step_outside_the_demo(client, settings, wijkmanager, lezer):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(lezer)
    assert client.get(reverse("home")).status_code == 200
    client.force_login(wijkmanager)
    answer = client.get(reverse("home"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200


def test_without_a_second_step_nobody_with_wide_rights_hands_them_to_a_deputy(client, settings, wijkmanager, lezer):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(wijkmanager)
    today = timezone.localdate()
    answer = client.post(reverse("account"), {"vervanger": lezer.pk, "van": today, "tot": today})
    assert answer.url == reverse("mfa_index")
    assert not Vervanging.objects.exists()


def test_a_link_for_a_new_password_is_on_the_address_of_the_portal_whatever_the_request_says(client, settings, lezer):
    settings.PORTAL_URL = "https://wijk.genk.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": lezer.email}, headers={"host": "kwaad.example"})
    mail = Bericht.objects.get()
    assert "https://wijk.genk.example/account/wachtwoord/nieuw/" in mail.tekst
    assert "kwaad" not in mail.tekst + mail.html


def test_with_a_second_step_wide_rights_come_in(client, settings, wijkmanager):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(wijkmanager, generate_totp_secret())
    client.force_login(wijkmanager)
    assert client.get(reverse("home")).status_code == 200


def test_the_login_asks_for_the_code_of_the_app(client, wijkmanager):
    secret = generate_totp_secret()
    TOTP.activate(wijkmanager, secret)
    answer = log_in(client, wijkmanager.email)
    assert answer.url == reverse("mfa_authenticate")
    assert "Code van zes cijfers" in client.get(answer.url).content.decode()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(answer.url, {"code": code})
    assert client.session["_auth_user_id"] == str(wijkmanager.pk)


def test_the_secret_of_an_app_is_not_readable_in_the_database(wijkmanager):
    secret = generate_totp_secret()
    TOTP.activate(wijkmanager, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_the_last_second_step_of_wide_rights_stays(client, settings, wijkmanager):
    settings.SECOND_FACTOR_REQUIRED = True
    TOTP.activate(wijkmanager, generate_totp_secret())
    log_in(client, wijkmanager.email)
    client.force_login(wijkmanager)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=wijkmanager).exists()


def test_the_beheerder_helps_somebody_who_lost_the_phone(wijkmanager):
    TOTP.activate(wijkmanager, generate_totp_secret())
    assert actions.forget_second_factor(gebruiker=wijkmanager) == 1


def test_somebody_arranges_and_cancels_their_own_deputy(client, lezer, wijkmanager):
    client.force_login(lezer)
    today = timezone.localdate()
    form = {"vervanger": wijkmanager.pk, "van": today.isoformat(), "tot": (today + timedelta(7)).isoformat()}
    assert client.post(reverse("account"), form).status_code == 302
    vervanging = Vervanging.objects.get()
    assert "Wim" in client.get(reverse("account")).content.decode()

    client.force_login(wijkmanager)
    assert client.post(reverse("account_cancel_deputy", args=[vervanging.pk])).status_code == 404
    client.force_login(lezer)
    assert client.post(reverse("account_cancel_deputy", args=[vervanging.pk])).status_code == 302
    assert not Vervanging.objects.exists()


@pytest.mark.parametrize(
    ("van", "tot", "message"),
    [
        (date(2026, 7, 10), date(2026, 7, 9), "kan niet voor de eerste dag"),
        (date(2026, 7, 5), date(2026, 7, 20), "vervangt al iemand"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_the_reason(client, lezer, wijkmanager, van, tot, message):
    actions.arrange_deputy(afwezige=lezer, vervanger=wijkmanager, van=date(2026, 7, 1), tot=date(2026, 7, 5))
    client.force_login(lezer)
    form = {"vervanger": wijkmanager.pk, "van": van.isoformat(), "tot": tot.isoformat()}
    page = client.post(reverse("account"), form).content.decode()
    assert message in page
    assert "<title>Fout:" in page
