"""Django's settings: all from the environment, and safe where nothing is set.

`HAMSTRIDE_DATA` is the folder of database and files; without it the user's own folder for data.
`HAMSTRIDE_DATABASE_URL` names a PostgreSQL database; without it SQLite lies in the folder.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from platformdirs import user_data_path

DATA = Path(os.environ.get("HAMSTRIDE_DATA") or user_data_path("hamstride", appauthor=False))
DATABASE_URL = os.environ.get("HAMSTRIDE_DATABASE_URL", "")

SQLITE_NAME = "hamstride.sqlite3"
WAIT_S = 5
"""How long a writer waits for another one."""

# What decides whether a commit survives: all of it is read back by `start`.
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": WAIT_S * 1000,
}


def database(data: Path, url: str) -> dict[str, Any]:
    """The settings of the database: PostgreSQL by its URL, else SQLite in the data folder."""
    if url:
        return {**dj_database_url.parse(url), "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data / SQLITE_NAME),
        "OPTIONS": {
            # A transaction that reads first and then writes fails at once where another one has
            # written; begun as a writer it waits.
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_S,
            "init_command": "; ".join(
                f"PRAGMA {name} = {value}" for name, value in PRAGMAS.items()
            ),
        },
    }


DATABASES = {"default": database(DATA, DATABASE_URL)}
INSTALLED_APPS = ["hamstride.web.apps.WebConfig"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
# No page is served yet. Whatever signs something has to bring a key of its own.
SECRET_KEY = os.environ.get("HAMSTRIDE_SECRET_KEY", "")
DEBUG = False
