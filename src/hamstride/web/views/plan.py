"""The plan: the week as it looks today, the gate ahead, and when there is time to train."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hamstride.explain.week_shown import (
    DayShown,
    PhaseShown,
    pause_words,
    phase_shown,
    race_words,
    week_shown,
)
from hamstride.plan.model import PlannedDay
from hamstride.protocols.loading import load
from hamstride.web import bridge
from hamstride.web.bridge import planning
from hamstride.web.forms import TableForm
from hamstride.web.models import Decision, Runner
from hamstride.web.views import session, testing
from hamstride.web.views.asking import runner_for
from hamstride.web.views.offline import only_on

# What labels a field is typed as text, and is text when it is drawn.
gettext_lazy = cast("Callable[[str], str]", translation.gettext_lazy)

DAYS_BACK, DAYS_AHEAD = 3, 3
WEEKDAYS = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
KIT = {
    "band": gettext_lazy("Elastic band"),
    "towel": gettext_lazy("Towel"),
    "step": gettext_lazy("Step"),
    "box": gettext_lazy("Box, knee high"),
    "chair": gettext_lazy("Chair"),
    "bench": gettext_lazy("Bench or firm bed"),
    "weights": gettext_lazy("Dumbbells"),
    "barbell": gettext_lazy("Barbell"),
    "kettlebell": gettext_lazy("Kettlebell"),
    "ball": gettext_lazy("Exercise ball"),
    "machine": gettext_lazy("Leg machines"),
    "cable": gettext_lazy("Cable pulley"),
    "flywheel": gettext_lazy("Flywheel"),
    "anchor": gettext_lazy("Something that holds the feet"),
    "partner": gettext_lazy("Somebody who helps"),
    "bike": gettext_lazy("Bike"),
    "pool": gettext_lazy("Pool"),
    "hill": gettext_lazy("Hill"),
    "track": gettext_lazy("Track"),
    "sled": gettext_lazy("Sled"),
    "cones": gettext_lazy("Cones"),
    "ankle_weight": gettext_lazy("Ankle weight"),
    "roller": gettext_lazy("Foam roller"),
    "strap": gettext_lazy("Strap"),
    "slider": gettext_lazy("Sliders"),
}


KIT_ID = "kit_%s"
"""Both forms of the page have a client id: no two fields share an id."""


class Ticks(forms.CheckboxSelectMultiple):
    """Several of a few choices, as buttons side by side."""

    template_name = "plan/ticks.html"


class DaysForm(TableForm):
    """On which days there is time to train."""

    free_days = forms.MultipleChoiceField(
        choices=tuple(WEEKDAYS.items()),
        widget=Ticks,
        label=gettext_lazy("Days with time to train"),
        error_messages={
            "required": gettext_lazy("One day at least: without any, there would be no plan.")
        },
    )
    client = forms.UUIDField(widget=forms.HiddenInput)


class KitForm(TableForm):
    """What there is to train with; nothing ticked is an answer too."""

    kit = forms.MultipleChoiceField(
        choices=tuple(KIT.items()),
        widget=Ticks,
        label=gettext_lazy("What you can use"),
        required=False,
    )
    client = forms.UUIDField(widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip: the light of a day that was, or what a day ahead is for."""

    on: date
    is_today: bool
    answer: Decision | None
    done: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """The week of an answer, and what stands around it; None where a clinician comes first."""

    days: tuple[DayShown, ...]
    phase: PhaseShown
    race: tuple[str, ...]
    pause: str


# The page


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The week of today's answer; of several injuries, that of the strictest."""
    return _page(request, runner_for(request))


