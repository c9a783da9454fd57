"""`hamstride recover`: back in, for an owner who is locked out and has this machine."""

from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.errors import StoreError
from hamstride.web.start import start


@click.command("recover")
@click.argument("email", required=False)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option(
    "--address",
    default="http://localhost:8765",
    show_default=True,
    metavar="URL",
    help="Where the app is served.",
)
@click.option(
    "--without-second-factor",
    is_flag=True,
    help="Take codes and passkeys off the account as well: for a lost phone.",
)
def command(
    email: str | None, data: Path | None, address: str, without_second_factor: bool
) -> None:
    """Get back in when you are locked out: a link to a new password.

    The link opens once, within an hour. Without an e-mail address it is the owner's.

    \b
    Examples:
      hamstride recover
      hamstride recover ana@example.org --without-second-factor
    """
    start(data)
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - need a store that was started
    from django.core.cache import cache  # noqa: PLC0415

    from hamstride.web import links  # noqa: PLC0415
    from hamstride.web.models import Account  # noqa: PLC0415

    accounts = Account.objects.filter(is_active=True).order_by("pk")
    account = accounts.filter(email__iexact=email).first() if email else accounts.first()
    if account is None:
        raise StoreError(
            f"Nobody signs in as {email} here. Without an address the owner's account is taken."
            if accounts.exists()
            else "Nobody has an account yet. Open the app: the first visitor creates it."
        )
    # Too many wrong passwords bar the right one for a while.
    cache.clear()
    if without_second_factor:
        Authenticator.objects.filter(user=account).delete()
    terminal.say(f"This link sets a new password for {account.email}, once:", level=0)
    terminal.echo(address.rstrip("/") + links.path_to_new_password(account))
