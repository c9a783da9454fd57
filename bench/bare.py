"""The least that Django can do behind the same server: a page of the size that is asked for.

    python -m bench.bare PORT

It stands in the bench of the app as what no page can be faster than.
"""

import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def bare(_request: HttpRequest, size: int) -> HttpResponse:
    """So many bytes."""
    return HttpResponse(b"x" * size)


urlpatterns = [path("<int:size>", bare)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="none")  # noqa: S106
application = get_wsgi_application()


def main(port: int) -> None:
    """Serve it as `hamstride serve` serves the app."""
    from granian.constants import Interfaces  # noqa: PLC0415 - only to serve
    from granian.server import Server  # noqa: PLC0415

    Server(
        "bench.bare:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
