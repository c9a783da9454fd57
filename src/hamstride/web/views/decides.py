"""How it decides: every plan, every rule and who says so, where sources disagree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from hamstride.explain import compare, sections
from hamstride.explain.every_plan import disputes, every_plan
from hamstride.explain.our_choices import our_choices
from hamstride.explain.sources import KINDS, how_read
from hamstride.protocols.loading import load
from hamstride.web import bridge
from hamstride.web.views.asking import episode_for, runner_for


@require_GET
def decides(request: HttpRequest) -> HttpResponse:
    """All plans, what holds in each of them, and where sources disagree."""
    library = load()
    told = {
        "plans": library.protocols.values(),
        "own": own_plan(request),
        "every_plan": every_plan(library),
        "disputes": disputes(library),
    }
    return render(request, "decides/index.html", told)


@require_GET
def protocol(request: HttpRequest, protocol: str) -> HttpResponse:
    """One plan from top to bottom, each row with who says so."""
    library = load()
    plan = library.protocols.get(protocol)
    if plan is None:
        raise Http404
    told = {
        "plan": plan,
        "own": own_plan(request),
        "sections": sections(plan, library),
        "others": [each for each in library.protocols.values() if each is not plan],
    }
    return render(request, "decides/plan.html", told)


@require_GET
def comparing(request: HttpRequest) -> HttpResponse:
    """Two plans, topic by topic; before both are chosen, the question which."""
    library = load()
    own = own_plan(request)
    asked = [request.GET.get("a", own), request.GET.get("b", "")]
    sides = [library.protocols.get(name) for name in asked]
    told: dict[str, object] = {
        "plans": library.protocols.values(),
        "left": sides[0],
        "right": sides[1],
        "unknown": [name for name, side in zip(asked, sides, strict=True) if name and not side],
    }
    left, right = sides
    if left is not None and right is not None:
        told["topics"] = compare(left, right, library)
    return render(request, "decides/compare.html", told)


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, its kind, and how it was read."""
    runner_for(request)
    library = load()
    kinds = [
        (title, [(each, how_read(each)) for each in library.sources.values() if each.kind == kind])
        for kind, title in KINDS.items()
        if kind != "our_choice"
    ]
    return render(request, "decides/sources.html", {"kinds": kinds})


@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """Every row that nobody stands behind but this project, as one list."""
    runner_for(request)
    shelves = our_choices(load())
    count = sum(len(shelf.choices) for shelf in shelves)
    return render(request, "decides/choices.html", {"shelves": shelves, "count": count})


def own_plan(request: HttpRequest) -> str:
    """The id of the plan that the runner follows today; empty where there is none."""
    episode = episode_for(request)
    if episode is None:
        return ""
    return bridge.answer_of(episode, bridge.today_of(episode.runner)).protocol or ""


urlpatterns = [
    path("how-it-decides/", decides, name="decides"),
    path("how-it-decides/compare/", comparing, name="compare"),
    path("how-it-decides/sources/", sources, name="sources"),
    path("how-it-decides/our-choices/", choices, name="choices"),
    path("how-it-decides/<slug:protocol>/", protocol, name="protocol"),
]
