"""Accounts: who comes in, who does not, and how one's own devices are told to leave."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client, override_settings

from hamstride.web import links
from hamstride.web.models import Account, Runner
from stores import Store

EMAIL = "ana@example.org"
PASSWORD = "a long walk by the river"  # noqa: S105 - of a made-up runner
LOGIN = {"login": EMAIL, "password": PASSWORD}
WRONG = "This address and this password do not go together."
RESTING = "this account rests for an hour"


@pytest.fixture(autouse=True)
def _no_tries_before(store: Store) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def a_browser(**headers: str) -> Client:
    return Client(headers={"host": "localhost", **headers})


def signed_in(**headers: str) -> Client:
    client = a_browser(**headers)
    assert client.post("/account/login/", LOGIN).headers["Location"] == "/"
    return client


def sure(client: Client) -> Client:
    """The same browser, in which the password was typed once more."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def text_of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# The first account, and no other


def test_the_first_visitor_makes_the_account_that_owns_everything(store: Store) -> None:
    client = a_browser()
    assert "this account will own everything" in text_of(client, "/account/signup/")

    made = client.post("/account/signup/", {"email": EMAIL, "password1": PASSWORD})

    assert made.headers["Location"] == "/"
    account = Account.objects.get()
    assert account.email == EMAIL
    assert account.password.startswith("argon2$argon2id$")
    assert client.get("/").status_code == 200
    assert Runner.objects.get().account == account


