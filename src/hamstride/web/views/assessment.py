"""The assessment in five steps, each saved as it goes: from a new pain to a plan that fits."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamstride.advise import Advice
from hamstride.errors import CaseFileError
from hamstride.explain import light
from hamstride.explain.assessed import assessed, first_tests
from hamstride.explain.looking_back import held_part
from hamstride.explain.screened import screened
from hamstride.web import bridge
from hamstride.web.assessing import (
    SIDE_WORDS,
    SITES,
    HistoryForm,
    PlaceForm,
    history_rows,
)
from hamstride.web.bridge.assessing import (
    asked_lately,
    begin_episode,
    born_of,
    close,
    closed_episodes,
    correct,
    keep_born,
    known_of,
    open_episodes,
    start_plan,
)
from hamstride.web.bridge.deciding import holding
from hamstride.web.models import Episode
from hamstride.web.screening import ScreeningForm
from hamstride.web.views import red_flags
from hamstride.web.views.asking import episode_for, runner_for


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five dots; without a `url` it is not reached yet."""

    number: int
    title: str
    url: str
    here: bool


def _steps(here: int, episode: Episode | None) -> list[Step]:
    """The five steps. Once an injury is open each can be looked at again, but the first."""
    rows = (
        (_("Red flags"), ""),
        (_("Where and when"), "assessment_place"),
        (_("How it began"), "assessment_history"),
        (_("First tests"), "assessment_tests"),
        (_("What fits"), "assessment_result"),
    )
    return [
        Step(
            number,
            title,
            reverse(name, args=[episode.uid]) if episode is not None and name else "",
            number == here,
        )
        for number, (title, name) in enumerate(rows, start=1)
    ]


def _owned(request: HttpRequest, uid: UUID) -> Episode:
    """The injury of that id; with an id there is one, or a 404."""
    return cast(Episode, episode_for(request, uid))


