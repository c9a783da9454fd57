"""What a runner does on the pages, in one place for the tests in a browser."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

PAINS = ("pain_morning", "pain_walking", "pain_rest")
CALM = {"limp": "no", "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no"}
FELT = {
    "pain_before": "0", "pain_during": "1", "pain_after": "0",
    "sharp": "no", "limped": "no", "form_changed": "no",
}  # fmt: skip


def word(page: Page) -> str:
    """The word of the light."""
    return page.locator(".light .word").inner_text()


def reason(page: Page) -> str:
    """Its reason in one line."""
    return page.locator(".light .reason").inner_text()


def check_in_answers(pain: int) -> dict[str, str]:
    """A morning with so much pain, and nothing else."""
    return dict.fromkeys(PAINS, str(pain)) | CALM


def choose(page: Page, answers: Mapping[str, str], form: str = "main") -> None:
    """Choose the button of each answer."""
    for name, value in answers.items():
        page.locator(f"{form} input[name={name}][value='{value}']").check()


def answer(page: Page, question: str, said: str) -> None:
    """Choose an answer by what is asked."""
    page.get_by_role("group", name=question).get_by_label(said, exact=True).check()


def press(page: Page, button: str, *, at: str) -> None:
    """Press a button that leads to an address."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(at)


def check_in(page: Page, pain: int) -> None:
    """Tell a morning with so much pain; Today follows."""
    page.goto("/check-in/")
    choose(page, check_in_answers(pain))
    press(page, "Save check-in", at="/")


def stored(data: Path, kind: str) -> int:
    """How many records of a kind are in the store."""
    database = sqlite3.connect(f"file:{data}/hamstride.sqlite3?mode=ro", uri=True)
    try:
        count: int = database.execute(
            "SELECT count(*) FROM web_record WHERE kind = ?", (kind,)
        ).fetchone()[0]
    finally:
        database.close()
    return count
