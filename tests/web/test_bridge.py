"""What goes into the store comes out as it was, on both databases."""

import itertools
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from hamstride.demo.ana import ACTIVITIES, write
from hamstride.demo.runs import outings
from hamstride.errors import StoreError
from hamstride.facts.measured import measured_run
from hamstride.facts.run_days import days_of
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, mark_duplicates, read
from hamstride.records import Activity as ActivityRecord
from hamstride.records import Channel, Finding
from hamstride.web import bridge
from hamstride.web.models import Activity, Batch, Entry, Runner, Stream
from hamstride.web.prepared import prepare
from stores import Store

ZONE = "Europe/Lisbon"
DECLARED = load().declared
SIX = datetime(2026, 10, 20, 6, tzinfo=UTC)


def a_batch(runner: Runner, name: str = "a") -> Batch:
    return bridge.begin(runner, f"{name}.zip", name * 64, 99)


def stored(batch: Batch, place: int, outcome: Outcome) -> Entry:
    data = f"the bytes of {outcome.sha256}".encode()
    return bridge.keep(batch, place, prepare(outcome, DECLARED, ZONE), data)


def assert_alike(back: ActivityRecord, was: ActivityRecord) -> None:
    """Every field, and every channel to the last bit."""
    kept = {name: each for name, each in was.channels.items() if _has_a_value(each)}
    assert list(back.channels) == list(kept)
    for name, channel in kept.items():
        other = back.channels[name]
        assert other.raw.tobytes() == channel.raw.tobytes(), name
        assert (other.unit, other.scale, other.offset) == (
            channel.unit, channel.scale, channel.offset,
        )  # fmt: skip
    assert _fields(back) == _fields(was)


def _fields(activity: ActivityRecord) -> list[object]:
    names = set(ActivityRecord.__dataclass_fields__) - {"channels"}
    return [getattr(activity, name) for name in sorted(names)]


def _has_a_value(channel: Channel) -> bool:
    return not np.isnan(channel.si()).all()


@pytest.fixture
def of_ana(tmp_path: Path) -> list[Outcome]:
    """Every file of the made-up runner."""
    return list(read(write(tmp_path / "ana").parent / ACTIVITIES))


def test_runs_come_out_as_they_were_measured(runner: Runner, of_ana: list[Outcome]) -> None:
    batch = a_batch(runner)
    for place, outcome in enumerate(of_ana):
        stored(batch, place, outcome)

    found = [
        measured_run(activity, DECLARED, ZONE)
        for outcome in mark_duplicates(of_ana)
        if outcome.status != "duplicate"
        for activity in outcome.activities
    ]
    expected = sorted((run for run in found if run), key=lambda run: run.start)
    assert len(expected) == len(outings())
    assert [run for run, _ in bridge.runs_of(runner)] == expected


def test_activities_come_out_to_the_last_bit(runner: Runner, of_ana: list[Outcome]) -> None:
    batch = a_batch(runner)
    for place, outcome in enumerate(of_ana[:6]):
        stored(batch, place, outcome)

    rows = Activity.objects.order_by("pk")
    for row, outcome in zip(rows, of_ana[:6], strict=True):
        assert_alike(bridge.activity_of(row), outcome.activities[0])


def test_of_an_activity_come_only_the_channels_that_are_named(
    runner: Runner, of_ana: list[Outcome]
) -> None:
    stored(a_batch(runner), 0, of_ana[0])
    row = Activity.objects.get()
    whole = bridge.activity_of(row)

    part = bridge.activity_of(row, ("time", "speed", "no such channel"))

    assert len(whole.channels) > 2
    assert set(part.channels) == {"time", "speed"}
    assert_alike(replace(part, channels=whole.channels), whole)
    for name, channel in part.channels.items():
        assert channel.si().tolist() == whole.channels[name].si().tolist()


