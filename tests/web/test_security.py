"""What holds on every address of the app, read from its own list of addresses.

A new page is looked at by being there: nothing is to be written down for it, but where an address
wants an id of an object it gets one of Ana's, by the name of the page or of the part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from hamstride.web import bridge
from hamstride.web.models import Account, Batch, Episode

PASSWORD = "a long walk by the river"  # noqa: S105 - of a made-up runner
OPEN = frozenset(
    {"account_login", "account_signup", "account_inactive", "account_reset_password",
     "account_reset_password_from_key", "account_reset_password_from_key_done",
     "mfa_login_webauthn", "mfa_authenticate", "account_logout", "manifest", "service_worker",
     "offline", "open"}
)  # fmt: skip
"""What is open to anybody: the way in and the way out, and what a phone keeps of the app."""

GROW = frozenset({"web_decision", "django_session", "web_cache", "usersessions_usersession"})
"""Tables that a look may add to: today's answer, sessions, and counted tries."""

UNSAFE = ("post", "put", "patch", "delete")
CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'",
    "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern of the list, by its name and whole route, and the parts that it wants."""

    name: str
    route: str
    parts: tuple[str, ...]

    def path(self, values: dict[str, Any]) -> str:
        """The pattern with a value in every part."""
        found = self.route
        for part in self.parts:
            kind, _, name = part.rpartition(":")
            value = values.get(f"{self.name}.{name}", values.get(name))
            if value is None:
                value = {"uuid": uuid4(), "int": 1, "journal_day": "2001-01-01"}.get(kind, "none")
            found = found.replace(f"<{part}>", str(value))
        return f"/{found}"


def addresses() -> list[Address]:
    return sorted(_all(get_resolver().url_patterns, ""), key=lambda each: each.route)


def _all(patterns: list[Any], before: str) -> Iterator[Address]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _all(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            route = before + _route(each)
            parts = tuple(piece.split(">")[0] for piece in route.split("<")[1:])
            yield Address(each.name or route, route, parts)


def _route(pattern: URLPattern) -> str:
    if isinstance(pattern.pattern, RoutePattern):
        return str(pattern.pattern)
    # A regular expression: only that of the link that `hamstride recover` prints.
    assert pattern.name == "account_reset_password_from_key"
    return "password/reset/key/<str:uidb36>-<str:key>/"


ALL = addresses()
on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def ids_of(ana: Episode) -> dict[str, Any]:
    """An id of Ana's for every name of a part, told by its page where several kinds share it."""
    runner = ana.runner
    decision = bridge.answer_of(ana, bridge.today_of(runner))
    activity = runner.activities.filter(is_run=True, same_as=None).latest("begins")
    record = runner.records.filter(kind="check_ins").latest("pk")
    found: dict[str, Any] = {"client": record.client, "protocol": "strain", "on": decision.day}
    batch = Batch.objects.filter(runner=runner).latest("pk")
    of_pages = {"answers": decision.uid, "runs": activity.uid, "import": batch.uid}
    for address in ALL:
        about = of_pages.get(address.route.partition("/")[0])
        if about is not None:
            found[f"{address.name}.uid"] = about
    return found


def signed_in(account: Account) -> Client:
    """A browser in which somebody signed in just now, as by typing."""
    cache.clear()
    client = Client(headers={"host": "localhost"})
    done = client.post("/account/login/", {"login": account.email, "password": PASSWORD})
    assert done.headers["Location"] == "/"
    return client


def body_of(answer: HttpResponseBase) -> None:
    """Read an answer to its end, as a browser does."""
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]


