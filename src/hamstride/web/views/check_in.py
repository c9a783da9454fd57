"""The check-in: twenty seconds in the morning."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hamstride.errors import CaseFileError
from hamstride.explain.questions import asked
from hamstride.protocols.loading import load
from hamstride.web import bridge
from hamstride.web.forms import NumberField, RatingField, Table, TableForm, YesNoField
from hamstride.web.views.asking import episode_for, runner_for

FIRST = ("pain_morning", "pain_walking", "pain_rest", "limp", "bears_weight", "new_bruise",
         "new_symptoms")  # fmt: skip


def _ask(name: str) -> str:
    return asked(f"check_ins.{name}", load()).ask


class CheckInForm(TableForm):
    """This morning's answers, under the keys of the runner's file."""

    pain_morning = RatingField(label=_ask("pain_morning"), required=True)
    pain_walking = RatingField(label=_ask("pain_walking"), required=True)
    pain_rest = RatingField(label=_ask("pain_rest"), required=True)
    limp = YesNoField(label=_ask("limp"), required=True)
    bears_weight = YesNoField(label=_ask("bears_weight"), required=True)
    new_bruise = YesNoField(label=_ask("new_bruise"), required=True)
    new_symptoms = YesNoField(label=_ask("new_symptoms"), required=True)
    sleep_h = NumberField(label=_ask("sleep_h"), min_value=0, max_value=24, required=False)
    fatigue = RatingField(label=_ask("fatigue"))
    readiness = RatingField(label=_ask("readiness"))
    note = forms.CharField(
        label=gettext_lazy("A note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = forms.DateField(widget=forms.HiddenInput, required=False)
    client = forms.UUIDField(widget=forms.HiddenInput)

    def keys(self) -> tuple[str, ...]:
        """All but what tells one sending from another, and when it was written."""
        return tuple(name for name in self.fields if name not in ("client", "on"))

    def day(self, today: date) -> date:
        """Its day: today, or an earlier one where a phone without a signal kept it until now."""
        written: date | None = self.cleaned_data["on"]
        return today if written is None else min(written, today)


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest) -> HttpResponse:
    """Ask, and keep the answers; two check-ins of a day both count, the worse of each decides."""
    runner, episode = runner_for(request), episode_for(request)
    if episode is None:
        return redirect("today")
    day = bridge.today_of(runner)
    form = CheckInForm(request.POST or None, initial={"client": uuid4()})
    if request.method == "POST" and form.is_valid():
        on = form.day(day)
        body: Table = {"on": on.isoformat(), **form.table()}
        try:
            bridge.add(
                runner,
                "check_ins",
                body,
                on=on,
                episode=episode,
                client=form.cleaned_data["client"],
            )
        except CaseFileError as error:
            for fault in error.faults:
                form.add_error(None, fault)
        else:
            client = form.cleaned_data["client"]
            messages.success(
                request, _("Check-in saved."), extra_tags=reverse("undo", args=[client])
            )
            return redirect("today")
    more = [form[name] for name in form.keys() if name not in FIRST]  # noqa: SIM118 - its own
    told: dict[str, Any] = {
        "form": form,
        "first": [form[name] for name in FIRST],
        "more": more,
        "more_open": any(field.errors for field in more),
        "day": day,
        "runner": runner,
    }
    return render(request, "check_in.html", told)


urlpatterns = [path("check-in/", check_in, name="check_in")]
