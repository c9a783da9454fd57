"""The session: what to do today, exercise by exercise, and what was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hamstride.errors import CaseFileError
from hamstride.explain.session_shown import ItemShown, SessionShown, logged_words, session_shown
from hamstride.protocols.loading import load
from hamstride.web import bridge
from hamstride.web.bridge import planning
from hamstride.web.forms import (
    RATINGS,
    NumberField,
    RatingField,
    Scale,
    Table,
    TableForm,
    WordField,
)
from hamstride.web.models import Decision
from hamstride.web.views.asking import decision_for, runner_for
from hamstride.web.views.offline import only_on

# What labels a field is typed as text, and is text when it is drawn.
gettext_lazy = cast("Callable[[str], str]", translation.gettext_lazy)

PLANNED, CHANGED, SKIPPED = "planned", "changed", "skipped"
DONE = {
    PLANNED: gettext_lazy("As planned"),
    CHANGED: gettext_lazy("With a change"),
    SKIPPED: gettext_lazy("Left out"),
}
WHY = {
    "it hurt": gettext_lazy("It hurt"),
    "no time": gettext_lazy("No time"),
    "no kit": gettext_lazy("No kit"),
    "tired": gettext_lazy("Tired"),
    "not sure how": gettext_lazy("Not sure how"),
    "another reason": gettext_lazy("Another reason"),
}
LEVERS = ("sets", "reps", "hold_s", "minutes", "load_kg")
LOADED = {"weights", "barbell", "kettlebell", "machine", "cable", "ankle_weight"}
"""The kit whose weight is chosen."""


class Effort(Scale):
    """Ten buttons from 1 to 10."""

    template_name = "session/effort.html"


class EffortField(RatingField):
    """1 to 10: an exercise that was done was some effort."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label)
        self.widget = Effort()
        self.choices = RATINGS[1:]


