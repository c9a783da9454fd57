"""Every page of Ana's store, by a name that a picture of it may have."""

import re
import sqlite3
from pathlib import Path

PAGES = {
    "today": "/",
    "check-in": "/check-in/",
    "add": "/add/",
    "more": "/more/",
    "red-flags": "/red-flags/",
    "assessment": "/assessment/",
    "plan": "/plan/",
    "session": "/session/",
    "tests": "/tests/",
    "runs": "/runs/",
    "run": "/runs/{run}/",
    "run-answers": "/runs/{run}/answers/",
    "add-run": "/runs/add/",
    "import": "/import/",
    "import-report": "/import/{batch}/",
    "progress": "/progress/",
    "journal": "/journal/",
    "day": "/journal/{day}/",
    "how-it-decides": "/how-it-decides/",
    "plan-sheet": "/how-it-decides/strain/",
    "sources": "/how-it-decides/sources/",
    "learn": "/learn/",
    "words": "/learn/words/",
    "settings": "/settings/",
    "delete": "/settings/delete/",
    "security": "/account/security/",
    "devices": "/account/devices/",
}
"""The address of each; in braces, something of Ana's."""


def addresses(data: Path) -> dict[str, str]:
    """Every page with what is in braces filled in from the store: of its first runner."""
    database = sqlite3.connect(f"file:{data}/hamstride.sqlite3?mode=ro", uri=True)
    try:
        (runner,) = database.execute("SELECT min(id) FROM web_runner").fetchone()
        (run,), (batch,), (day,) = (
            database.execute(question, [runner]).fetchone()
            for question in (
                "SELECT uid FROM web_activity WHERE is_run AND runner_id = ? "
                "ORDER BY start DESC LIMIT 1 OFFSET 1",
                "SELECT uid FROM web_batch WHERE runner_id = ?",
                "SELECT max(\"on\") FROM web_record WHERE kind = 'check_ins' AND runner_id = ?",
            )
        )
    finally:
        database.close()
    known = {"run": _dashed(run), "batch": _dashed(batch), "day": day}
    return {
        name: re.sub(r"{(\w+)}", lambda found: known[found[1]], address)
        for name, address in PAGES.items()
    }


def _dashed(uid: str) -> str:
    return re.sub(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", r"\1-\2-\3-\4-\5", uid)
