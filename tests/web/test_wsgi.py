"""What a web server runs: everything that a page needs is loaded before the first one."""

import gc
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from hamstride.web.models import Account

WSGI = "hamstride.web.wsgi"


@pytest.fixture
def loaded() -> Iterator[Any]:
    """The module as a server loads it; what it tells Python's memory is taken back."""
    before = gc.get_threshold()
    sys.modules.pop(WSGI, None)
    try:
        yield import_module(WSGI)
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_what_stays_is_set_aside_before_the_first_page(loaded: Any, account: Account) -> None:
    assert gc.get_freeze_count() > 10_000
    assert "hamstride.web.views.today" in sys.modules

    environ: dict[str, Any] = {"PATH_INFO": "/account/login/"}
    setup_testing_defaults(environ)
    said: list[str] = []
    page = b"".join(loaded.application(environ, lambda status, _headers: said.append(status)))

    assert said == ["200 OK"]
    assert b"<h1" in page
