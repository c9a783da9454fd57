"""Signing in; whoever comes first has nobody to sign in as, and makes the account."""

from allauth.account import views
from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page to sign in; in a store without an account the page that makes the first one."""
    if request.method == "GET" and get_adapter(request).is_open_for_signup(request):
        return redirect("account_signup")
    answer: HttpResponseBase = views.login(request)
    return answer
