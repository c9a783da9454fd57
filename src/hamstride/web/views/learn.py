"""Learn: cards on what is going on in there, and the words that a runner meets."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from hamstride.explain.every_plan import see_whom
from hamstride.explain.load_curve import slope_costs, speed_costs
from hamstride.explain.safety import EMERGENCY, STOP_RULE
from hamstride.explain.sources import cited
from hamstride.protocols.loading import load
from hamstride.web.learn import cards, curves, words
from hamstride.web.views.asking import runner_for


@require_GET
def learn(request: HttpRequest) -> HttpResponse:
    """All cards."""
    runner_for(request)
    return render(request, "learn/index.html", {"cards": cards().values()})


@require_GET
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """One card, with its drawing and who says so."""
    runner_for(request)
    found = cards().get(slug)
    if found is None:
        raise Http404
    library = load()
    pieces = [
        (piece, [(said, cited(said, library)) for said in piece.says]) for piece in found.pieces
    ]
    after = list(cards().values())[list(cards()).index(slug) + 1 :]
    told = {
        "card": found,
        "pieces": pieces,
        "picture": f"learn/pictures/{found.picture}.html" if found.picture else "",
        "next": after[0] if after else None,
    }
    return render(request, "learn/card.html", told | _PICTURES.get(found.picture, dict)())


@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """The words that a runner meets here."""
    runner_for(request)
    rows = [(each, cards().get(each.card)) for each in words()]
    return render(request, "learn/words.html", {"words": rows})


def _speed() -> dict[str, Any]:
    asked = curves.by_speed()
    costs = speed_costs(asked, slower_km_h=curves.SLOWER_KM_H)
    return {"asked": asked, "curve": curves.speed_curve(), "costs": costs}


def _slope() -> dict[str, Any]:
    asked = curves.by_slope()
    return {"asked": asked, "costs": slope_costs(asked)}


def _whom() -> dict[str, Any]:
    return {"see": tuple(see_whom(load())), "stop_rule": STOP_RULE, "emergency": EMERGENCY}


_PICTURES: dict[str, Callable[[], dict[str, Any]]] = {
    "speed": _speed,
    "slope": _slope,
    "whom": _whom,
}
"""What a drawing needs beside its card."""

urlpatterns = [
    path("learn/", learn, name="learn"),
    path("learn/words/", glossary, name="words"),
    path("learn/<slug:slug>/", card, name="card"),
]
