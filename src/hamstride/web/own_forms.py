"""The forms of a runner's own pages: what she prefers, and the word that deletes everything."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamstride.web.forms import Buttons
from hamstride.web.models import Account, Preferences, Runner
from hamstride.web.quantities import DISTANCES, HEIGHTS, MASSES, PACES, Units

LANGUAGES = (("en", "English"),)
"""The languages that all of the app is in; a second one joins here."""

DELETE_WORD = "delete"
_MOST_SHOES = 20
_LONGEST_NAME = 80


def zones() -> list[tuple[str, Any]]:
    """Every time zone, those of one part of the world together."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        part, _slash, place = name.partition("/")
        parts.setdefault(part if place else gettext("Others"), []).append(
            (name, (place or name).replace("_", " "))
        )
    return sorted(parts.items())


def _one_of(words: dict[str, str], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=tuple(words.items()), widget=Buttons, label=label)


class PreferencesForm(forms.Form):
    """Everything of the page of settings that is chosen in place."""

    distance = _one_of(DISTANCES, _("Distances"))
    pace = _one_of(PACES, _("How fast"))
    height = _one_of(HEIGHTS, _("Climbs"))
    mass = _one_of(MASSES, _("Weights"))
    language = forms.ChoiceField(choices=LANGUAGES, label=_("Language"))
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Every run moves to its day there, and so does today's answer."),
    )
    injured_on = forms.DateField(
        label=_("Day of the injury"),
        required=False,
        help_text=_("Your own top speed is that of before it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    shoes = forms.CharField(
        label=_("Shoes"),
        required=False,
        help_text=_("One a line, by the names you call them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["timezone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = zones()

    def clean_shoes(self) -> list[str]:
        """The names, each once and none empty."""
        lines = (line.strip() for line in self.cleaned_data["shoes"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > _MOST_SHOES or any(len(name) > _LONGEST_NAME for name in names):
            raise forms.ValidationError(
                gettext("Up to %(many)d pairs fit here, with up to %(long)d letters a name.")
                % {"many": _MOST_SHOES, "long": _LONGEST_NAME}
            )
        return names

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end, or neither."""
        super().clean()
        found = self.cleaned_data
        ends = ("quiet_from", "quiet_until")
        if all(name in found for name in ends):
            missing = [name for name in ends if found[name] is None]
            if len(missing) == 1:
                self.add_error(missing[0], gettext("Quiet hours want both times, or none."))
        return found

    def units(self) -> Units:
        """What was chosen to measure in."""
        found = self.cleaned_data
        return Units(found["distance"], found["height"], found["mass"], found["pace"])


def as_they_are(runner: Runner, chosen: Preferences) -> dict[str, Any]:
    """What the form shows before anything is changed."""
    names = ("distance", "pace", "height", "mass", "language", "quiet_from", "quiet_until")
    return {
        **{name: getattr(chosen, name) for name in names},
        "timezone": runner.timezone,
        "injured_on": runner.injured_on,
        "shoes": "\n".join(chosen.shoes),
    }


class DeleteForm(forms.Form):
    """The password, and the word typed out: nobody deletes everything by a slip."""

    word = forms.CharField(
        label=_("Type the word: delete"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, account: Account, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._account = account

    def clean_word(self) -> str:
        """The word, as it is asked for."""
        word: str = self.cleaned_data["word"].strip().lower()
        if word != DELETE_WORD:
            raise forms.ValidationError(
                gettext("This says “%(found)s”. Type “delete” to delete everything.")
                % {"found": word}
            )
        return word

    def clean_password(self) -> str:
        """The password of the account."""
        password: str = self.cleaned_data["password"]
        if not self._account.check_password(password):
            raise forms.ValidationError(gettext("This is not your password. Nothing was deleted."))
        return password
