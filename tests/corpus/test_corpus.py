"""The bad-input corpus: every row is a file made here, and ends as was agreed.

What each room does with such input is told in full by the tests of the room; this is the one
place where nothing is left out. `-k B35` runs one row.
"""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import containers, fit, human, xml
from corpus.rows import NOT_IN_THE_CORE, OUTCOMES, Row, assert_ends, assert_refused
from damage_made_up import mutated
from hamstride.demo.encode_fit import fit_file
from hamstride.facts.activity import reading
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, Upload, read, read_all
from made_up_files import gpx, lap, tcx, trackpoint

MUTATIONS = int(os.environ.get("HAMSTRIDE_MUTATIONS", "300"))

FILES: tuple[Row, ...] = (*containers.ROWS, *xml.ROWS, *fit.ROWS)
ROWS: tuple[Row | human.Typed, ...] = (*FILES, *human.ROWS)
WITH_TESTS_BELOW = {22, 52, 60}
SMALL = fit_file(*fit.messages()[:9])
PREFIXED = {
    "run.fit": SMALL,
    "run.gpx": gpx(),
    "run.tcx": tcx(lap("".join(trackpoint(second) for second in range(5)))),
}


@pytest.mark.parametrize("row", FILES, ids=lambda row: row.id)
def test_a_file_ends_as_its_row_says(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    outcomes = read_all([Upload(row.name, row.made())])

    assert_ends(row, outcomes)
    assert list(tmp_path.iterdir()) == []  # nothing is written, whatever a name says


@pytest.mark.parametrize("row", human.ROWS, ids=lambda row: row.id)
def test_what_a_runner_types_ends_as_its_row_says(row: human.Typed) -> None:
    row.holds()


@pytest.mark.parametrize("made", [pytest.param(containers.strava_export, id="B22")])
def test_an_export_of_5000_reads_all_but_its_three_bad_ones(made: Callable[[], bytes]) -> None:
    outcomes = list(read(Upload("export.zip", made())))

    assert containers.three_are_listed(outcomes)


def said_of(no: int) -> list[str]:
    """Everything that is said of the first file of a row, by its reader and by its facts."""
    row = next(row for row in FILES if row.no == no)
    (outcome,) = read(Upload(row.name, row.made()))
    (activity,) = outcome.activities
    warnings = reading(activity, load().declared.runs).warnings
    return [*(finding.say for finding in outcome.findings), *warnings]


@pytest.mark.parametrize(
    ("no", "said"),
    [
        pytest.param(
            37, ["The points have no times, so duration and speed are not known."], id="B37"
        ),
        pytest.param(
            39,
            [
                "All points have the same time, so duration and speed are not known.",
                "No run is compared with this one until you type its numbers into your file.",
            ],
            id="B39",
        ),
    ],
)
def test_a_length_that_is_not_known_is_said_once(no: int, said: list[str]) -> None:
    assert said_of(no) == said


# Nothing outside of the file


class Watch:
    """What is opened and connected to, as the interpreter tells its auditors."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None
        sys.addaudithook(self._hook)

    def _hook(self, event: str, _given: object) -> None:
        if self.seen is not None and event.startswith(("open", "socket.", "urllib.")):
            self.seen.append(event)


@pytest.fixture(scope="module")
def watch() -> Watch:
    """An auditor; one cannot be taken off again, so it only listens when asked."""
    return Watch()


@pytest.mark.parametrize("no", [pytest.param(26, id="B26"), pytest.param(27, id="B27")])
def test_no_file_is_opened_and_no_address_called(no: int, watch: Watch) -> None:
    upload = Upload("run.gpx", xml.with_doctype(xml.DOCTYPES[no]))
    list(read(upload))  # whatever Python loads at the first use is loaded now

    watch.seen = []
    (outcome,) = read(upload)
    seen, watch.seen = watch.seen, None

    assert_refused(outcome, "unsupported", "a DOCTYPE")
    assert seen == []


def test_the_auditor_would_see_a_file(watch: Watch) -> None:
    watch.seen = []
    Path(__file__).read_bytes()
    seen, watch.seen = watch.seen, None

    assert seen == ["open"]


# Files without end


def samples(outcome: Outcome) -> int:
    return sum(activity.samples for activity in outcome.activities)


@pytest.mark.parametrize("name", [pytest.param(each, id=f"B52 {each[-3:]}") for each in PREFIXED])
def test_a_longer_prefix_never_gives_fewer_samples_and_each_is_told(name: str) -> None:
    whole = PREFIXED[name]
    before = 0

    for length in range(len(whole)):
        (outcome,) = read(Upload(name, whole[:length]))
        if outcome.activities:
            assert outcome.findings or length > len(whole) - 2  # a last line break is no loss
        else:
            assert_refused(outcome, outcome.status, "")
        assert samples(outcome) >= before
        before = samples(outcome)

    (outcome,) = read(Upload(name, whole))
    assert (outcome.status, samples(outcome) >= before) == ("read", True)


@pytest.mark.parametrize(
    "head", [pytest.param(b"", id="B60"), pytest.param(SMALL[:14], id="B60 FIT")]
)
def test_random_bytes_are_refused_or_told_and_nothing_stumbles(head: bytes) -> None:
    dice = random.Random(60)  # noqa: S311 - damage, no secret

    for _ in range(MUTATIONS):
        for outcome in read(Upload("run.fit", head + dice.randbytes(dice.randrange(1, 400)))):
            if outcome.activities:
                assert head
                assert outcome.findings
            else:
                assert_refused(outcome, outcome.status, "")


@pytest.mark.parametrize("seed", range(20))
def test_every_row_may_be_damaged_once_more(seed: int) -> None:
    for row in FILES:
        if row.no not in {3, 7, 9, 11, 20, 28, 29, 42}:  # large ones, that say nothing new
            for outcome in read(Upload(row.name, mutated(row.made(), seed))):
                assert "reader_fault" not in {finding.code for finding in outcome.findings}


# The corpus itself


def test_every_row_is_tested_or_has_a_reason_why_not() -> None:
    tested = {row.no for row in ROWS} | WITH_TESTS_BELOW

    assert sorted(OUTCOMES) == list(range(1, 73))
    assert sorted(tested | NOT_IN_THE_CORE.keys()) == list(range(1, 73))
    assert tested & NOT_IN_THE_CORE.keys() == set()


def test_every_way_in_which_a_row_may_end_is_tested() -> None:
    for row in ROWS:
        assert row.ends in OUTCOMES[row.no] or row.why, row.id
    for no, ends in OUTCOMES.items():
        of_row = [row for row in ROWS if row.no == no]
        missing = set(ends) - {row.ends for row in of_row}
        assert (
            no in WITH_TESTS_BELOW | NOT_IN_THE_CORE.keys()
            or not missing
            or (any(row.why for row in of_row))
        ), f"B{no} may end as {missing} too"


def test_no_two_rows_are_called_alike() -> None:
    ids = [row.id for row in ROWS]

    assert len(ids) == len(set(ids))
