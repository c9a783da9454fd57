"""What is said of an import."""

from datetime import date

import pytest

from hamstride.explain import imports

FIRST, LAST = date(2026, 3, 1), date(2026, 11, 19)


def test_files_are_counted_the_good_ones_first() -> None:
    counts = {"unreadable": 1, "read": 1204, "duplicate": 2, "not_an_activity": 1}

    assert imports.counted(counts) == (
        ("1,204", "read"),
        ("2", "the same runs as other files"),
        ("1", "not an activity"),
        ("1", "could not be read"),
    )


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "The store holds no runs yet."),
        (1, "The store now holds 1 run, of 1 March 2026."),
        (1204, "The store now holds 1,204 runs, from 1 March 2026 to 19 November 2026."),
    ],
)
def test_what_the_store_holds_is_told(count: int, said: str) -> None:
    days = (FIRST, LAST) if count else (None, None)

    assert imports.now_there(count, *days) == said


def test_an_import_that_was_stopped_says_how_to_go_on() -> None:
    assert imports.broken_off("export.zip", 412, 1000) == (
        "Stopped after 412 of 1,000 files of export.zip. They are stored; the same command goes "
        "on from here."
    )


def test_an_import_that_is_undone_says_what_went() -> None:
    assert "1 activity went with it" in imports.undone("run.fit", 1)
    assert "1,204 activities went with it" in imports.undone("export.zip", 1204)


def test_reading_again_says_how_much() -> None:
    assert imports.read_again(0).endswith("Nothing to read again.")
    assert imports.read_again(1) == "1 file read again from the originals."


def test_the_state_of_an_import_is_a_word() -> None:
    assert imports.state(finished=True, undone=True) == "undone"
    assert imports.state(finished=True, undone=False) == "done"
    assert imports.state(finished=False, undone=False) == "not finished"
