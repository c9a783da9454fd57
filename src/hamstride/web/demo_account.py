"""Ana's account in a store of its own, which nobody can sign in to with a password."""

from hamstride.errors import StoreError
from hamstride.web import bridge
from hamstride.web.demo_data import fill
from hamstride.web.models import Account, Runner

EMAIL = "ana@example.org"


def ready() -> Account:
    """Ana's account, with her ten weeks; made where the store is empty.

    Raises
    ------
    StoreError
        The store is somebody's own.
    """
    account = Account.objects.filter(email=EMAIL).first()
    if account is None and (Account.objects.exists() or Runner.objects.exists()):
        raise StoreError(
            "This store holds somebody's own data, and the demo is not mixed with them. Leave out "
            "--demo, or name another folder with --data."
        )
    if account is None:
        account = Account.objects.create_user(EMAIL)
        runner = bridge.owner("Europe/Lisbon")
        fill(runner, bridge.today_of(runner))
        runner.account = account
        runner.save(update_fields=["account"])
    return account
