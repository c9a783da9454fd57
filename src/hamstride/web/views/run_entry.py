"""A run in the runner's own words: how it was for the leg, and a run typed by hand."""

from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone as clock
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hamstride.errors import CaseFileError
from hamstride.explain import run_page as told
from hamstride.protocols.loading import load
from hamstride.protocols.model import Step
from hamstride.records import Run
from hamstride.web import bridge
from hamstride.web.bridge import running_log
from hamstride.web.bridge.preferring import units_of
from hamstride.web.models import Runner
from hamstride.web.run_forms import AnswersForm, RunForm, answered
from hamstride.web.run_telling import compared, limits_of, shown
from hamstride.web.views.asking import runner_for


@require_http_methods(["GET", "POST"])
def run_answers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask how a run was; what was answered before is shown, and changing it is a correction."""
    runner = runner_for(request)
    found = running_log.line_of(runner, uid)
    if found is None:
        raise Http404
    line = found.line
    form = AnswersForm(
        request.POST or None,
        initial={**answered(line.run), "client": uuid4()},
        steps=_steps(runner),
        planned=running_log.planned_step(runner, line.on, line.run.start),
    )
    if request.method == "POST" and form.is_valid():
        client = form.cleaned_data["client"]
        sent = [name for name in form.keys() if name in form.data]  # noqa: SIM118 - no dict
        try:
            running_log.keep_answers(runner, uid, form.table(), client, sent)
        except CaseFileError as error:
            _say(form, error)
        else:
            # Taking back a correction would take away what it corrects as well.
            undo = "" if line.records else reverse("undo", args=[client])
            messages.success(request, _("Saved. Today's answer takes it in."), extra_tags=undo)
            return redirect("run", line.uid)
    about = {
        "line": line,
        "form": form,
        "amounts": told.amounts(shown(line)),
        "units": units_of(runner),
    }
    return render(request, "runs/answers.html", about)


@require_http_methods(["GET", "POST"])
def add_run(request: HttpRequest) -> HttpResponse:
    """A run by hand; before one is saved that is longer than usual, that is said."""
    runner = runner_for(request)
    with clock.override(ZoneInfo(runner.timezone)):
        form = _run_form(request, runner)
        warned: tuple[str, ...] = ()
        if request.method == "POST" and form.is_valid():
            warned = _warned(form, runner)
            if not warned or form.cleaned_data["seen"]:
                saved = _saved(request, form, runner)
                if saved is not None:
                    return saved
        return render(request, "runs/add.html", {"form": form, "warned": warned})


def _run_form(request: HttpRequest, runner: Runner) -> RunForm:
    """The form, with the step that today's plan holds offered first."""
    today = bridge.today_of(runner)
    bridge.answers_today(runner, today)
    return RunForm(
        request.POST or None,
        initial={"client": uuid4()},
        steps=_steps(runner),
        planned=running_log.planned_step(runner, today),
    )


def _steps(runner: Runner) -> tuple[Step, ...]:
    """The steps of the plan in use; today's answer is made where there was none to name it."""
    if not running_log.protocol_of(runner):
        bridge.answers_today(runner, bridge.today_of(runner))
    found = load().protocols.get(running_log.protocol_of(runner))
    return () if found is None else found.steps()


def _warned(form: RunForm, runner: Runner) -> tuple[str, ...]:
    """What is longer than usual about a run that was typed; nothing where nobody can be asked."""
    if form.was_kept() or running_log.is_stored(runner, form.cleaned_data["client"]):
        return ()
    declared = load().declared
    table = form.table()
    run = Run(
        start=form.begins(),
        duration_s=table.get("duration_s"),
        distance_m=table.get("distance_m"),
        ascent_m=table.get("ascent_m"),
    )
    jumps = running_log.jumps_with(runner, run, declared.spikes)
    return told.jumped(compared(jumps), limits_of(declared))


def _saved(request: HttpRequest, form: RunForm, runner: Runner) -> HttpResponse | None:
    """The page of the run once it is stored; None where the log refuses it."""
    client = form.cleaned_data["client"]
    try:
        running_log.keep_run(runner, form.table(), form.begins(), client)
    except CaseFileError as error:
        _say(form, error)
        return None
    messages.success(request, _("Run saved."), extra_tags=reverse("undo", args=[client]))
    return redirect("run", client)


@require_POST
def take_back_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take out what was typed of a run; the log keeps it."""
    taken = running_log.take_back(runner_for(request), uid)
    if not taken:
        raise Http404
    # What is put back is the first of what was typed: the run itself, with its numbers.
    undo = reverse("journal_put_back", args=[taken[0]])
    messages.info(request, _("Taken back. The journal still shows it."), extra_tags=undo)
    return redirect("runs")


def _say(form: AnswersForm, error: CaseFileError) -> None:
    for fault in error.faults:
        form.add_error(None, fault)


urlpatterns = [
    path("runs/add/", add_run, name="add_run"),
    path("runs/<uuid:uid>/answers/", run_answers, name="run_answers"),
    path("runs/<uuid:uid>/take-back/", take_back_run, name="take_back_run"),
]
