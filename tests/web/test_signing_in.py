"""Signing in, and whoever comes before there is anybody to sign in as."""

from django.test import Client

from hamstride.web.models import Account
from stores import Store


def test_whoever_comes_first_is_led_to_making_the_account(store: Store) -> None:
    answer = Client(headers={"host": "localhost"}).get("/account/login/?next=/")

    assert answer.headers["Location"] == "/account/signup/"


def test_once_there_is_an_account_one_signs_in(account: Account) -> None:
    page = Client(headers={"host": "localhost"}).get("/account/login/")

    assert page.status_code == 200
    assert "Sign in" in page.content.decode()