def counts() -> dict[str, int]:
    """How many rows each table has."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of our own
            found[table] = cursor.fetchone()[0]
    return found


def test_every_page_of_the_list_is_looked_at() -> None:
    names = {each.name for each in ALL}

    assert len(ALL) > 25
    assert {"today", "check_in", "settings", "export", "delete", "account_login"} <= names
    assert not {name for name in names if "email" in name}


@on_sqlite
def test_a_stranger_is_sent_to_the_login_page(ana: Episode) -> None:
    ids = ids_of(ana)
    stranger = Client(headers={"host": "localhost"})
    for address in ALL:
        path = address.path(ids)
        for method in ("get", "head", "post"):
            answer = getattr(stranger, method)(path)
            if address.name in OPEN:
                assert answer.status_code < 500, (address, answer.status_code)
                continue
            assert answer.status_code == 302, (address, method, answer.status_code)
            assert answer.headers["Location"].startswith("/account/login/"), (address, method)


@on_sqlite
def test_a_stranger_is_told_nothing_of_what_there_is(ana: Episode) -> None:
    """What exists and what does not get the same answer, but for the address itself."""
    there = ids_of(ana)
    stranger = Client(headers={"host": "localhost"})
    for address in ALL:
        if address.parts and address.name not in OPEN:
            answers = [stranger.get(address.path(ids)) for ids in (there, {})]
            assert {each.status_code for each in answers} == {302}


@on_sqlite
def test_another_account_sees_the_same_as_where_there_is_nothing(
    ana: Episode, browser: Client
) -> None:
    ben = Account.objects.create_user("ben@example.org", PASSWORD)
    client, ids = signed_in(ben), ids_of(ana)
    of_objects = [each for each in ALL if f"{each.name}.uid" in ids and "uuid:uid" in each.parts]
    assert of_objects
    for address in of_objects:
        for method in ("get", "post"):
            found = getattr(client, method)(address.path(ids))
            nothing = getattr(client, method)(address.path({}))
            assert found.status_code == nothing.status_code, address
            assert found.status_code in {404, 405}, (address, method, found.status_code)


@on_sqlite
def test_no_unsafe_method_passes_without_its_token(ana: Episode, account: Account) -> None:
    ids = ids_of(ana)
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(account)
    stranger = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    before = counts()
    for address in ALL:
        for method in UNSAFE:
            answer = getattr(client, method)(address.path(ids))
            # 405 where the check for the token comes after that for the method.
            refused = {403} if method == "post" else {403, 405}
            assert answer.status_code in refused, (address, method, answer.status_code)
            turned_away = getattr(stranger, method)(address.path(ids))
            assert turned_away.status_code in {302, 403}, (address, method)
    after = counts()
    assert {name for name in after if after[name] != before[name]} <= GROW


@on_sqlite
def test_every_answer_has_the_headers_that_protect_it(ana: Episode, account: Account) -> None:
    ids = ids_of(ana)
    client, stranger = signed_in(account), Client(headers={"host": "localhost"})
    for address in ALL:
        for who in (stranger, client):
            answer = who.get(address.path(ids))
            body_of(answer)
            _check_headers(answer, address)
            if not client.get("/").wsgi_request.user.is_authenticated:
                client = signed_in(account)
    _check_headers(client.get("/nowhere/"), "404")
    _check_headers(Client(enforce_csrf_checks=True, headers={"host": "localhost"}).post("/"), "403")


def _check_headers(answer: HttpResponseBase, where: object) -> None:
    policy = {each.strip() for each in answer.headers["Content-Security-Policy"].split(";")}
    assert policy >= CSP, where
    assert "unsafe" not in answer.headers["Content-Security-Policy"], where
    assert "http" not in answer.headers["Content-Security-Policy"], where
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where
    assert answer.headers["X-Frame-Options"] == "DENY", where
    assert answer.headers["Referrer-Policy"] == "same-origin", where
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", where


def test_looking_changes_nothing(ana: Episode, account: Account) -> None:
    ids = ids_of(ana)
    client = signed_in(account)
    client.get("/")
    for address in ALL:
        before = counts()
        for method in ("get", "head"):
            answer = getattr(client, method)(address.path(ids))
            body_of(answer)
            assert answer.status_code < 500, (address, answer.status_code)
        after = counts()
        changed = {name for name in after if after[name] != before[name]}
        assert changed <= GROW, (address, changed)
        if not client.get("/").wsgi_request.user.is_authenticated:
            client = signed_in(account)


@on_sqlite
def test_no_page_asks_another_host_for_anything(ana: Episode, account: Account) -> None:
    ids, client = ids_of(ana), signed_in(account)
    for address in ALL:
        answer = client.get(address.path(ids))
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            body_of(answer)
            continue
        page = answer.content.decode()
        asked = re.findall(
            r"<(?:script|img|link|iframe|form)\b[^>]*?(?:src|href|action)=\"([^\"]*)", page
        )
        assert not [each for each in asked if re.match(r"https?:|//", each)], address
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*(?: src=|application/json))", page), (
            address
        )
        assert not re.search(r"<[^>]+\son[a-z]+=\"", page), address


# When something goes wrong


@on_sqlite
def test_a_fault_of_ours_never_shows_an_answer_and_says_what_to_do(
    ana: Episode, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bridge, "today_of", fails)
    browser.raise_request_exception = False

    answer = browser.get("/")

    assert answer.status_code == 500
    page = answer.content.decode()
    assert "No answer today" in page
    assert "Rest, or ask your clinician." in page
    assert "ZeroDivisionError" not in page
    _check_headers(answer, "500")


@on_sqlite
def test_what_is_not_there_and_what_was_open_too_long_say_what_to_do(browser: Client) -> None:
    assert "There is nothing here" in browser.get("/nowhere/").content.decode()
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    page = strict.post("/account/login/", {"login": "a@example.org", "password": "x"})

    assert page.status_code == 403
    assert "Nothing was changed." in page.content.decode()
