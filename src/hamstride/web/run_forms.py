"""What is asked about a run: how the leg was, what kind it was, and by hand its numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone as clock
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy

from hamstride.protocols.model import Step
from hamstride.records import Run
from hamstride.units import M_PER_KM, S_PER_MIN, minutes_s
from hamstride.web.forms import NumberField, RatingField, Table, TableForm, WordField, YesNoField

# Said in the language of the page: a text that is made when it is asked for.
_ = cast("Callable[[str], str]", gettext_lazy)

KINDS = {
    "easy": _("Easy"),
    "walk_run": _("Walk and run"),
    "strides": _("Strides"),
    "hills": _("Hills"),
    "intervals": _("Intervals"),
    "sprints": _("Sprints"),
    "race": _("Race"),
    "drills": _("Drills"),
}
TRENDS = {"eased": _("It eased"), "steady": _("It stayed"), "worse": _("It got worse")}
YES_NO = {True: "yes", False: "no"}
NOTE_LETTERS = 2000
LARGEST = 100_000
"""So that nothing overflows; what is too much for a run is said by the log."""
FIRST_YEAR = 1970
KEPT_AT_MOST = timedelta(days=60)
"""So long a phone without a signal may keep a run before it sends it."""
AT_ONCE = timedelta(minutes=1)


class EffortField(RatingField):
    """How hard it felt, 0 to 10."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label)
        self.widget.template_name = "runs/effort.html"


class AnswersForm(TableForm):
    """How a run was for the leg, under the keys of the runner's file; every answer may stay open.

    `LEG` and `MORE` are the fields in the order in which they are asked.
    """

    LEG = (
        "pain_before", "pain_during", "pain_after", "sharp", "limped", "form_changed",
        "pain_trend", "stopped_early", "hesitated",
    )  # fmt: skip
    MORE = ("kind", "step", "rpe", "shoes", "note")

    pain_before = RatingField(label=_("Before it: how much did it hurt?"))
    pain_during = RatingField(label=_("During it, at its worst"))
    pain_after = RatingField(
        label=_("An hour or two later"), help_text=_("Not there yet? Come back to it.")
    )
    sharp = YesNoField(label=_("Was there a sharp or grabbing pain?"))
    limped = YesNoField(label=_("Did you limp?"))
    form_changed = YesNoField(label=_("Did your stride change?"))
    pain_trend = WordField(TRENDS, label=_("If it hurt: as the run went on"))
    stopped_early = YesNoField(label=_("Did you stop early?"))
    hesitated = YesNoField(label=_("Did you hold back at speed?"))
    kind = WordField(KINDS, label=_("What kind of run was it?"))
    step = forms.ChoiceField(label=_("Which step of the plan was it?"), required=False)
    rpe = EffortField(label=_("How hard did it feel?"))
    shoes = forms.CharField(label=_("Shoes"), required=False, max_length=NOTE_LETTERS)
    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=NOTE_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    client = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, steps: Sequence[Step] = (), planned: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        now = self.initial.get("step", "")
        self.fields["step"].choices = step_choices(steps, planned, now)  # type: ignore[attr-defined]

    def keys(self) -> tuple[str, ...]:
        """What the form answers of a run."""
        return self.LEG + self.MORE

    @property
    def leg(self) -> list[forms.BoundField]:
        """What is asked of the leg."""
        return [self[name] for name in self.LEG]

    @property
    def more(self) -> list[forms.BoundField]:
        """What else is asked."""
        return [self[name] for name in self.MORE]

    def clean(self) -> Table:
        """Refuse a form without a single answer."""
        found: Table = super().clean() or self.cleaned_data
        if not self.errors and not self.table():
            raise forms.ValidationError(_("Nothing is answered yet. One answer is enough to save."))
        return found


def step_choices(steps: Sequence[Step], planned: str, now: str) -> list[tuple[str, str]]:
    """The steps of a plan, the planned one first; one that no plan knows any more stays."""
    titles = {step.id: f"{step.id}: {step.title}" for step in steps}
    if now and now not in titles:
        titles[now] = now
    first = [(planned, said("%s (planned)") % titles.pop(planned))] if planned in titles else []
    return [("", said("None, or not said")), *first, *titles.items()]


def answered(run: Run) -> Mapping[str, object]:
    """What was said of a run, as the form shows it."""
    found = {name: getattr(run, name) for name in AnswersForm.LEG + AnswersForm.MORE}
    return {
        name: YES_NO[value] if isinstance(value, bool) else value
        for name, value in found.items()
        if value is not None
    }


class RunForm(AnswersForm):
    """A run by hand: its numbers, and the same answers."""

    NUMBERS = ("start", "minutes", "km", "ascent")

    start = forms.DateTimeField(
        label=_("When did it start?"),
        help_text=_("Left empty: it ended just now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = NumberField(
        label=_("Minutes"), min_value=1, max_value=LARGEST,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip
    km = NumberField(
        label=_("Kilometres"), min_value=0, max_value=LARGEST, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip
    ascent = NumberField(
        label=_("Metres up"), min_value=0, max_value=LARGEST, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "any"}),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields of its numbers."""
        return [self[name] for name in self.NUMBERS]

    def clean_start(self) -> datetime | None:
        """Refuse a run that has not begun, and one from before there were watches for it."""
        start: datetime | None = self.cleaned_data["start"]
        if start is None:
            return None
        if start.year < FIRST_YEAR:
            raise forms.ValidationError(
                _("%(year)d is a long time ago. Enter when the run began."),
                params={"year": start.year},
            )
        if start > clock.now():
            raise forms.ValidationError(
                _("%(start)s is still to come. Enter when the run began."),
                params={"start": f"{clock.localtime(start):%Y-%m-%d %H:%M}"},
            )
        return start

    def pressed(self) -> datetime:
        """When the button was pressed, which a phone that sends later says with it."""
        now = clock.now()
        at: datetime | None = self.cleaned_data["at"]
        return at if at is not None and now - KEPT_AT_MOST < at < now else now

    def was_kept(self) -> bool:
        """Whether it comes from a phone that had no signal: nobody is there to be asked."""
        return clock.now() - self.pressed() > AT_ONCE

    def begins(self) -> datetime:
        """When it began: as typed, else so many minutes ago, in the runner's time zone."""
        start: datetime | None = self.cleaned_data["start"]
        if start is None:
            start = self.pressed() - timedelta(seconds=minutes_s(self.cleaned_data["minutes"]))
        return clock.localtime(start).replace(second=0, microsecond=0)

    def table(self) -> Table:
        """The run with its answers, under the keys of the runner's file."""
        found = super().table()
        typed = {
            "duration_s": _times(self.cleaned_data.get("minutes"), S_PER_MIN),
            "distance_m": _times(self.cleaned_data.get("km"), M_PER_KM),
            "ascent_m": self.cleaned_data.get("ascent"),
        }
        return found | {name: value for name, value in typed.items() if value is not None}


def _times(value: float | None, unit: float) -> int | None:
    """A number in a smaller unit, whole; None where it was left out."""
    return None if value is None else round(value * unit)
