"""Which files hold the same run, and which of them counts."""

import gzip
import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import pytest

from hamstride.readers import Outcome, Upload, mark_duplicates, read_all
from hamstride.records import Activity, Channel
from made_up_files import Member, gpx, lap, point, tcx, track, trackpoint, zipped

Form = Literal["fit", "gpx", "tcx"]
FORMS: tuple[Form, ...] = ("fit", "gpx", "tcx")
SIX = datetime(2026, 10, 20, 6, tzinfo=UTC)


def run(
    minute: float = 0,
    minutes: float | None = 60,
    *,
    sport: str = "running",
    form: Form = "gpx",
    channels: int = 1,
) -> Activity:
    raw = Channel(np.zeros(3, dtype=np.int32), "s")
    return Activity(
        file="",
        format=form,
        sport=sport,
        start=SIX + timedelta(minutes=minute),
        channels={str(number): raw for number in range(channels)},
        duration_s=None if minutes is None else minutes * 60,
    )


def file(name: str, *activities: Activity, sha256: str | None = None) -> Outcome:
    return Outcome(name, "read", activities[0].format, activities, sha256=sha256 or name)


def statuses(*outcomes: Outcome) -> dict[str, str | None]:
    """For each file, the file that counts instead of it."""
    return {outcome.file: outcome.same_as for outcome in mark_duplicates(outcomes)}


def test_the_same_bytes_count_once() -> None:
    marked = read_all([Upload("b.gpx", gpx()), Upload("a.gpx.gz", gzip.compress(gpx()))])

    assert [outcome.status for outcome in marked] == ["duplicate", "read"]
    assert marked[0].same_as == "a.gpx.gz"
    assert marked[0].message == "b.gpx: the same as a.gpx.gz, which counts."
    assert marked[0].activities


@pytest.mark.parametrize(
    ("minute", "same"),
    [(0, True), (11.9, True), (12, False), (12.1, False), (-11.9, True), (-12, False), (90, False)],
)
def test_over_80_percent_of_the_shorter_is_the_same_run(minute: float, same: bool) -> None:
    # 60 minutes each: 80 % are 48, so a start 12 minutes later is just not the same.
    marked = statuses(file("a.fit", run(form="fit")), file("b.gpx", run(minute)))

    assert marked["b.gpx"] == ("a.fit" if same else None)


def test_a_short_recording_within_a_long_one_is_the_same_run() -> None:
    assert statuses(file("a.fit", run(form="fit")), file("b.gpx", run(30, 20)))["b.gpx"] == "a.fit"


def test_another_sport_at_the_same_time_is_another_activity() -> None:
    ride = run(sport="cycling", form="fit")

    assert statuses(file("a.fit", ride), file("b.gpx", run()))["b.gpx"] is None


@pytest.mark.parametrize("sport", ["unknown", "other", "running"])
def test_a_file_that_does_not_tell_its_sport_can_be_the_same_run(sport: str) -> None:
    found = statuses(file("a.fit", run(form="fit")), file("b.gpx", run(sport=sport)))

    assert found["b.gpx"] == "a.fit"


@pytest.mark.parametrize(("minute", "same"), [(15, True), (15.1, False), (-15, True)])
def test_without_a_duration_a_start_within_15_minutes_is_the_same_run(
    minute: float, same: bool
) -> None:
    found = statuses(file("a.fit", run(form="fit")), file("b.gpx", run(minute, None)))

    assert (found["b.gpx"] is not None) == same


def test_a_file_without_a_start_is_never_the_same_run() -> None:
    undated = replace(run(), start=None)

    assert statuses(file("a.fit", run(form="fit")), file("b.gpx", undated))["b.gpx"] is None


def test_the_richest_source_counts() -> None:
    fit, poor = file("z.fit", run(form="fit")), file("a.fit", run(form="fit", channels=1))
    rich = file("y.fit", run(form="fit", channels=8))
    xml = file("b.tcx", run(form="tcx", channels=9)), file("c.gpx", run(channels=9))

    found = statuses(fit, poor, rich, *xml)

    assert found == {
        "z.fit": "y.fit",
        "a.fit": "y.fit",
        "y.fit": None,
        "b.tcx": "y.fit",
        "c.gpx": "y.fit",
    }


def test_a_whole_file_counts_before_one_read_in_part() -> None:
    cut = replace(file("a.fit", run(0, 20, form="fit")), status="in_part")

    assert statuses(cut, file("b.gpx", run())) == {"a.fit": "b.gpx", "b.gpx": None}


def test_a_broken_clock_of_years_does_not_swallow_other_runs() -> None:
    broken = file("a.fit", run(-100_000, 10_000_000, form="fit"))

    assert statuses(broken, file("b.gpx", run()))["b.gpx"] is None


def test_a_copy_of_a_copy_is_measured_against_the_one_that_counts() -> None:
    # b is a copy of a; c overlaps b, but a only by 36 of 60 minutes.
    found = statuses(
        file("a.fit", run(0, form="fit", channels=3)),
        file("b.fit", run(11, form="fit", channels=2)),
        file("c.fit", run(22, form="fit", channels=1)),
    )

    assert found == {"a.fit": None, "b.fit": "a.fit", "c.fit": None}


def test_of_a_file_with_two_runs_only_the_copied_one_goes() -> None:
    two = file("two.gpx", run(), run(600))

    marked = mark_duplicates([two, file("one.fit", run(form="fit"))])

    assert marked[0].status == "read"
    assert [activity.start for activity in marked[0].activities] == [SIX + timedelta(minutes=600)]
    assert marked[0].findings[-1].say == "1 of the 2 activities are counted from one.fit."


def test_which_counts_does_not_depend_on_the_order() -> None:
    dice = random.Random(6)  # noqa: S311 - no secret
    made = [
        file(
            f"{number}.{form}",
            run(dice.uniform(0, 200), dice.uniform(20, 90), form=form, channels=dice.randrange(4)),
            sha256=str(dice.randrange(20)),
        )
        for number in range(24)
        for form in [dice.choice(FORMS)]
    ]
    expected = statuses(*made)
    assert len(set(expected.values())) > 3

    for _ in range(300):
        dice.shuffle(made)
        assert statuses(*made) == expected


def test_one_run_in_three_formats_counts_once_whatever_the_order() -> None:
    points = "".join(point(second) for second in range(0, 600, 10))
    laps = lap("".join(trackpoint(second) for second in range(0, 600, 10)))
    sources = [
        Upload("strava.gpx", gpx(track(points))),
        Upload("garmin.tcx", tcx(laps)),
        Upload("export.zip", zipped(Member("copy.gpx", gpx(track(points, name="Evening"))))),
    ]

    for order in itertools.permutations(sources):
        counted = [outcome.file for outcome in read_all(order) if outcome.status == "read"]
        assert counted == ["garmin.tcx"]


def test_the_outcomes_keep_their_order_and_their_number() -> None:
    made = [Outcome("photo.jpg", "not_an_activity"), file("b.gpx", run()), file("a.gpx", run())]

    assert [outcome.file for outcome in mark_duplicates(made)] == ["photo.jpg", "b.gpx", "a.gpx"]


def test_a_treadmill_session_can_be_the_same_run() -> None:
    gym = replace(run(sport="training", form="fit"), sub_sport="treadmill")

    assert statuses(file("a.fit", gym), file("b.gpx", run()))["b.gpx"] == "a.fit"
