"""Forms whose answers are those of the runner's file: what is not answered is not there.

Nothing is chosen beforehand, and nothing is turned into something else: a form hands on the
table that a runner's file would hold, and `bridge.log` refuses what no file may.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

Table = dict[str, Any]

YES_NO = (("yes", "Yes"), ("no", "No"))
RATINGS = tuple((str(value), str(value)) for value in range(11))


class Scale(forms.RadioSelect):
    """Eleven buttons from 0 to 10."""

    template_name = "forms/scale.html"


class Buttons(forms.RadioSelect):
    """A few choices as buttons side by side."""

    template_name = "forms/buttons.html"


class RatingField(forms.TypedChoiceField):
    """0 to 10; nothing is chosen beforehand."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(
            choices=RATINGS,
            coerce=int,
            empty_value=None,
            widget=Scale,
            label=label,
            help_text=help_text,
            required=required,
        )


class YesNoField(forms.TypedChoiceField):
    """Yes or no; not answered is neither."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda text: text == "yes",
            empty_value=None,
            widget=Buttons,
            label=label,
            help_text=help_text,
            required=required,
        )


class WordField(forms.TypedChoiceField):
    """One of a few words of the runner's file, each in plain words."""

    def __init__(
        self, words: Mapping[str, str], *, label: str, help_text: str = "", required: bool = False
    ) -> None:
        super().__init__(
            choices=tuple(words.items()),
            empty_value=None,
            widget=Buttons,
            label=label,
            help_text=help_text,
            required=required,
        )


class NumberField(forms.FloatField):
    """A number; a whole one stays whole."""

    def to_python(self, value: Any) -> Any:
        """A whole number as such, as the runner's file writes it."""
        found = super().to_python(value)
        return int(found) if isinstance(found, float) and found.is_integer() else found


class TableForm(forms.Form):
    """A form that becomes a table of the runner's file."""

    def table(self) -> Table:
        """What was answered, under the keys of the runner's file."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and name in self.keys()
        }

    def keys(self) -> Sequence[str]:
        """The fields that are keys of the runner's file: all, unless a form says otherwise."""
        return tuple(self.fields)