def test_real_files_come_out_to_the_last_bit(runner: Runner, activities_folder: Path) -> None:
    batch = a_batch(runner)
    outcomes = [each for each in read(activities_folder) if each.activities]
    assert len(outcomes) > 100
    for place, outcome in enumerate(outcomes):
        stored(batch, place, outcome)

    for outcome in outcomes:
        rows = Activity.objects.filter(original__sha256=outcome.sha256).order_by("part")
        for row, activity in zip(rows, outcome.activities, strict=True):
            # Of two files with the same bytes the first gives the name.
            assert_alike(replace(bridge.activity_of(row), file=activity.file), activity)
    runs = {
        (run.start, run.distance_m, run.measured.load if run.measured else None)
        for outcome in outcomes
        for activity in outcome.activities
        if (run := measured_run(activity, DECLARED, ZONE))
    }
    assert {
        (run.start, run.distance_m, run.measured.load if run.measured else None)
        for run, _ in bridge.runs_of(runner)
    } <= runs


def test_sums_of_days_need_no_parts(runner: Runner, of_ana: list[Outcome]) -> None:
    batch = a_batch(runner)
    for place, outcome in enumerate(of_ana):
        stored(batch, place, outcome)

    assert days_of(bridge.runs_of(runner, whole=False)) == days_of(bridge.runs_of(runner))
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    days = [run.start.date() for run, _ in bridge.runs_of(runner, first, last, whole=False)]
    assert days
    assert first <= min(days)
    assert max(days) <= last


# Whatever a file may say


