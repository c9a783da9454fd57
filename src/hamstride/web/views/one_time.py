"""The door that a link from the terminal opens, once."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hamstride.web import links


@require_GET
@never_cache
@login_not_required
def open_door(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Sign in, by a link that nobody used before."""
    account = links.account_of(who, token)
    if account is None:
        return render(request, "imports/used_link.html", status=410)
    login(request, account, "allauth.account.auth_backends.AuthenticationBackend")
    return redirect("today")


urlpatterns = [path("open/<str:who>/<str:token>/", open_door, name="open")]
