"""Who may have an account and how accounts speak: the first visitor, and nobody uninvited."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hamstride.web.models import Account

WRONG = _("This address and this password do not go together.")
"""The same for an address that nobody has: who has an account is nobody's business."""

RESTING = _(
    "That was tried many times in a row, so this account rests for an hour. The right password "
    "works again then; whoever runs this Hamstride can let you in sooner with: hamstride recover"
)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """allauth's own, but for who may sign up and what is said."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": RESTING,
        "incorrect_password": _("This is not your password."),
        "account_inactive": _("This account is switched off."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only while nobody has an account."""
        del request
        return not Account.objects.exists()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by address alone: one machine may have several names."""
        del request
        login: str = credentials.get("email", "")
        return login.strip().lower()
