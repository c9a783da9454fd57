"""The forms by which a record of the past is corrected."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from hamstride.web.forms import Table
from hamstride.web.models import Record
from hamstride.web.views.check_in import CheckInForm


class PastCheckInForm(CheckInForm):
    """A check-in as it was answered, to be answered otherwise; what is not known may stay so."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={name: _as_shown(each) for name, each in initial.items()})
        for field in self.fields.values():
            field.required = False
        self.fields["client"].required = True


def _as_shown(value: Any) -> Any:
    """A value as the choices of its field name it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def corrected(body: Mapping[str, Any], form: PastCheckInForm) -> Table:
    """A table with the answers of a form; keys that it does not ask for stay as they were."""
    asked = set(form.keys())
    return {**{key: value for key, value in body.items() if key not in asked}, **form.table()}


class NoteForm(forms.Form):
    """The note of a record."""

    note = forms.CharField(
        label=gettext_lazy("A note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    client = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: Record) -> "NoteForm":
        """The form for the note of a record, with what stands there."""
        note = (row.body or {}).get("note", "")
        return cls(initial={"note": note, "client": uuid4()}, auto_id=f"{row.client}-%s")
