"""Where each page is: nouns in the runner's language. Each module of views names its own."""

from itertools import chain

from django.urls import URLPattern, URLResolver, include, path

from hamstride.web.views import (
    assessment,
    check_in,
    decides,
    imports,
    journal,
    learn,
    more,
    offline,
    one_time,
    own,
    plan,
    progress,
    records,
    runs,
    today,
)

PAGES = (
    today, check_in, assessment, runs, imports, plan, progress, journal, decides, learn, own, more,
    records, offline, one_time,
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    *chain.from_iterable(page.urlpatterns for page in PAGES),
    path("account/", include("hamstride.web.account_urls")),
]