class SayForm(TableForm):
    """What a whole session may be told with."""

    note = forms.CharField(
        label=gettext_lazy("A note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    client = forms.UUIDField(widget=forms.HiddenInput)


HOW_MUCH = gettext_lazy("How much did it hurt? 0 when not at all.")


class QuickForm(SayForm):
    """All of it as planned: one answer for the pain, and one for the effort."""

    pain = RatingField(label=gettext_lazy("The most that any of it hurt, 0 to 10"), required=True)
    rpe = EffortField(label=gettext_lazy("The effort, 1 to 10"))
    field_order = ("pain", "rpe", "note", "client")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pain"].error_messages["required"] = HOW_MUCH


class ExerciseForm(TableForm):
    """What became of one exercise."""

    done = WordField(DONE, label=gettext_lazy("How did it go?"), required=True)
    sets = forms.IntegerField(label=gettext_lazy("Sets"), min_value=1, required=False)
    reps = forms.IntegerField(label=gettext_lazy("Repetitions"), min_value=1, required=False)
    hold_s = NumberField(label=gettext_lazy("Hold, in seconds"), min_value=1, required=False)
    minutes = NumberField(label=gettext_lazy("Minutes"), min_value=1, required=False)
    load_kg = NumberField(label=gettext_lazy("Weight, in kg"), min_value=0, required=False)
    pain = RatingField(label=gettext_lazy("How much did it hurt, 0 to 10?"))
    rpe = EffortField(label=gettext_lazy("The effort, 1 to 10"))
    why = WordField(WHY, label=gettext_lazy("If left out: why?"))

    def __init__(
        self, data: Any = None, *, planned: Mapping[str, Any], initial: Table | None = None
    ) -> None:
        super().__init__(data, prefix=planned["exercise"], initial=initial)
        self.planned = planned
        self.fields["done"].error_messages["required"] = _("One of these three.")
        kit = load().exercises[planned["exercise"]].kit
        for name in LEVERS:
            if planned[name] is None and (name != "load_kg" or not LOADED & set(kit)):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the answer: the pain, the change, or the reason."""
        told: dict[str, Any] = super().clean() or {}
        done = told.get("done")
        if done == SKIPPED and not told.get("why"):
            self.add_error("why", _("What kept you? Any of these will do."))
        if done in (PLANNED, CHANGED) and told.get("pain") is None and "pain" not in self.errors:
            self.add_error("pain", HOW_MUCH)
        if done == CHANGED and not self.errors and not self._changes():
            self.add_error("done", _("What was it instead? Write what was another amount."))
        return told

    @property
    def differs(self) -> bool:
        """Whether it was answered that something was not as planned."""
        return self["done"].value() in (CHANGED, SKIPPED)

    def _changes(self) -> Table:
        return {
            name: self.cleaned_data[name]
            for name in LEVERS
            if self.cleaned_data.get(name) is not None
        }

    def table(self) -> Table:
        """The exercise as a runner's file holds it."""
        told = self.cleaned_data
        if told["done"] == SKIPPED:
            return {"exercise": self.planned["exercise"], "skipped": True, "note": told["why"]}
        changes = self._changes() if told["done"] == CHANGED else {}
        return item_done(self.planned, told["pain"], told["rpe"]) | changes


def item_done(planned: Mapping[str, Any], pain: int, rpe: int | None) -> Table:
    """An exercise that was done as it was planned."""
    amounts = {name: planned[name] for name in LEVERS}
    told = {"exercise": planned["exercise"], **amounts, "pain": pain, "rpe": rpe}
    return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Asked:
    """The two ways to log a session: all at once, or exercise by exercise.

    `opened` shows the second, `by_exercise` says that it was sent.
    """

    quick: QuickForm
    say: SayForm
    each: tuple[tuple[ItemShown, ExerciseForm], ...]
    opened: bool = False
    by_exercise: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The session as it stands: the answer it is of, and what of it is left to do."""

    decision: Decision
    session: SessionShown | None
    left: tuple[ItemShown, ...]
    planned: tuple[Mapping[str, Any], ...]


# The page


@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """Today's session, or what is left of it; of several injuries, that of the strictest answer."""
    runner = runner_for(request)
    day = bridge.today_of(runner)
    answers = bridge.answers_today(runner, day)
    if not answers:
        return redirect("today")
    now = answers[0]
    logged = planning.known_of(now.episode, "sessions", first=day, last=day).rows
    begun = planning.begun_with(now.episode, day, logged)
    holds = begun is not None and planning.still_holds(begun, now)
    shown = shown_of(begun if begun and holds else now, logged)
    return only_on(day, _page(request, shown, logged, asked_of(shown)))


def shown_of(decision: Decision, logged: tuple[planning.Logged, ...]) -> Shown:
    """The session of an answer, without the exercises that were logged."""
    library = load()
    plan = planning.session_of(decision, library)
    if plan is None or plan.kind == "rest":
        return Shown(decision, None, (), ())
    standing = planning.standing_of(decision, library)
    told = session_shown(plan, standing[0] if standing else None, library)
    done = {item["exercise"] for row in logged for item in row.body.get("items", ())}
    known = {item.exercise for item in told.items}
    rows = [row for row in decision.answer["session"]["items"] if row["exercise"] in known]
    return Shown(
        decision,
        told,
        tuple(item for item in told.items if item.exercise not in done),
        tuple(row for row in rows if row["exercise"] not in done),
    )


def asked_of(shown: Shown) -> Asked:
    """Both forms, with nothing chosen beforehand; one client id, since one session is logged."""
    start = {"client": uuid4()}
    return Asked(
        QuickForm(initial=start),
        SayForm(initial=start),
        _with_items(shown, [ExerciseForm(planned=row) for row in shown.planned]),
    )


def _with_items(
    shown: Shown, made: list[ExerciseForm]
) -> tuple[tuple[ItemShown, ExerciseForm], ...]:
    return tuple(zip(shown.left, made, strict=True))


def _page(
    request: HttpRequest, shown: Shown, logged: tuple[planning.Logged, ...], asked: Asked
) -> HttpResponse:
    library = load()
    done = [
        (row.client, logged_words(row.body.get("items", ()), library), row.body.get("note", ""))
        for row in logged
    ]
    told = {"shown": shown, "asked": asked, "done": done}
    return render(request, "session/session.html", told)


# Logging it


@require_http_methods(["GET", "POST"])
def log_session(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what was done of the session of one answer, on the day of that answer.

    Whoever comes back here, as after signing in again, is shown the session.
    """
    decision = decision_for(request, uid)
    if request.method == "GET":
        return redirect("session")
    on = decision.day
    logged = planning.known_of(decision.episode, "sessions", first=on, last=on).rows
    if request.POST.get("client") in {row.client for row in logged}:
        return redirect("session")
    shown = shown_of(decision, logged)
    asked = _asked_by(request, shown)
    body = _body(asked)
    if body is not None:
        client = asked.say.cleaned_data["client"]
        fault = _keep(decision, body, client)
        if not fault:
            undo = reverse("undo", args=[client])
            messages.success(request, _("Session saved. Well done."), extra_tags=undo)
            return redirect("session")
        asked.say.add_error(None, fault)
    return _page(request, shown, logged, asked)


def _asked_by(request: HttpRequest, shown: Shown) -> Asked:
    """The forms as they were sent; all as planned, and it hurt, asks where."""
    if request.POST.get("way") == "each":
        made = [ExerciseForm(request.POST, planned=row) for row in shown.planned]
        start = {"client": request.POST.get("client")}
        say, told = SayForm(request.POST), _with_items(shown, made)
        return Asked(QuickForm(initial=start), say, told, opened=True, by_exercise=True)
    quick, say = QuickForm(request.POST), SayForm(request.POST)
    hurt = quick.is_valid() and quick.cleaned_data["pain"] > 0 and len(shown.planned) > 1
    first = {"done": PLANNED, "rpe": quick.cleaned_data["rpe"]} if hurt else {}
    made = [ExerciseForm(planned=row, initial=first) for row in shown.planned]
    return Asked(quick, say, _with_items(shown, made), opened=hurt)


def _body(asked: Asked) -> Table | None:
    """The session as a runner's file holds it; None while something is to be asked."""
    made = [form for _item, form in asked.each]
    if not asked.say.is_valid():
        return None
    if asked.by_exercise:
        # Every form is looked at, so that all that is missing is said at once.
        if sum(form.is_valid() for form in made) < len(made):
            return None
        items = [form.table() for form in made]
    elif asked.opened or not asked.quick.is_valid():
        return None
    else:
        told = asked.quick.cleaned_data
        items = [item_done(form.planned, told["pain"], told["rpe"]) for form in made]
    did = [item["exercise"] for item in items if not item.get("skipped")]
    kind = planning.kind_of([form.planned for form in made], did)
    if kind is None:
        asked.say.add_error(None, _("All of it is left out, so there is nothing to log. The plan "
                                    "offers it again; if it hurt, tell the check-in."))  # fmt: skip
        return None
    note = asked.say.cleaned_data["note"]
    return {"kind": kind, "items": items} | ({"note": note} if note else {})


def _keep(decision: Decision, body: Table, client: UUID) -> str:
    """Add the session to the log; what speaks against it, or nothing."""
    on, episode = decision.day, decision.episode
    told = {"on": on.isoformat(), **body}
    try:
        bridge.add(episode.runner, "sessions", told, on=on, episode=episode, client=client)
    except CaseFileError as error:
        return " ".join(error.faults)
    return ""


urlpatterns = [
    path("session/", session, name="session"),
    path("session/<uuid:uid>/", log_session, name="log_session"),
]
