"""Links that let in whoever reads the terminal: each once, and not for long.

They are signed with what a sign-in changes, so that nothing about them is stored.
"""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from hamstride.web.models import Account


class _Tokens(PasswordResetTokenGenerator):
    """Django's own tokens: they hold the time of the last sign-in, which the next one changes."""

    key_salt = "hamstride.web.links"


_tokens = _Tokens()


def path_in(account: Account) -> str:
    """Where an account is signed in, once."""
    who = urlsafe_base64_encode(str(account.pk).encode())
    return reverse("open", args=[who, _tokens.make_token(account)])


def account_of(who: str, token: str) -> Account | None:
    """The account of a link that was not used yet; None for any other."""
    try:
        pk = int(urlsafe_base64_decode(who))
    except ValueError:
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first()
    return account if account is not None and _tokens.check_token(account, token) else None


def path_to_new_password(account: Account) -> str:
    """Where an account is given a new password, once."""
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 - needs the apps
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415

    key = default_token_generator.make_token(account)
    named = {"uidb36": user_pk_to_url_str(account), "key": key}
    return reverse("account_reset_password_from_key", kwargs=named)