@require_GET
def assessment(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where it was left."""
    runner = runner_for(request)
    told = {
        "injuries": [_injury(each) for each in open_episodes(runner)],
        "past": [_injury(each) for each in closed_episodes(runner)],
    }
    return render(request, "assessment/begin.html", told)


def _injury(episode: Episode) -> dict[str, Any]:
    known = known_of(episode)
    ready = "onset" in known
    return {
        "uid": episode.uid,
        "over_on": episode.closed_on,
        "side": SIDE_WORDS[known["side"]],
        "site": SITES.get(known.get("site", ""), ""),
        "ready": ready,
        "url": reverse("assessment_result" if ready else "assessment_history", args=[episode.uid]),
    }


# 1: red flags


@require_http_methods(["GET", "POST"])
def flags(request: HttpRequest) -> HttpResponse:
    """The red-flag questions come first; a sign that somebody should see ends the way here."""
    runner = runner_for(request)
    if request.method == "GET" and red_flags.standing_of(runner).locks:
        return redirect("assessment_flags_result")
    form = ScreeningForm(request.POST or None, initial={"client": uuid4()})
    if request.method == "POST" and form.is_valid():
        red_flags.keep_screening(request, runner, form)
        return redirect("assessment_flags_result")
    told = {"form": form, "flow": True, "steps": _steps(1, None)}
    return render(request, "assessment/red_flags.html", told)


@require_GET
def flags_result(request: HttpRequest) -> HttpResponse:
    """Get help first; or a word worth having, and on to the next step."""
    found = red_flags.standing_of(runner_for(request))
    if found.came == "clear":
        return redirect("assessment_where")
    parts = red_flags.drawn(found.parts)
    told = {"found": found, "parts": parts, "flow": True, "steps": _steps(1, None)}
    return render(request, "assessment/screened.html", told)


# 2: where, and since when


@require_http_methods(["GET", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """A new injury is opened by where it hurts and since when, after the red flags."""
    runner = runner_for(request)
    day = bridge.today_of(runner)
    if red_flags.standing_of(runner).locks:
        return redirect("assessment_flags_result")
    if not asked_lately(runner, day):
        return redirect("assessment_flags")
    form = PlaceForm(request.POST or None, today=day, initial={"client": uuid4()})
    if request.method == "POST" and form.is_valid():
        client = form.cleaned_data["client"]
        episode = begin_episode(runner, form.body(), on=day, client=client)
        return redirect("assessment_history", episode.uid)
    told = {"form": form, "steps": _steps(2, None)}
    return render(request, "assessment/place.html", told)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct where it hurts and since when."""
    episode = _owned(request, uid)
    day = bridge.today_of(episode.runner)
    known = {} if request.method == "POST" else PlaceForm.initial_of(known_of(episode))
    form = PlaceForm(request.POST or None, today=day, initial={**known, "client": uuid4()})
    if request.method == "POST" and form.is_valid():
        client = form.cleaned_data["client"]
        correct(episode, form.body(), PlaceForm.KEYS, on=day, client=client)
        return redirect("assessment_history", episode.uid)
    told = {"form": form, "steps": _steps(2, episode)}
    return render(request, "assessment/place.html", told)


# 3: the history


@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How it began and what came before; every answer may be left out."""
    episode = _owned(request, uid)
    runner = episode.runner
    day = bridge.today_of(runner)
    form = HistoryForm(
        request.POST or None,
        today=day,
        initial={
            **HistoryForm.initial_of(known_of(episode)),
            "born": born_of(runner),
            "client": uuid4(),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            client = form.cleaned_data["client"]
            correct(episode, form.table(), form.keys(), on=day, client=client)
            keep_born(runner, form.cleaned_data["born"], on=day)
        except CaseFileError as error:
            for fault in error.faults:
                form.add_error(None, fault)
        else:
            return redirect("assessment_tests", episode.uid)
    told = {"form": form, "steps": _steps(3, episode)}
    return render(request, "assessment/history.html", told)


# 4: first tests


@require_GET
def tests(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A door to the tests that the first gates look at, and a way past it."""
    episode = _owned(request, uid)
    advice = bridge.advice_of(episode, bridge.today_of(episode.runner))
    told = {
        "episode": episode,
        "tests": first_tests(advice),
        "steps": _steps(4, episode),
    }
    return render(request, "assessment/tests.html", told)


# 5: what fits


@require_GET
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the answers look like, and the plan that fits them."""
    episode = _owned(request, uid)
    held = holding(episode, bridge.today_of(episode.runner))
    found = assessed(held.advice)
    chosen = held.case.episode.protocol
    parts = (held_part(), *found.parts) if held.is_held else found.parts
    told = {
        "episode": episode,
        "found": found,
        "parts": red_flags.drawn(parts),
        "chosen": chosen,
        "is_chosen": found.offer is not None and found.offer.id == chosen,
        "may_end": _may_end(held.advice),
        "steps": _steps(5, episode),
    }
    return render(request, "assessment/result.html", told)


@require_POST
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin the plan that is offered today, and no other."""
    episode = _owned(request, uid)
    day = bridge.today_of(episode.runner)
    offer = assessed(bridge.advice_of(episode, day)).offer
    if offer is None:
        return redirect("assessment_result", episode.uid)
    start_plan(episode, offer, on=day)
    messages.success(request, _("The plan has begun. Today tells what it holds for you."))
    return redirect("today")


def _may_end(advice: Advice) -> bool:
    """Whether an injury may be called over: not while somebody has to have a look."""
    return light(advice).state != "get_help"


@require_POST
def over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It is over: Today asks for it no more, and everything stays in the journal."""
    episode = _owned(request, uid)
    day = bridge.today_of(episode.runner)
    if not _may_end(bridge.advice_of(episode, day)):
        return redirect("assessment_result", episode.uid)
    close(episode, day)
    undo = reverse("assessment_back", args=[episode.uid])
    messages.success(request, _("Noted that it is over. Well done."), extra_tags=undo)
    return redirect("today")


@require_POST
def back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It is not over: Today asks for it again, and the plan goes on where it was."""
    close(_owned(request, uid), None)
    messages.success(request, _("It is open again."))
    return redirect("today")


@require_GET
def letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One page to keep, or to take along to a clinician."""
    episode = _owned(request, uid)
    runner = episode.runner
    day = bridge.today_of(runner)
    advice = bridge.advice_of(episode, day)
    signs = screened([advice])
    told = {
        "runner": runner,
        "episode": episode,
        "day": day,
        "rows": list(history_rows(known_of(episode), born_of(runner))),
        "signs": signs,
        "parts": red_flags.drawn((*signs.parts[:-1], *assessed(advice).parts)),
    }
    return render(request, "assessment/letter.html", told)


urlpatterns = [
    *red_flags.urlpatterns,
    path("assessment/", assessment, name="assessment"),
    path("assessment/red-flags/", flags, name="assessment_flags"),
    path("assessment/red-flags/result/", flags_result, name="assessment_flags_result"),
    path("assessment/where/", where, name="assessment_where"),
    path("assessment/<uuid:uid>/where/", place, name="assessment_place"),
    path("assessment/<uuid:uid>/history/", history, name="assessment_history"),
    path("assessment/<uuid:uid>/tests/", tests, name="assessment_tests"),
    path("assessment/<uuid:uid>/result/", result, name="assessment_result"),
    path("assessment/<uuid:uid>/start/", start, name="assessment_start"),
    path("assessment/<uuid:uid>/over/", over, name="assessment_over"),
    path("assessment/<uuid:uid>/back/", back, name="assessment_back"),
    path("assessment/<uuid:uid>/letter/", letter, name="assessment_letter"),
]