def an_activity(**values: object) -> ActivityRecord:
    made = ActivityRecord(
        file="a.fit",
        format="fit",
        sport="running",
        start=SIX,
        channels={"time": Channel(np.arange(3, dtype=np.int32), "s")},
        duration_s=2.0,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def an_outcome(activity: ActivityRecord, name: str = "a") -> Outcome:
    return Outcome(f"{name}.fit", "read", activity.format, (activity,), sha256=name)


def test_texts_that_a_database_refuses_are_stored_without_what_it_refuses(runner: Runner) -> None:
    odd = an_activity(
        device="Edge\x00 810",
        title="\ud83d half an emoji",
        sport="run\x00ning",
        findings=(Finding("odd", "Field \x00 was odd.", 7),),
        channels={"developer.\x00x": Channel(np.arange(3, dtype=np.int32), "m")},
    )
    stored(a_batch(runner), 0, an_outcome(odd))

    back = bridge.activity_of(Activity.objects.get())
    assert (back.device, back.title, back.sport) == ("Edge 810", "? half an emoji", "running")
    assert back.findings == (Finding("odd", "Field  was odd.", 7),)
    assert list(back.channels) == ["developer.x"]


def test_an_activity_without_a_start_is_kept_and_counts_as_none(runner: Runner) -> None:
    stored(a_batch(runner), 0, an_outcome(an_activity(start=None)))

    row = Activity.objects.get()
    assert (row.day, row.begins, row.same_as) == (None, None, None)
    assert bridge.runs_of(runner) == ()


def test_a_start_without_a_zone_counts_as_utc(runner: Runner) -> None:
    naive = an_activity(start=SIX.replace(tzinfo=None))
    stored(a_batch(runner), 0, an_outcome(naive))

    assert Activity.objects.get().begins == SIX


def test_a_run_belongs_to_the_day_of_the_runners_own_zone(runner: Runner) -> None:
    late = an_activity(start=datetime(2026, 10, 20, 23, 30, tzinfo=UTC))
    stored(a_batch(runner), 0, an_outcome(late))
    assert Activity.objects.get().day == date(2026, 10, 21)  # Lisbon is an hour ahead in summer

    bridge.move_to(runner, "America/New_York")
    assert Activity.objects.get().day == date(2026, 10, 20)
    bridge.move_to(runner, "America/New_York")
    ((run, _),) = bridge.runs_of(bridge.owner("UTC"))
    assert run.start.isoformat() == "2026-10-20T19:30:00-04:00"


def test_a_damaged_stream_is_told_and_the_rest_goes_on(runner: Runner) -> None:
    stored(a_batch(runner), 0, an_outcome(an_activity()))
    Stream.objects.update(blob=b"nonsense")

    with pytest.raises(StoreError, match="--reread"):
        bridge.activity_of(Activity.objects.get())
    assert len(bridge.runs_of(runner)) == 1


# Which of several files of one run counts

FORMS: tuple[Literal["fit", "gpx", "tcx"], ...] = ("fit", "gpx", "tcx")


def made_up(number: int, chance: random.Random) -> Outcome:
    """A file of one or two activities within a few hours of each other."""
    form = chance.choice(FORMS)
    channels = chance.choice((1, 2, 3))
    raw = Channel(np.arange(chance.choice((3, 4)), dtype=np.int32), "s")
    activities = tuple(
        ActivityRecord(
            file=f"{number:02}.{form}",
            format=form,
            sport=chance.choice(("running", "running", "cycling", "unknown")),
            start=SIX + timedelta(minutes=chance.randrange(0, 200, 10)),
            channels={str(each): raw for each in range(channels)},
            duration_s=chance.choice((None, 0.0, 600.0, 1800.0, 3600.0, 1e9)),
        )
        for _ in range(chance.choice((1, 1, 1, 2)))
    )
    status = chance.choice(("read", "read", "in_part"))
    return Outcome(f"{number:02}.{form}", status, form, activities, sha256=f"{number:02}")  # type: ignore[arg-type]


def counting() -> set[tuple[str, int]]:
    rows = Activity.objects.filter(same_as=None).values_list("original__sha256", "part")
    return set(rows)


@pytest.mark.parametrize("seed", range(12))
def test_the_store_chooses_as_reading_all_at_once_does_in_any_order(
    runner: Runner, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    outcomes = [made_up(number, chance) for number in range(12)]
    expected = {
        (outcome.sha256, outcomes_part(outcomes, outcome, activity))
        for outcome in mark_duplicates(outcomes)
        if outcome.status != "duplicate"
        for activity in outcome.activities
    }
    chance.shuffle(outcomes)
    batch = a_batch(runner)
    for place, outcome in enumerate(outcomes):
        stored(batch, place, outcome)

    assert counting() == expected


def outcomes_part(outcomes: list[Outcome], marked: Outcome, activity: ActivityRecord) -> int:
    """The place of an activity in its file: marking leaves some out."""
    whole = next(each for each in outcomes if each.file == marked.file)
    return next(part for part, each in enumerate(whole.activities) if each is activity)


def test_undoing_any_import_leaves_what_the_others_would_have_made(runner: Runner) -> None:
    chance = random.Random(99)  # noqa: S311 - no secret
    outcomes = [made_up(number, chance) for number in range(12)]
    batches = [a_batch(runner, name) for name in "abc"]
    for place, (outcome, batch) in enumerate(zip(outcomes, itertools.cycle(batches), strict=False)):
        stored(batch, place, outcome)
    bridge.undo(batches[1])

    left = [each for place, each in enumerate(outcomes) if place % 3 != 1]
    expected = {
        (outcome.sha256, outcomes_part(left, outcome, activity))
        for outcome in mark_duplicates(left)
        if outcome.status != "duplicate"
        for activity in outcome.activities
    }
    assert counting() == expected


# The runner's own top speed


def test_what_is_fast_is_found_anew_when_the_top_speed_is(
    runner: Runner, of_ana: list[Outcome]
) -> None:
    batch = a_batch(runner)
    for place, outcome in enumerate(of_ana):
        stored(batch, place, outcome)
    assert {fast for _, fast in bridge.runs_of(runner)} == {None}

    top = bridge.renew_top_speed(runner, DECLARED)
    assert top is not None
    again = bridge.owner("UTC")
    assert (again.top_mps, again.top_high_mps) == (top.mps, top.high_mps)


def test_a_runner_without_runs_has_no_top_speed(runner: Runner) -> None:
    assert bridge.renew_top_speed(runner, DECLARED) is None
    assert runner.top_mps is None


def test_the_store_of_one_machine_has_one_runner(store: Store) -> None:
    assert bridge.the_owner() is None
    first = bridge.owner("Europe/Lisbon")

    assert bridge.owner("UTC") == first
    assert bridge.the_owner() == first
    assert first.timezone == "Europe/Lisbon"
