"""The forms of the red-flag questions, and of a clinician's look at what they brought up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils import translation
from django.utils.translation import gettext as _

from hamstride.explain.screened import counted, locks
from hamstride.protocols.loading import load
from hamstride.protocols.model import Urgency
from hamstride.protocols.shelf import Question
from hamstride.web.bridge.assessing import Seen
from hamstride.web.forms import Table, WordField

# What it makes becomes text when a page is drawn; forms take it as text.
gettext_lazy = cast("Callable[[str], str]", translation.gettext_lazy)

LONG_AGO = date(1900, 1, 1)
UNSURE = gettext_lazy("Not sure")
ANSWERS = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No"), "unsure": UNSURE}
GROUPS: Mapping[Urgency, str] = {
    "emergency": gettext_lazy("A yes here: the emergency number, now"),
    "same_day": gettext_lazy("A yes here: be seen today"),
    "urgent": gettext_lazy("A yes here: be seen within days"),
    "routine": gettext_lazy("A yes here: mention it to a clinician"),
}


class DayField(forms.DateField):
    """A day, as a browser's own calendar writes it."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class NotAhead(forms.Form):
    """A form with days that cannot lie ahead; `today` is the runner's."""

    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in self.past:
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Refuse days that are still to come, or so long ago that it is a slip."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.past:
            day = found.get(name)
            if day is not None and not LONG_AGO <= day <= self.today:
                told = _("%(day)s is not a day up to today.") % {"day": day.isoformat()}
                self.add_error(name, told)
        return found


# The red-flag questions


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one urgency, and the box that says no to those left open."""

    title: str
    fields: tuple[BoundField, ...]
    none: BoundField


class ScreeningForm(forms.Form):
    """The red-flag questions, or those of them that are still open.

    Parameters
    ----------
    keys
        Which questions to ask; by default those that were asked when the form was sent, else all.

    Notes
    -----
    “None of these” and “All of these: no” answer what was left open, and never a question that
    was answered otherwise.
    """

    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    client = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, keys: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = load().questions
        sent = self.data.get("asked", "").split(",") if self.is_bound else keys
        self.questions: list[Question] = [
            questions[key] for key in questions if key in sent
        ] or list(questions.values())
        self.initial["asked"] = ",".join(each.key for each in self.questions)
        for each in self.questions:
            self.fields[each.key] = WordField(ANSWERS, label=each.ask, help_text=each.help)
        for urgency in dict.fromkeys(each.urgency for each in self.questions):
            self.fields[f"none_{urgency}"] = forms.BooleanField(
                label=gettext_lazy("None of these"), required=False
            )

    def groups(self) -> Iterator[Group]:
        """The questions by urgency, the most urgent first."""
        for urgency, title in GROUPS.items():
            own = tuple(self[each.key] for each in self.questions if each.urgency == urgency)
            if own:
                yield Group(title, own, self[f"none_{urgency}"])

    def clean(self) -> dict[str, Any]:
        """Ask for what is open, unless an answer already says that somebody should have a look."""
        found = super().clean() or self.cleaned_data
        for each in self.questions:
            if not found.get(each.key) and ("all_no" in self.data or found[f"none_{each.urgency}"]):
                found[each.key] = "no"
        if any(locks(found.get(each.key) or "no", each.urgency) for each in self.questions):
            return found
        for each in self.questions:
            if not found.get(each.key) and each.key not in self.errors:
                self.add_error(each.key, _("This one is still open."))
        return found

    @property
    def first_open(self) -> str:
        """The first question with something to say about it."""
        return next((each.key for each in self.questions if each.key in self.errors), "")

    def body(self) -> Table:
        """The answers as the runner's file writes them; one that is not sure may be left out."""
        said = {
            each.key: counted(self.cleaned_data[each.key], each.urgency)
            for each in self.questions
            if self.cleaned_data.get(each.key)
        }
        no_to_all = all(answer is False for answer in said.values())
        if no_to_all and len(said) == len(load().questions):
            return {"all_clear": True}
        return {key: answer for key, answer in said.items() if answer is not None}


class SeenForm(NotAhead):
    """What a clinician said, as the runner tells it."""

    past = ("seen_on",)

    seen_on = DayField(label=gettext_lazy("On which day were you seen?"), required=True)
    by = forms.CharField(
        label=gettext_lazy("By whom?"),
        help_text=gettext_lazy("A name and a profession, such as “Dr Lee, sports physician”."),
        max_length=160,
    )
    goes_on = WordField(
        {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No, not yet")},
        label=gettext_lazy("Did they know of these answers, and say that training may go on?"),
        required=True,
    )
    said = forms.CharField(
        label=gettext_lazy("What did they say?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    client = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen_from: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen_from = seen_from
        self.fields["seen_on"].widget.attrs["min"] = seen_from.isoformat()

    def clean(self) -> dict[str, Any]:
        """A look before the sign was told cannot have known it."""
        found = super().clean()
        day = found.get("seen_on")
        if day is not None and day < self.seen_from:
            told = _(
                "You told of this on %(day)s; a look before that could not know it. Ask them "
                "again, by phone if that will do, and write down that day."
            )
            self.add_error("seen_on", told % {"day": self.seen_from.isoformat()})
        return found

    def seen(self) -> Seen:
        """What was told."""
        found = self.cleaned_data
        return Seen(found["by"], found["seen_on"], found["goes_on"] == "yes", found["said"])