def test_sign_up_is_closed_from_then_on_and_says_so_kindly(account: Account) -> None:
    client = a_browser()
    page = text_of(client, "/account/signup/")
    assert "This Hamstride has its owner" in page

    client.post("/account/signup/", {"email": "ben@example.org", "password1": PASSWORD})

    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("eleven char", "at least 12 characters"),
        ("password1234", "too common"),
        ("ana@example.org", "too similar"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(
    store: Store, password: str, said: str
) -> None:
    page = a_browser().post("/account/signup/", {"email": EMAIL, "password1": password})

    assert said in page.content.decode()
    assert not Account.objects.exists()


# Signing in


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(account: Account) -> None:
    pages = [
        a_browser().post("/account/login/", {**LOGIN, **change}).content.decode()
        for change in ({"password": "not her password"}, {"login": "nobody@example.org"})
    ]

    same = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert same[0] == same[1]
    assert WRONG in pages[0]


def test_after_ten_wrong_passwords_even_the_right_one_is_refused(account: Account) -> None:
    for number in range(10):
        address = {"remote_addr": f"192.0.2.{number}"}
        page = a_browser().post("/account/login/", {**LOGIN, "password": f"wrong {number}"},
                                REMOTE_ADDR=address["remote_addr"])  # fmt: skip
        assert WRONG in page.content.decode()

    page = a_browser().post("/account/login/", LOGIN, REMOTE_ADDR="192.0.2.99")

    assert page.status_code == 200
    assert RESTING in page.content.decode()


def test_another_name_of_the_machine_gives_no_more_tries(account: Account) -> None:
    for number in range(10):
        a_browser().post("/account/login/", {**LOGIN, "password": f"wrong {number}"},
                         REMOTE_ADDR=f"192.0.2.{number}")  # fmt: skip

    client = Client(headers={"host": "127.0.0.1"})
    page = client.post("/account/login/", {**LOGIN, "login": " ANA@example.org"},
                       REMOTE_ADDR="192.0.2.99")  # fmt: skip

    assert RESTING in page.content.decode()


def test_tries_are_counted_across_processes(account: Account, store: Store) -> None:
    code = """
import django, sys
django.setup()
from django.test import Client
for number in range(5):
    page = Client(headers={"host": "localhost"}).post(
        "/account/login/", {"login": "ana@example.org", "password": f"wrong {number}"},
        REMOTE_ADDR=f"192.0.2.1{sys.argv[1]}{number}",
    )
    assert page.status_code == 200, page.status_code
"""
    for number in range(2):
        subprocess.run(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", code, str(number)],
            env={**store.environment, "DJANGO_SETTINGS_MODULE": "hamstride.web.settings"},
            check=True,
            timeout=60,
        )

    page = a_browser().post("/account/login/", LOGIN)

    assert RESTING in page.content.decode()


def test_one_address_of_the_network_has_twenty_tries_an_hour(account: Account) -> None:
    for number in range(20):
        page = a_browser().post(
            "/account/login/", {"login": f"{number}@example.org", "password": "some password"}
        )
        assert page.status_code == 200

    page = a_browser().post("/account/login/", LOGIN)

    assert page.status_code == 429
    assert "A short rest" in page.content.decode()


def test_an_account_that_is_switched_off_stays_out(account: Account) -> None:
    account.is_active = False
    account.save()

    a_browser().post("/account/login/", LOGIN)

    assert "This account is resting" in text_of(a_browser(), "/account/inactive/")
    assert a_browser().post("/account/login/", LOGIN, follow=True).wsgi_request.user.is_anonymous


# Sessions


def test_the_key_of_a_session_changes_when_somebody_signs_in(account: Account) -> None:
    client = a_browser()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key

    client.post("/account/login/", LOGIN)

    assert client.session.session_key != before


def test_signing_out_ends_the_session_on_the_server(account: Account) -> None:
    client = signed_in()
    key = client.cookies["sessionid"].value
    assert "Your data stay where they are." in text_of(client, "/account/logout/")
    client.post("/account/logout/")

    stolen = a_browser()
    stolen.cookies["sessionid"] = key

    assert stolen.get("/").headers["Location"].startswith("/account/login/")


def test_sign_out_everywhere_else_ends_every_other_session(account: Account) -> None:
    phone, tablet, here = (
        signed_in(**{"user-agent": name}) for name in ("Phone", "Tablet", "Here")
    )
    for each in (phone, tablet, here):
        assert each.get("/").status_code == 200
    page = text_of(here, "/account/devices/")
    assert page.count("Another device") == 2
    assert "Phone" in page

    here.post("/account/devices/")

    assert here.get("/").status_code == 200
    assert [each.get("/").status_code for each in (phone, tablet)] == [302, 302]
    assert "Nowhere else." in text_of(here, "/account/devices/")


def test_a_new_password_ends_every_session(account: Account) -> None:
    phone, here = signed_in(), signed_in()
    new = "three herons on a wire"
    typed = {"oldpassword": "not this one", "password1": new, "password2": new}
    page = here.post("/account/password/change/", typed)
    assert "Please type your current password." in page.content.decode()

    here.post("/account/password/change/", {**typed, "oldpassword": PASSWORD})

    assert phone.get("/").status_code == 302
    assert a_browser().post("/account/login/", {**LOGIN, "password": new}).status_code == 302


# Codes


def code_now(secret: str, ahead: int = 0) -> str:
    """What an app shows for a secret now (RFC 6238: the counter is the half minute)."""
    counter = next(iter(yield_hotp_counters_from_time())) + ahead
    return str(format_hotp_value(hotp_value(secret, counter)))


def switched_on(client: Client) -> str:
    """Switch codes on with a real code; the secret that the app was given."""
    page = text_of(client, "/account/security/totp/activate/")
    assert 'src="data:image/svg+xml' in page
    (secret,) = re.findall(r'class="secret">([A-Z2-7]+)<', page)
    done = client.post("/account/security/totp/activate/", {"code": code_now(secret)})
    assert done.headers["Location"] == "/account/security/recovery-codes/"
    return str(secret)


def test_codes_are_switched_on_with_a_code_and_asked_for_from_then_on(account: Account) -> None:
    client = sure(signed_in())
    switched_on(client)
    codes = re.findall(
        r"<li>([a-z0-9]{8,})</li>", text_of(client, "/account/security/recovery-codes/")
    )
    assert len(codes) == 10
    assert "On: after the password" in text_of(client, "/account/security/")

    other = a_browser()
    asked = other.post("/account/login/", LOGIN)
    assert asked.headers["Location"].startswith("/account/security/authenticate/")
    assert other.get("/").status_code == 302
    page = other.post("/account/security/authenticate/", {"code": "000000"})
    assert "Incorrect code." in page.content.decode()

    other.post("/account/security/authenticate/", {"code": codes[0]})

    assert other.get("/").status_code == 200
    again = a_browser()
    again.post("/account/login/", LOGIN)
    again.post("/account/security/authenticate/", {"code": codes[0]})
    assert again.get("/").status_code == 302  # each works once


def test_the_code_of_the_app_signs_in(account: Account) -> None:
    secret = switched_on(sure(signed_in()))
    cache.clear()  # the code that switched it on is used up; so is no other
    client = a_browser()
    client.post("/account/login/", LOGIN)

    client.post("/account/security/authenticate/", {"code": code_now(secret)})

    assert client.get("/").status_code == 200


def test_a_wrong_code_switches_nothing_on(account: Account) -> None:
    client = sure(signed_in())
    client.get("/account/security/totp/activate/")

    page = client.post("/account/security/totp/activate/", {"code": "123456"})

    assert "Incorrect code." in page.content.decode()
    assert "Off." in text_of(client, "/account/security/")


def test_codes_are_switched_off_and_new_recovery_codes_are_made(account: Account) -> None:
    client = sure(signed_in())
    switched_on(client)
    before = text_of(client, "/account/security/recovery-codes/")
    assert "new ones take their place" in text_of(
        client, "/account/security/recovery-codes/generate/"
    )
    client.post("/account/security/recovery-codes/generate/")
    assert text_of(client, "/account/security/recovery-codes/") != before
    assert client.get("/account/security/recovery-codes/download/").status_code == 200
    assert "the password alone" in text_of(client, "/account/security/totp/deactivate/")

    client.post("/account/security/totp/deactivate/")

    assert "Off." in text_of(client, "/account/security/")


def test_who_signed_in_long_ago_is_asked_once_more(browser: Client) -> None:
    asked = browser.get("/account/security/totp/activate/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert "Is it you?" in text_of(browser, asked.headers["Location"])
    page = browser.post("/account/reauthenticate/", {"password": "not this one"})
    assert "This is not your password." in page.content.decode()

    browser.post("/account/reauthenticate/", {"password": PASSWORD})

    assert browser.get("/account/security/totp/activate/").status_code == 200


# Passkeys


def test_passkeys_are_offered_on_secure_pages_and_explained_on_others(account: Account) -> None:
    client = sure(signed_in())
    for path in (
        "/account/login/",
        "/account/security/webauthn/",
        "/account/security/webauthn/add/",
    ):
        here = a_browser() if "login" in path else client
        assert "secure pages only" not in text_of(here, path)
    assert 'id="passkey_login"' in text_of(a_browser(), "/account/login/")
    with override_settings(ALLOWED_HOSTS=["192.0.2.7", "localhost"]):
        away = Client(headers={"host": "192.0.2.7:8765"})
        page = text_of(away, "/account/login/")
        assert "secure pages only" in page
        assert 'id="passkey_login"' not in page
        assert "webauthn" not in page
        away.post("/account/login/", LOGIN)
        sure(away)
        for path in ("/account/security/webauthn/", "/account/security/webauthn/add/"):
            assert "secure pages only" in text_of(away, path)


def test_what_a_browser_is_asked_for_belongs_to_this_address(account: Account) -> None:
    told = a_browser(accept="application/json").get("/account/security/webauthn/login/").json()

    assert told["request_options"]["publicKey"]["rpId"] == "localhost"


def test_a_passkey_that_is_none_lets_nobody_in(account: Account) -> None:
    client = a_browser(accept="application/json")
    client.get("/account/security/webauthn/login/")

    answer = client.post("/account/security/webauthn/login/", {"credential": "{}"})

    assert answer.headers.get("Location", "/account/login/").startswith("/account/login/")
    assert client.get("/").status_code == 302


# What needs mail is not there


def test_who_is_locked_out_is_told_what_helps_without_mail(account: Account) -> None:
    client = a_browser()
    assert 'href="/account/password/reset/"' in text_of(client, "/account/login/")

    page = text_of(client, "/account/password/reset/")

    assert "hamstride recover" in page
    assert client.post("/account/password/reset/", {"email": EMAIL}).status_code == 405


def test_the_link_of_the_terminal_gives_a_new_password_once(account: Account) -> None:
    link, client = links.path_to_new_password(account), a_browser()
    page = client.get(link, follow=True)
    assert "Keep this password" in page.content.decode()
    typed = page.redirect_chain[-1][0]
    new = "three herons on a wire"
    short = client.post(typed, {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in short.content.decode()

    done = client.post(typed, {"password1": new, "password2": new}, follow=True)

    assert "Your password is changed" in done.content.decode()
    assert a_browser().post("/account/login/", {**LOGIN, "password": new}).status_code == 302
    assert "This link is used up" in text_of(a_browser(), link)


@pytest.mark.parametrize(
    "path",
    ["/account/email/", "/account/confirm-email/", "/account/login/code/", "/account/password/set/",
     "/account/3rdparty/"],
)  # fmt: skip
def test_pages_that_want_mail_are_not_there(browser: Client, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_no_page_of_an_account_has_a_script_or_a_style_of_its_own(account: Account) -> None:
    client = sure(signed_in())
    paths = [
        "/account/security/", "/account/security/webauthn/", "/account/security/webauthn/add/",
        "/account/security/totp/activate/", "/account/devices/", "/account/password/change/",
        "/account/logout/", "/settings/", "/settings/export/", "/settings/delete/",
    ]  # fmt: skip
    pages = [text_of(client, path) for path in paths]
    pages += [text_of(a_browser(), "/account/login/"), text_of(a_browser(), "/account/signup/")]
    for page in pages:
        scripts = re.findall(r"<script([^>]*)>", page)
        assert all(" src=" in each or 'type="application/json"' in each for each in scripts)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert page.count("<h1") == 1
