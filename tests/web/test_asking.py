"""Whose page it is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory

from hamstride.web import bridge
from hamstride.web.models import Account, Runner
from hamstride.web.views.asking import runner_for
from stores import Store


def signed_in(account: Account) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    return client


def test_the_first_account_takes_on_the_runner_of_the_command_line(runner: Runner) -> None:
    account = Account.objects.create_user("ana@example.org", "a long walk by the river")
    signed_in(account).get("/")

    runner.refresh_from_db()
    assert runner.account == account
    assert Runner.objects.count() == 1


def test_an_account_without_a_runner_gets_one(store: Store) -> None:
    account = Account.objects.create_user("ana@example.org", "a long walk by the river")
    signed_in(account).get("/")

    assert Runner.objects.get().account == account
    assert bridge.the_owner() == Runner.objects.get()


def test_nobody_is_no_runner(store: Store) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    with pytest.raises(Http404):
        runner_for(request)
