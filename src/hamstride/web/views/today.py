"""Today: can I run, what exactly, and why."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hamstride.web import bridge
from hamstride.web.bridge import running_log
from hamstride.web.models import Decision, Runner
from hamstride.web.views.asking import decision_for, episode_for, runner_for
from hamstride.web.views.offline import only_on
from hamstride.web.views.questions import doors


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done now, and where."""

    name: str
    url: str


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The answer of the day; before there is an injury to ask about, how to begin.

    Of several injuries the strictest answer holds, and the others are named.
    """
    runner = runner_for(request)
    day = bridge.today_of(runner)
    answers = bridge.answers_today(runner, day)
    if not answers:
        return render(request, "welcome.html", {"runner": runner})
    strictest, *others = answers
    told = {
        **shown(strictest),
        "others": others,
        "actions": [*_actions(strictest), *_about_runs(runner, day)],
        "runner": runner,
        "is_today": True,
    }
    return only_on(day, render(request, "today.html", told))


@require_GET
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An answer as it was shown, whatever is known by now."""
    decision = decision_for(request, uid)
    later = bridge.answers_of(decision.episode, decision.day)[-1]
    told = {**shown(decision), "later": None if later == decision else later}
    return render(request, "today.html", told)


def shown(decision: Decision) -> dict[str, object]:
    """What the page of an answer needs."""
    gate = decision.answer["gate"]
    return {
        "decision": decision,
        "parts": decision.parts,
        "doors": doors(decision),
        "opens": gate["to"] if gate["action"] in ("advance", "step_back") else None,
        "gate": gate["action"],
    }


def _actions(decision: Decision) -> list[Action]:
    """The doors from an answer: the check-in while it is open, then what the day asks for."""
    asks = any(key.startswith("check_ins.") for key in decision.answer["today"]["answer_first"])
    session = decision.answer["session"]
    wanted = [
        ("red_flags_result", _("What to do now"), decision.state == "get_help"),
        ("check_in", _("Check in"), asks),
    ]
    trains = session is not None and session["kind"] != "rest"
    wanted.append(("session", _("Start session"), trains and decision.state != "get_help"))
    wanted.append(("add_run", _("Write down a run"), True))
    return [Action(name, reverse(page)) for page, name, due in wanted if due]


def _about_runs(runner: Runner, day: date) -> list[Action]:
    """The newest run that nobody said enough about."""
    return [
        Action(_("How was your run?"), reverse("run_answers", args=[line.uid]))
        for line in running_log.unanswered(runner, day)[:1]
    ]


@require_POST
def enter_phase(request: HttpRequest) -> HttpResponse:
    """Go where today's gate leads, and nowhere else."""
    runner, episode = runner_for(request), episode_for(request)
    if episode is not None:
        bridge.enter_phase(episode, bridge.today_of(runner))
    return redirect("today")


urlpatterns = [
    path("", today, name="today"),
    path("phase/", enter_phase, name="enter_phase"),
    path("answers/<uuid:uid>/", answer, name="answer"),
]
