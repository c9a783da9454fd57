"""Pictures of every page at both sizes, into docs/screens or the folder in SCREENS.

    python -m tools.screens [PAGE...]

Fills a store of its own with Ana's ten weeks, serves it, and looks at it with Chromium.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tools.small_png import small

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from browser.pages import PAGES, addresses  # noqa: E402 - the tests are no package
from browser.sites import (  # noqa: E402
    DESK,
    PHONE,
    Site,
    add_ana,
    browser_program,
    opened,
    served,
)

FOLDER = Path(os.environ.get("SCREENS", ROOT / "docs" / "screens"))
WHOLE = "WHOLE"
"""Where this stands in the environment, pictures are of whole pages and not of a first look."""
SIZES = {"phone": PHONE, "desk": DESK}


def run(names: list[str]) -> int:
    """The exit code of the tool."""
    unknown = sorted({*names} - {*PAGES})
    if unknown:
        sys.stderr.write(f"No page is called {', '.join(unknown)}. There are: {', '.join(PAGES)}\n")
        return 2
    program = browser_program()
    if program is None:
        sys.stderr.write("Pictures need Chromium: apt-get install chromium\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        data = Path(made) / "data"
        data.mkdir(mode=0o700)
        session = add_ana(data, "ana@example.org")
        with served(data) as site, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for size in SIZES:
                _take(browser, site, session, names or list(PAGES), size)
            browser.close()
    return 0


def _take(browser: Browser, site: Site, session: str, names: list[str], size: str) -> None:
    page = opened(browser, site, session, size=SIZES[size])
    blank = browser.new_page()
    where = addresses(site.data)
    for name in names:
        page.goto(where[name], wait_until="networkidle")
        picture = page.screenshot(full_page=WHOLE in os.environ)
        (FOLDER / f"{name}-{size}.png").write_bytes(small(picture, blank))
    page.context.close()
    blank.context.close()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