def _page(
    request: HttpRequest,
    runner: Runner,
    days: DaysForm | None = None,
    kit: KitForm | None = None,
) -> HttpResponse:
    """The page, with a form as it was sent where there is one."""
    today = bridge.today_of(runner)
    answers = bridge.answers_today(runner, today)
    if not answers:
        return render(request, "plan/none.html")
    decision = answers[0]
    first = today - timedelta(days=DAYS_BACK)
    known = planning.known_of(decision.episode, "sessions", "runs", first=first, last=today)
    week = planning.week_of(decision, load())
    start = {**known.runner, "client": uuid4()}
    told: dict[str, Any] = {
        "decision": decision,
        "today": today,
        "strip": _strip(decision, known, week),
        "ahead": _ahead(decision, known, week),
        "days": days or DaysForm(initial=start),
        "kit": kit or KitForm(initial=start, auto_id=KIT_ID),
        "days_told": "free_days" in known.runner,
        "kit_told": "kit" in known.runner,
    }
    return only_on(decision.day, render(request, "plan/plan.html", told))


def _ahead(decision: Decision, known: planning.Known, week: tuple[PlannedDay, ...]) -> Ahead | None:
    library = load()
    standing = planning.standing_of(decision, library)
    if standing is None or decision.state == "get_help":
        return None
    protocol, phase = standing
    race_on = known.injury.get("race_on")
    return Ahead(
        days=week_shown(week, protocol),
        phase=phase_shown(protocol, phase, decision.answer["gate"]["reasons"], library),
        race=race_words(date.fromisoformat(race_on), week, protocol, library) if race_on else (),
        pause=pause_words(protocol),
    )


def _strip(
    decision: Decision, known: planning.Known, week: tuple[PlannedDay, ...]
) -> list[StripDay]:
    """Three days that were, today, and three that come."""
    today, episode = decision.day, decision.episode
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    shown = planning.answers_between(episode, first, today)
    done = planning.done_on(episode.runner, known, first, today)
    kinds = {planned.on: planned.session.kind for planned in week}
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return [
        StripDay(
            on=on,
            is_today=on == today,
            answer=decision if on == today else shown.get(on),
            done=_done_words(done.get(on, set()), shown.get(on), over=on < today),
            kind=kinds.get(on, ""),
        )
        for on in days
    ]


def _done_words(done: set[str], answer: Decision | None, *, over: bool) -> str:
    """What was done on a day; a day of rest that was followed is something done."""
    words: Mapping[str, str] = {
        "run": _("ran"),
        "strength": _("strength"),
        "mobility": _("mobility"),
        "warm_up": _("warm-up"),
        "cross_training": _("other training"),
    }
    said = [word for kind, word in words.items() if kind in done]
    if not said and over and answer is not None and answer.state == "rest":
        said = [_("rested")]
    return ", ".join(said)


# What can be told


@require_http_methods(["GET", "POST"])
def save_days(request: HttpRequest) -> HttpResponse:
    """Keep the days with time; the plan is laid on those alone."""
    runner, form = runner_for(request), DaysForm(request.POST)
    if request.method == "GET":
        return redirect("plan")
    if form.is_valid():
        return _kept(request, runner, form, "free_days", _("Days saved. The plan keeps to them."))
    return _page(request, runner, days=form)


@require_http_methods(["GET", "POST"])
def save_kit(request: HttpRequest) -> HttpResponse:
    """Keep what there is to train with; the plan takes nothing else."""
    runner, form = runner_for(request), KitForm(request.POST, auto_id=KIT_ID)
    if request.method == "GET":
        return redirect("plan")
    if form.is_valid():
        return _kept(request, runner, form, "kit", _("Kit saved. The plan keeps to it."))
    return _page(request, runner, kit=form)


def _kept(
    request: HttpRequest, runner: Runner, form: TableForm, key: str, said: str
) -> HttpResponse:
    told = form.cleaned_data
    today = bridge.today_of(runner)
    bridge.add(runner, "runner", {key: told[key]}, on=today, client=told["client"])
    messages.success(request, said)
    return redirect("plan")


urlpatterns = [
    path("plan/", plan, name="plan"),
    path("plan/days/", save_days, name="plan_days"),
    path("plan/kit/", save_kit, name="plan_kit"),
    *session.urlpatterns,
    *testing.urlpatterns,
]
