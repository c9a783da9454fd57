"""Tests: which the gate ahead asks for, how each is done, and what it showed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hamstride.explain.tests_shown import (
    ASKS_FIRST,
    CALMER_DAY,
    LOCKED,
    Named,
    as_shown,
    named_tests,
    too_much_words,
    waits_words,
)
from hamstride.protocols.loading import load
from hamstride.protocols.shelf import Test
from hamstride.web import bridge
from hamstride.web.bridge import planning
from hamstride.web.forms import NumberField, RatingField, Table, TableForm, YesNoField
from hamstride.web.models import Decision
from hamstride.web.views.asking import runner_for

# What labels a field is typed as text, and is text when it is drawn.
gettext_lazy = cast("Callable[[str], str]", translation.gettext_lazy)


@dataclass(frozen=True, slots=True)
class Row:
    """A test in a list: what the gate says of it, its last result, and why it waits."""

    test: Test
    named: Named | None
    last: planning.Logged | None
    waits: str


@dataclass(frozen=True, slots=True)
class Result:
    """A result as a row of a table; `client` takes it back."""

    client: str
    on: date
    left: str
    right: str
    pain: str
    steady: bool | None


class TestForm(TableForm):
    """What a test showed, in its own unit, with the pain of each side."""

    left = NumberField(label=gettext_lazy("Left"), min_value=0, required=False)
    pain_left = RatingField(label=gettext_lazy("Pain on the left, 0 to 10"))
    right = NumberField(label=gettext_lazy("Right"), min_value=0, required=False)
    pain_right = RatingField(label=gettext_lazy("Pain on the right, 0 to 10"))
    steady = YesNoField(label=gettext_lazy("Did it look steady?"))
    note = forms.CharField(
        label=gettext_lazy("A note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = forms.DateField(widget=forms.HiddenInput)
    client = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, test: Test, unit: str, today: date) -> None:
        super().__init__(data, initial={"client": uuid4(), "on": today})
        self.today = today
        self.test = test
        if not test.sided:
            del self.fields["right"], self.fields["pain_right"]
            self.fields["left"].label = _("Result")
            self.fields["pain_left"].label = _("Pain, 0 to 10")
        if test.measures == "pain_only":
            for name in {"left", "right"} & self.fields.keys():
                del self.fields[name]
        if not test.judged_steady:
            del self.fields["steady"]
        for name in {"left", "right"} & self.fields.keys():
            self.fields[name].label = f"{self.fields[name].label}, {unit}"
            self.fields[name].widget.attrs |= {"step": "any", "inputmode": "decimal"}

    def table(self) -> Table:
        """The result as a runner's file holds it, on the day on which it was asked for."""
        told = super().table()
        return {"on": self.cleaned_data["on"].isoformat(), "test": self.test.id, **told}

    def keys(self) -> tuple[str, ...]:
        """The answers: all but the day, and what tells one sending from another."""
        return tuple(name for name in self.fields if name not in ("client", "on"))

    def clean_on(self) -> date:
        """A form that waited to be sent keeps its day; no day that is still to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return on

    def clean(self) -> dict[str, Any]:
        """Ask for the pain of a side that was tested, and for one result at least."""
        told: dict[str, Any] = super().clean() or {}
        for side in ("left", "right"):
            value = told.get(side)
            if value is None:
                continue
            if said := too_much_words(self.test, value):
                self.add_error(side, said)
            if told.get(f"pain_{side}") is None and not self.has_error(f"pain_{side}"):
                self.add_error(f"pain_{side}", _("How much did it hurt? 0 when not at all."))
        names = ("left", "right", "pain_left", "pain_right")
        if not self.errors and all(told.get(name) is None for name in names):
            self.add_error(None, _("Write down one side at least."))
        return told


# The pages


@require_GET
def tests(request: HttpRequest) -> HttpResponse:
    """Every test, first those that the gate ahead names."""
    decision = _decision_of(request)
    if decision is None:
        return redirect("today")
    library = load()
    known = planning.known_of(decision.episode, "tests")
    results = {row.body["test"]: row for row in known.rows}

    def row(test: Test, named: Named | None = None) -> Row:
        return Row(test, named, results.get(test.id), _waits(test, known.injury, decision.day))

    standing = planning.standing_of(decision, library)
    named = named_tests(decision.answer, standing[1] if standing else None, library)
    ids = {each.test.id for each in named}
    first = [row(each.test, each) for each in named]
    others = [row(test) for name, test in library.tests.items() if name not in ids]
    told = {"decision": decision, "named": first, "others": others, "held": _held(decision),
            "calmer": _calmer(decision)}  # fmt: skip
    return render(request, "session/tests.html", told)


@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, test: str) -> HttpResponse:
    """One test: how it is done, and its result kept; a test that waits is told and not asked."""
    found, decision = load().tests.get(test), _decision_of(request)
    if found is None:
        raise Http404
    if decision is None:
        return redirect("today")
    shown = as_shown(found, load())
    form = TestForm(request.POST or None, test=found, unit=shown.unit, today=decision.day)
    known = planning.known_of(decision.episode, "tests")
    waits = _held(decision) or _waits(found, known.injury, decision.day)
    if request.method == "POST" and not waits and form.is_valid():
        _keep(decision, form)
        undo = reverse("undo", args=[form.cleaned_data["client"]])
        messages.success(request, _("Result saved."), extra_tags=undo)
        return redirect("test", test=test)
    told = {
        "test": found,
        "shown": shown,
        "form": form,
        "waits": waits,
        "calmer": _calmer(decision),
        "results": [_result(row) for row in reversed(known.rows) if row.body["test"] == test],
    }
    return render(request, "session/test.html", told)


def _result(row: planning.Logged) -> Result:
    pains = (row.body.get("pain_left"), row.body.get("pain_right"))
    pain = (
        " · ".join(_cell(each) for each in pains) if "pain_right" in row.body else _cell(pains[0])
    )
    return Result(
        client=row.client,
        on=row.on,
        left=_cell(row.body.get("left")),
        right=_cell(row.body.get("right")),
        pain=pain,
        steady=row.body.get("steady"),
    )


def _cell(value: float | None) -> str:
    """A number, or that there is none: nought is a number."""
    return "–" if value is None else f"{value:g}"


def _decision_of(request: HttpRequest) -> Decision | None:
    """Today's answer; of several injuries, the strictest."""
    runner = runner_for(request)
    answers = bridge.answers_today(runner, bridge.today_of(runner))
    return answers[0] if answers else None


def _held(decision: Decision) -> str:
    """Why no test is asked for today; empty where they are."""
    if decision.state == "get_help":
        return LOCKED
    asks = decision.answer["today"]["answer_first"]
    return ASKS_FIRST if any(key.startswith("screenings.") for key in asks) else ""


def _calmer(decision: Decision) -> str:
    session = decision.answer["session"]
    rests = decision.state == "rest" and (session is None or session["kind"] == "rest")
    return CALMER_DAY if rests else ""


def _waits(test: Test, injury: Mapping[str, Any], today: date) -> str:
    began = date.fromisoformat(injury["started_on"])
    return waits_words(test, began, injury.get("onset"), today)


def _keep(decision: Decision, form: TestForm) -> None:
    """Add the result to the log: the form asks for nothing that a runner's file may not hold."""
    told, episode = form.cleaned_data, decision.episode
    bridge.add(
        episode.runner,
        "tests",
        form.table(),
        on=told["on"],
        episode=episode,
        client=told["client"],
    )


urlpatterns = [
    path("tests/", tests, name="tests"),
    path("tests/<slug:test>/", test, name="test"),
]
