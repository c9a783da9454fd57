"""One's own pages: settings, everything of one's own in a zip, and out of here for good."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hamstride.errors import StoreError
from hamstride.web import bridge
from hamstride.web.bridge.exporting import zipped
from hamstride.web.bridge.forgetting import forget, what_goes
from hamstride.web.bridge.preferring import prefer, preferences_of, set_injury_day
from hamstride.web.models import Runner
from hamstride.web.own_forms import DeleteForm, PreferencesForm, as_they_are
from hamstride.web.views.asking import account_of, runner_for


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Make it mine, and see who sees what."""
    runner = runner_for(request)
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            _keep(runner, form)
            messages.success(request, gettext("Settings saved."))
            return redirect("settings")
    else:
        form = PreferencesForm(initial=as_they_are(runner, preferences_of(runner)))
    told = {"form": form, "account": account_of(request), "runner": runner}
    return render(request, "settings/settings.html", told)


def _keep(runner: Runner, form: PreferencesForm) -> None:
    found = form.cleaned_data
    prefer(
        runner,
        form.units(),
        language=found["language"],
        quiet=(found["quiet_from"], found["quiet_until"]),
        shoes=found["shoes"],
    )
    bridge.move_to(runner, found["timezone"])
    set_injury_day(runner, found["injured_on"])


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Say what everything is; give it as one zip."""
    runner = runner_for(request)
    if request.method == "GET":
        return render(request, "settings/export.html", {"goes": what_goes(runner)})
    day = bridge.today_of(runner)
    return StreamingHttpResponse(
        zipped(runner),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="hamstride-{day}.zip"'},
    )


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account and everything of the runner, when the password and the word are there."""
    account, runner = account_of(request), runner_for(request)
    form = DeleteForm(account, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        # The same few tries as for signing in again: this form tells right passwords from wrong.
        if not ratelimit.consume(request, action="reauthenticate", user=account):
            return render(request, "429.html", status=429)
        if form.is_valid():
            late = ""
            try:
                forget(account)
            except StoreError as error:
                late = str(error)
            logout(request)
            return render(request, "settings/deleted.html", {"late": late})
    return render(request, "settings/delete.html", {"form": form, "goes": what_goes(runner)})


@login_not_required
@never_cache
@require_GET
def locked_out(request: HttpRequest) -> HttpResponse:
    """How to come in again without a password: on the machine that Hamstride runs on."""
    return render(request, "account/password_reset.html")


urlpatterns = [
    path("settings/", settings, name="settings"),
    path("settings/export/", export, name="export"),
    path("settings/delete/", delete, name="delete"),
    path("account/password/reset/", locked_out, name="account_reset_password"),
]
