"""Imports killed at any moment: what is there after the next one is what would have been there."""

from pathlib import Path

from django.db import connection

import killing
import store_contents
from stores import Store

SEED = 20261125
KILLS = 25
"""On each database."""


def test_an_import_killed_at_any_moment_leaves_what_an_undisturbed_one_does(
    store: Store, tmp_path: Path
) -> None:
    takeout = killing.small_takeout(tmp_path / "takeout.zip")
    took_s = killing.import_undisturbed(takeout, store.environment)
    undisturbed = store_contents.rows()
    assert (len(undisturbed["entries"]), len(undisturbed["activities"])) == (41, 39)
    store_contents.forget_all()
    kills = 0

    for found in killing.killed_imports(takeout, store.environment, took_s, kills=KILLS, seed=SEED):
        assert found.code == 0, found
        assert store_contents.faults() == [], found
        assert store_contents.rows() == undisturbed, found
        assert _is_sound(), found
        store_contents.forget_all()
        kills += found.kills
    assert kills >= KILLS


def _is_sound() -> bool:
    """Whether the database finds no fault with itself; PostgreSQL looks at each page it reads."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchall() == [("ok",)])
