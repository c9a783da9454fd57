"""Where the store lies, and the one secret in it. Needs no Django: settings ask here."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

from hamstride.errors import StoreError

SECRET_NAME = "secret.key"  # noqa: S105 - the name of a file
_SECRET_BYTES = 48


def data_folder() -> Path:
    """The folder that the environment names, else the user's own for data of programs."""
    return Path(os.environ.get("HAMSTRIDE_DATA") or user_data_path("hamstride", appauthor=False))


def make_folder(data: Path) -> None:
    """The data folder, for its owner alone."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"The data folder {data} cannot be used ({error.strerror}). Name another one in "
            "HAMSTRIDE_DATA."
        ) from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise StoreError(
            f"The data folder {data} may not be written to. Change its owner, or name another "
            "one in HAMSTRIDE_DATA."
        )


def secret(data: Path) -> str:
    """The key that signs cookies: from the environment, else from its file, else of no use later.

    Before `make_secret` nobody has signed in, so that a passing key does.
    """
    named = os.environ.get("HAMSTRIDE_SECRET_KEY")
    file = data / SECRET_NAME
    if named:
        return named
    if file.is_file():
        return file.read_text(encoding="ascii").strip()
    return secrets.token_urlsafe(_SECRET_BYTES)


def make_secret(data: Path) -> None:
    """Write the key once, readable by its owner alone."""
    with suppress(FileExistsError):
        handle = os.open(data / SECRET_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(_SECRET_BYTES))
