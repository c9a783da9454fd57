"""Of allauth's pages for accounts those that make sense where no mail is ever sent.

What is not named here is not there: no pages for addresses, for codes by mail, for confirming.
"""

from allauth.account import views
from django.urls import URLPattern, URLResolver, include, path, re_path

from hamstride.web.views.signing_in import sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", sign_in, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # `hamstride recover` prints a link to this one.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("security/", include("allauth.mfa.urls")),
    path("devices/", include("allauth.usersessions.urls")),
]
