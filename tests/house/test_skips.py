"""A skipped test is counted out loud, and fails where skipping is not allowed."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"
SUITE = """
import pytest

def test_runs():
    assert True

def test_needs_a_browser():
    pytest.skip("no browser here")

def test_needs_real_files(activities_folder):
    assert activities_folder

@pytest.mark.xfail
def test_known_gap():
    raise AssertionError
"""
MODULE = """
import pytest

pytest.skip("no database here", allow_module_level=True)
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test suite of one pass, three skips and one known gap, under our conftest."""
    for name in ("HAMSTRIDE_ACTIVITIES", "HAMSTRIDE_NO_SKIP", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(test_suite=SUITE, test_module=MODULE)
    return pytester


def test_skips_are_counted_out_loud_with_their_reasons(suite: pytest.Pytester) -> None:
    result = suite.runpytest_subprocess()

    result.assert_outcomes(passed=1, skipped=3, xfailed=1)
    result.stdout.fnmatch_lines(["*NOT RUN: 3*"])
    result.stdout.fnmatch_lines(["    1  no browser here"])
    result.stdout.fnmatch_lines(["    1  no database here"])
    result.stdout.fnmatch_lines(["    1  HAMSTRIDE_ACTIVITIES names no folder*"])


def test_no_skip_turns_skipped_tests_and_modules_into_failures(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMSTRIDE_NO_SKIP", "1")

    result = suite.runpytest_subprocess("--continue-on-collection-errors")

    # The skipped module is an error of collection, as is the fixture of the real files.
    result.assert_outcomes(passed=1, failed=1, errors=2, xfailed=1)


def test_real_files_that_somebody_called_absent_are_the_one_excuse(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMSTRIDE_NO_SKIP", "1")
    monkeypatch.setenv("HAMSTRIDE_ACTIVITIES", "absent")

    result = suite.runpytest_subprocess("--continue-on-collection-errors")

    result.assert_outcomes(passed=1, failed=1, errors=1, skipped=1, xfailed=1)


def test_a_folder_that_is_named_and_missing_is_an_error(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMSTRIDE_ACTIVITIES", "no/such/folder")

    result = suite.runpytest_subprocess()

    result.assert_outcomes(passed=1, skipped=2, errors=1, xfailed=1)
