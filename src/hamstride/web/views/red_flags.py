"""Something feels wrong? The red-flag questions, what they came to, and who had a look since."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hamstride.explain.parts import Part
from hamstride.explain.screened import Screened, screened
from hamstride.web import bridge
from hamstride.web.bridge.assessing import advices_of, keep_seen, screen
from hamstride.web.models import Runner
from hamstride.web.screening import ScreeningForm, SeenForm
from hamstride.web.views.asking import runner_for


def standing_of(runner: Runner) -> Screened:
    """Which red flags of a runner are open today, over every injury."""
    return screened(advices_of(runner, bridge.today_of(runner)))


def drawn(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Parts as templates draw them: those of an answer lie in the store as such."""
    return [asdict(each) for each in parts]


def keep_screening(request: HttpRequest, runner: Runner, form: ScreeningForm) -> None:
    """Keep the answers of a form that was filled in, with a way to take them back."""
    client = form.cleaned_data["client"]
    screen(runner, form.body(), on=bridge.today_of(runner), client=client)
    messages.success(request, _("Answers saved."), extra_tags=reverse("undo", args=[client]))


@require_http_methods(["GET", "POST"])
def red_flags(request: HttpRequest) -> HttpResponse:
    """Ask every question, or with `only=open` those without an answer; then say what to do."""
    runner = runner_for(request)
    if request.method == "POST":
        form = ScreeningForm(request.POST)
        if form.is_valid():
            keep_screening(request, runner, form)
            return redirect("red_flags_result")
    else:
        only = request.GET.get("only") == "open"
        keys = standing_of(runner).open if only else ()
        form = ScreeningForm(initial={"client": uuid4()}, keys=keys)
    return render(request, "assessment/red_flags.html", {"form": form, "flow": False})


@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """What the answers came to: whom to see, how soon, and what to say."""
    found = standing_of(runner_for(request))
    told = {"found": found, "parts": drawn(found.parts), "flow": False}
    return render(request, "assessment/screened.html", told)


@require_http_methods(["GET", "POST"])
def seen(request: HttpRequest) -> HttpResponse:
    """Keep that a clinician had a look, as the runner tells it."""
    runner = runner_for(request)
    since = standing_of(runner).seen_from
    if since is None:
        # Also after a sending that came twice: nothing is open any more.
        return redirect("red_flags_result")
    day = bridge.today_of(runner)
    form = SeenForm(request.POST or None, today=day, seen_from=since, initial={"client": uuid4()})
    if request.method == "POST" and form.is_valid():
        told, client = form.seen(), form.cleaned_data["client"]
        counts_from = keep_seen(runner, told, seen_from=since, client=client)
        if not told.goes_on:
            said = _("Saved. Their plan comes first; tell it here when training may go on.")
        elif counts_from > day:
            said = _("Saved. It counts from %(day)s; today stays as it is.") % {
                "day": date_format(counts_from, "j F")
            }
        else:
            said = _("Saved, as you told it.")
        messages.success(request, said, extra_tags=reverse("undo", args=[client]))
        return redirect("red_flags_result")
    return render(request, "assessment/seen.html", {"form": form, "since": since})


urlpatterns = [
    path("red-flags/", red_flags, name="red_flags"),
    path("red-flags/result/", result, name="red_flags_result"),
    path("red-flags/seen/", seen, name="red_flags_seen"),
]
