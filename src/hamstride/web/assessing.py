"""The forms of the assessment: the place of the pain, and the history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from hamstride.explain.questions import asked
from hamstride.protocols.loading import load
from hamstride.web.forms import NumberField, Table, TableForm, WordField
from hamstride.web.screening import ANSWERS, LONG_AGO, UNSURE, DayField, NotAhead, gettext_lazy

# Where, and since when

SIDES = {"left": gettext_lazy("Left"), "right": gettext_lazy("Right")}
SITES = {
    "buttock": gettext_lazy("buttock"),
    "sit_bone": gettext_lazy("sit bone"),
    "upper_thigh": gettext_lazy("upper thigh"),
    "mid_thigh": gettext_lazy("middle of the thigh"),
    "lower_thigh": gettext_lazy("lower thigh"),
    "below_knee": gettext_lazy("below the knee"),
}
NOWHERE = "nowhere"
SIDE_WORDS = {**SIDES, "both": gettext_lazy("Both legs")}


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on the map: a radio button whose label is an area, and a row of the list."""

    side: str
    site: str
    side_words: str
    words: str
    checked: bool

    @property
    def value(self) -> str:
        """What is sent."""
        return f"{self.side}-{self.site}"


class PlaceForm(NotAhead):
    """Where it hurts, and since when: what an injury is opened with."""

    past = ("started_on",)

    place = forms.ChoiceField(
        label=gettext_lazy("Where does it hurt most?"),
        choices=[
            (f"{side}-{site}", f"{side} {site}") for side in SIDES for site in (*SITES, NOWHERE)
        ],
        error_messages={"required": gettext_lazy("Choose a place on the drawing or in the list.")},
    )
    both = forms.BooleanField(label=gettext_lazy("It hurts in the other leg too"), required=False)
    started_on = DayField(label=gettext_lazy("On which day did it begin?"), required=True)
    client = forms.UUIDField(widget=forms.HiddenInput)

    KEYS = ("side", "site", "started_on")

    @staticmethod
    def initial_of(known: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that an injury already has."""
        side = "left" if known["side"] == "both" else known["side"]
        return {
            "place": f"{side}-{known.get('site', NOWHERE)}",
            "both": known["side"] == "both",
            "started_on": date.fromisoformat(known["started_on"]),
        }

    def spots(self) -> Iterator[Spot]:
        """Every place, side by side."""
        chosen = self["place"].value()
        for site, words in {**SITES, NOWHERE: gettext_lazy("somewhere else, or not sure")}.items():
            for side, side_words in SIDES.items():
                yield Spot(side, site, side_words, words, chosen == f"{side}-{site}")

    def body(self) -> Table:
        """The answers under the keys of the runner's file."""
        side, site = self.cleaned_data["place"].split("-")
        found = {
            "side": "both" if self.cleaned_data["both"] else side,
            "started_on": self.cleaned_data["started_on"].isoformat(),
        }
        return found if site == NOWHERE else {**found, "site": site}


# The history


MEANS = {"yes": True, "no": False, "unsure": None, "none_given": None, "1": 1, "2": 2, "3": 3}
"""What a choice is in the runner's file, where it is not the word itself."""


class AnswerField(WordField):
    """A question of the history; “not sure” is not answered."""

    def __init__(self, name: str, words: Mapping[str, str], *, help_text: str = "") -> None:
        super().__init__(words, label=_ask(name), help_text=help_text)
        self.coerce = lambda text: MEANS.get(text, text)


def _ask(name: str) -> str:
    return asked(f"episode.{name}", load()).ask


def _yes_no(name: str) -> AnswerField:
    return AnswerField(name, ANSWERS)


def _words(name: str, words: Mapping[str, str], help_text: str = "") -> AnswerField:
    return AnswerField(name, {**words, "unsure": UNSURE}, help_text=help_text)


MECHANISMS = {
    "sprinting": gettext_lazy("Fast running"),
    "stretch": gettext_lazy("A far stretch or slip"),
    "blow": gettext_lazy("A blow"),
    "overuse": gettext_lazy("More than I was used to"),
    "unknown": gettext_lazy("Nothing in particular"),
}


class HistoryForm(NotAhead, TableForm):
    """How it began, what it has been like, and what came before."""

    past = ("previous_strain_ended_on",)

    onset = _words(
        "onset", {"sudden": gettext_lazy("Suddenly"), "gradual": gettext_lazy("Bit by bit")}
    )
    mechanism = AnswerField("mechanism", MECHANISMS)
    popped = _yes_no("popped")
    had_to_stop = _yes_no("had_to_stop")
    bruise = _words(
        "bruise",
        {
            "none": gettext_lazy("None"),
            "small": gettext_lazy("A small one"),
            "large": gettext_lazy("A large one"),
        },
        gettext_lazy("It may come days later, and lower down the leg."),
    )
    quality = _words(
        "quality",
        {
            "sharp": gettext_lazy("Sharp"),
            "dull": gettext_lazy("Dull"),
            "tight": gettext_lazy("Tight"),
            "burning": gettext_lazy("Burning"),
        },
    )
    sitting_hurts = _yes_no("sitting_hurts")
    days_to_pain_free_walk = NumberField(
        label=_ask("days_to_pain_free_walk"),
        help_text=gettext_lazy("0 where walking never hurt; leave it empty while it still does."),
        min_value=0,
        max_value=400,
        required=False,
    )
    clinician_grade = AnswerField(
        "clinician_grade",
        {"1": "1", "2": "2", "3": "3", "none_given": gettext_lazy("No grade was given")},
    )
    previous_strains = NumberField(
        label=gettext_lazy("How many strains has this leg ever had before?"),
        min_value=0,
        max_value=100,
        required=False,
    )
    previous_strains_12_months = NumberField(
        label=_ask("previous_strains_12_months"), min_value=0, max_value=50, required=False
    )
    previous_strain_ended_on = DayField(
        label=_ask("previous_strain_ended_on"),
        help_text=gettext_lazy("When full running was back; roughly will do."),
    )
    previous_strain_reached_speed = _yes_no("previous_strain_reached_speed")
    born = NumberField(
        label=asked("runner.born", load()).ask,
        help_text=gettext_lazy("Plans here are for adults."),
        min_value=1900,
        max_value=2100,
        required=False,
    )
    race_on = DayField(label=gettext_lazy("Is there a race you look forward to? Its day:"))
    goal = forms.CharField(
        label=gettext_lazy("What would you like to run again?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    client = forms.UUIDField(widget=forms.HiddenInput)

    SECTIONS = (
        (
            gettext_lazy("How it began"),
            ("onset", "mechanism", "popped", "had_to_stop", "bruise"),
        ),
        (
            gettext_lazy("What it is like"),
            ("quality", "sitting_hurts", "days_to_pain_free_walk", "clinician_grade"),
        ),
        (
            gettext_lazy("What came before"),
            (
                "previous_strains", "previous_strains_12_months", "previous_strain_ended_on",
                "previous_strain_reached_speed",
            ),
        ),
        (gettext_lazy("You"), ("born", "race_on", "goal")),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask again where two answers cannot both be so."""
        found = super().clean()
        ever, lately = found.get("previous_strains"), found.get("previous_strains_12_months")
        if ever is not None and lately is not None and lately > ever:
            told = _(
                "%(lately)g in 12 months are more than %(ever)g ever: one of the two is a slip."
            )
            self.add_error("previous_strains_12_months", told % {"lately": lately, "ever": ever})
        return found

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings."""
        for title, names in self.SECTIONS:
            yield title, [self[name] for name in names]

    def keys(self) -> tuple[str, ...]:
        """The keys of the injury; the year of birth is the runner's."""
        return tuple(name for name in self.fields if name not in ("client", "born"))

    def table(self) -> Table:
        """The answers as the runner's file writes them; “not sure” is not answered."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in super().table().items()
        }

    @staticmethod
    def initial_of(known: Mapping[str, Any]) -> dict[str, Any]:
        """The answers that an injury already has."""
        shown = {True: "yes", False: "no"}
        found = {
            name: shown[value] if isinstance(value, bool) else value
            for name, value in known.items()
        }
        for name in ("previous_strain_ended_on", "race_on"):
            if name in found:
                found[name] = date.fromisoformat(found[name])
        return found


# To take along


def history_rows(known: Mapping[str, Any], born: int | None) -> Iterator[tuple[Any, Any]]:
    """What was told, each question with its answer in words."""
    place = f"{SIDE_WORDS[known['side']]}, {SITES.get(known.get('site', ''), _('not sure where'))}"
    yield _("Where it hurts most"), place
    yield _("Began on"), date.fromisoformat(known["started_on"])
    form = HistoryForm(today=LONG_AGO, initial=HistoryForm.initial_of({**known, "born": born}))
    for _title, fields in form.sections():
        for field in fields:
            value = field.value()
            if value not in (None, ""):
                words = dict(getattr(field.field, "choices", ()))
                yield field.label, words.get(str(value), value)
