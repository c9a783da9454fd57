"""With the keyboard alone: Tab, arrows, space and Enter, and it is always seen where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.acting import reason, stored, word
from browser.conftest import Pages

MOST_STEPS = 200
HERE = """() => {
  const at = document.activeElement;
  const field = at.closest("fieldset, .field");
  return {
    name: at.name ?? "",
    type: at.type ?? "",
    text: (at.labels?.[0] ?? at).innerText.trim(),
    asked: field?.querySelector("legend, label")?.innerText.trim() ?? "",
  };
}"""
SEEN = """() => {
  const at = document.activeElement;
  // A choice draws its focus on the words beside its button.
  const drawn = at.matches(".choice input") ? at.nextElementSibling : at;
  const style = getComputedStyle(drawn);
  const box = drawn.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  const covers = bar && !bar.contains(at) && getComputedStyle(bar).position === "fixed";
  const foot = covers ? bar.getBoundingClientRect().top : innerHeight;
  return {
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    // A field that is taller than what is left above the bar shows its beginning.
    inside: Math.min(box.bottom, foot) - Math.max(box.top, 0) >= Math.min(box.height, 24),
  };
}"""


@pytest.fixture
def page(pages: Pages) -> Page:
    """A phone with a keyboard."""
    return pages.of_ana()


def tab_to(page: Page, found: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Tab on until something is found; whatever has the focus on the way is seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        here: dict[str, str] = page.evaluate(HERE)
        if here["text"] != "To the page" and here["name"] + here["text"]:
            assert page.evaluate(SEEN) == {"outline": True, "inside": True}, here
        if found(here):
            return here
    raise AssertionError(f"{MOST_STEPS} steps, and nothing of the kind")


def tab_to_text(page: Page, text: str) -> None:
    """Tab on to a button or a link."""
    tab_to(page, lambda here: here["text"].startswith(text))


def choose(page: Page, name: str, value: str) -> None:
    """Tab on to a question, and choose with space and arrows."""
    tab_to(page, lambda here: here["name"] == name)
    page.keyboard.press("Space")
    for _ in range(MOST_STEPS):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press("ArrowRight")
    assert page.locator(f"input[name={name}][value='{value}']").is_checked()


def test_a_check_in_needs_no_mouse(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "check_ins")
    page.goto("/check-in/")
    for name in ("pain_morning", "pain_walking", "pain_rest"):
        choose(page, name, "4")
    for name in ("limp", "bears_weight", "new_bruise", "new_symptoms"):
        choose(page, name, "yes" if name == "bears_weight" else "no")
    tab_to_text(page, "Save check-in")
    page.keyboard.press("Enter")
    page.wait_for_url("/")

    assert stored(pages.site.data, "check_ins") == before + 1
    assert (word(page), reason(page)) == ("Rest", "Walking hurts 4 or more: it hurt 4 (today).")


def test_the_red_flags_need_no_mouse(page: Page) -> None:
    page.goto("/")
    tab_to_text(page, "Something feels wrong?")
    page.keyboard.press("Enter")
    page.wait_for_url("/red-flags/")
    choose(page, "saddle_numbness", "yes")
    tab_to_text(page, "Save answers")
    page.keyboard.press("Enter")
    page.wait_for_url("/red-flags/result/")

    assert word(page) == "Get help first"
    tab_to_text(page, "I was seen on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who had a look?")


def test_the_assessment_needs_no_mouse(page: Page) -> None:
    page.goto("/assessment/")
    tab_to_text(page, "Another pain")
    page.keyboard.press("Enter")
    page.wait_for_url("/assessment/red-flags/")
    tab_to_text(page, "All of these: no")
    page.keyboard.press("Enter")
    page.wait_for_url("/assessment/where/")
    choose(page, "place", "right-sit_bone")
    tab_to(page, lambda here: here["name"] == "started_on")
    page.keyboard.type("01102026")
    tab_to_text(page, "Save and go on")
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/")
    choose(page, "onset", "gradual")
    choose(page, "sitting_hurts", "yes")
    tab_to_text(page, "Save and go on")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tests/")
    tab_to_text(page, "Not today")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")

    expect(page.get_by_role("heading", name="What your answers look like")).to_be_visible()
    tab_to_text(page, "Start this plan")
