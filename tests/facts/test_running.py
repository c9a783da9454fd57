"""What the runs say: the last one, jumps in length, steps of the ladder."""

from dataclasses import replace
from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.facts.running import is_hill, is_speed
from hamstride.records import Load, Measured, Run
from made_up_logs import MOST, bouts, days_ago, ends, fact, log, morning, run


def _value(fact_id: str, of: Log, *, within: int | None = None) -> Any:
    return fact(fact_id, of, within=within).value


# What kind of run


@pytest.mark.parametrize(
    ("about", "fast", "hilly"),
    [
        ({"kind": "strides"}, True, False),
        ({"kind": "hills"}, True, True),
        ({"kind": "race"}, True, False),
        ({"kind": "easy"}, False, False),
        ({"kind": "drills"}, False, False),
        ({"step": "R1"}, False, False),
        ({"step": "V1"}, True, False),
        ({"step": "V5"}, True, True),
        ({"step": "V1", "kind": "easy"}, True, False),  # the stricter of the two
        ({}, None, None),
        ({"step": "W1S1"}, None, None),  # a step of another plan says nothing
    ],
)
def test_a_run_is_fast_or_hilly_by_its_step_or_its_kind(
    about: dict[str, Any], fast: bool | None, hilly: bool | None
) -> None:
    each = run(1, **about)
    of = log(each, protocol="strain")

    assert is_speed(of, each) is fast
    assert is_hill(of, each) is hilly


# Whether there was a run at all


@pytest.mark.parametrize(("within", "value"), [(1, False), (2, True)])
def test_ran_looks_back_so_many_days(within: int, value: bool) -> None:
    assert _value("ran", log(run(2)), within=within) is value


@pytest.mark.parametrize(("kind", "value"), [("strides", True), ("easy", False), (None, None)])
def test_a_speed_session_is_unknown_while_the_kind_of_a_run_is(
    kind: str | None, value: bool | None
) -> None:
    found = fact("speed_session", log(run(1, kind=kind)), within=2)

    assert found.value is value
    assert fact("speed_session", log(), within=2).value is False


@pytest.mark.parametrize(("ago", "days"), [(0, 0), (3, 3), (None, MOST)])
def test_days_since_the_last_run_are_400_where_there_was_none(ago: int | None, days: int) -> None:
    assert _value("days_since_last_run", log(*([] if ago is None else [run(ago)]))) == days


# The last run

LAST = [
    ("last_run_limped", "limped", True, False),
    ("last_run_form_changed", "form_changed", True, False),
    ("last_run_sharp", "sharp", True, False),
    ("last_run_got_worse", "pain_trend", "worse", "steady"),
]


@pytest.mark.parametrize(("fact_id", "key", "yes", "no"), LAST)
def test_the_last_run_answers_and_an_earlier_one_does_not(
    fact_id: str, key: str, yes: Any, no: Any
) -> None:
    earlier = run(3, **{key: yes}, pain_during=2)

    assert _value(fact_id, log(run(2, **{key: yes}, pain_during=2)), within=2) is True
    assert _value(fact_id, log(earlier, run(1, **{key: no}, pain_during=2)), within=5) is False
    assert _value(fact_id, log(earlier, run(1, pain_during=2)), within=5) is None
    assert _value(fact_id, log(earlier), within=2) is False  # no run in the window: known


@pytest.mark.parametrize("fact_id", ["last_run_sharp", "last_run_got_worse"])
def test_a_run_without_pain_need_not_be_asked_how_it_hurt(fact_id: str) -> None:
    assert _value(fact_id, log(run(1, pain_during=0))) is False


@pytest.mark.parametrize(("fact_id", "key", "yes", "no"), LAST)
def test_of_two_runs_on_one_day_the_worse_decides(
    fact_id: str, key: str, yes: Any, no: Any
) -> None:
    of = log(run(1, **{key: yes}), run(1, **{key: no}))

    assert _value(fact_id, of) is True
    assert len(fact(fact_id, of).basis) == 2


@pytest.mark.parametrize(
    ("pains", "least", "most"), [([], 0, 0), ([2], 2, 2), ([2, 4], 4, 4), ([2, None], 2, 10)]
)
def test_the_last_run_hurt_as_much_as_its_worst_moment(
    pains: list[int | None], least: int, most: int
) -> None:
    of = log(*(run(1, pain_during=pain) for pain in pains))

    assert ends(fact("last_run_pain_nrs", of)) == (least, most)


@pytest.mark.parametrize(
    ("about", "least", "most"),
    [
        ({"kind": "strides", "pain_during": 2}, 2, 2),
        ({"kind": "easy", "pain_during": 2}, 0, 0),
        ({"kind": "strides"}, 0, 10),
        ({"pain_during": 3}, 0, 3),  # it may have been one or not
        ({}, 0, 10),
    ],
)
def test_pain_at_speed_is_that_of_a_speed_session(
    about: dict[str, Any], least: int, most: int
) -> None:
    found = fact("last_speed_session_pain_nrs", log(run(1, **about)))

    assert ends(found) == (least, most)
    assert found.value == (least if least == most else None)
    assert ("runs.kind" in found.asks) is ("kind" not in about)


def test_without_a_run_there_was_no_pain_at_speed() -> None:
    assert _value("last_speed_session_pain_nrs", log()) == 0


@pytest.mark.parametrize(
    ("about", "least", "most"),
    [
        ([{"pain_before": 1, "pain_after": 3}], 2, 2),
        ([{"pain_before": 3, "pain_after": 1}], -2, -2),
        ([{"pain_after": 3}], 3, 3),  # what nobody said of before counts as 0
        ([{"pain_during": 0}], 0, 0),  # need not be asked
        ([{"pain_during": 2}], None, None),
        ([{"pain_after": 1}, {"pain_during": 2}], 1, 10),
        ([], 0, 0),
    ],
)
def test_the_rise_is_pain_after_above_pain_before(
    about: list[dict[str, int]], least: int | None, most: int | None
) -> None:
    of = log(*(run(1, **each) for each in about))

    assert ends(fact("last_run_rise_nrs", of)) == (least, most)


SILENT = {"pain_during": 0, "pain_after": 0}


@pytest.mark.parametrize(
    ("about", "next_morning", "value"),
    [
        (SILENT, 0, False),
        (SILENT, 1, True),
        ({**SILENT, "pain_during": 1}, None, True),
        ({**SILENT, "pain_after": 1}, 0, True),
        (SILENT, None, None),
        ({"pain_during": 0}, 0, None),
    ],
)
def test_a_run_is_silent_in_three_windows(
    about: dict[str, int], next_morning: int | None, value: bool | None
) -> None:
    of = log(run(2, **about), morning(1, pain_morning=next_morning))

    assert _value("last_run_not_silent", of) is value


def test_without_a_run_nothing_was_felt() -> None:
    assert _value("last_run_not_silent", log()) is False


# What the watch says

WATCHED = [
    ("last_run_longest_min", "longest_continuous_s", 742.5, 12.38),  # 12.375 min
    ("last_run_walk_breaks", "walk_breaks", 4, 4),
    ("last_run_ascent_m", "ascent_m", 35.4, 35),
    ("last_run_cadence_spm", "cadence_spm", 168.6, 169),
]


@pytest.mark.parametrize(("fact_id", "key", "recorded", "value"), WATCHED)
def test_the_last_run_is_told_as_the_watch_recorded_it(
    fact_id: str, key: str, recorded: float, value: float
) -> None:
    of = log(run(4, **{key: 2 * recorded}), run(2, **{key: recorded}))

    found = fact(fact_id, of)

    assert found.value == value
    assert found.as_of == days_ago(2)
    assert found.basis == ("runs 2026-11-23T18:00:00+00:00",)


@pytest.mark.parametrize(("fact_id", "key", "recorded", "value"), WATCHED)
def test_what_no_watch_said_of_the_last_run_is_not_known(
    fact_id: str, key: str, recorded: float, value: float
) -> None:
    earlier = run(4, **{key: recorded})

    silent = fact(fact_id, log(earlier, run(2)))

    assert silent.value is None  # an earlier run never stands in for the last one
    assert silent.basis == ("runs 2026-11-23T18:00:00+00:00",)
    assert fact(fact_id, log()).value is None
    assert fact(fact_id, log(earlier), within=3).value is None
    assert fact(fact_id, log(earlier), within=4).value == value


def test_of_two_runs_on_one_day_the_watch_tells_the_most() -> None:
    of = log(run(1, walk_breaks=2), run(1, walk_breaks=5), run(1))

    assert _value("last_run_walk_breaks", of) == 5
    assert _value("last_run_walk_breaks", log(run(1, walk_breaks=0))) == 0


def test_the_best_speed_is_the_fastest_of_30_days_and_says_whose_it_is() -> None:
    of = log(
        run(31, best_speed_mps=9.5), run(30, best_speed_mps=6.25), run(5),
        run(2, best_speed_mps=5.5),
    )  # fmt: skip

    found = fact("best_speed_mps", of)

    assert found.value == 6.25
    assert found.as_of == days_ago(30)
    assert found.basis == ("runs 2026-10-26T18:00:00+00:00",)


@pytest.mark.parametrize("about", [{}, {"distance_m": 5000.0, "duration_s": 1500.0}])
def test_no_best_speed_is_made_of_a_run_that_has_none(about: dict[str, Any]) -> None:
    found = fact("best_speed_mps", log(run(1, **about), run(31, best_speed_mps=6.0)))

    assert (found.value, found.as_of, found.basis) == (None, None, ())


# Any run of a window


@pytest.mark.parametrize(
    ("limps", "value"),
    [([True, False], True), ([False, None], None), ([False], False), ([], False)],
)
def test_a_limp_in_any_run_of_the_window_counts(
    limps: list[bool | None], value: bool | None
) -> None:
    of = log(*(run(3 - ago, limped=limp) for ago, limp in enumerate(limps)))

    assert _value("limped_in_a_run", of, within=3) is value


def test_a_limp_before_the_window_does_not_count() -> None:
    assert _value("limped_in_a_run", log(run(4, limped=True)), within=3) is False


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ({"kind": "strides", "sharp": True}, True),
        ({"kind": "easy", "sharp": True}, False),
        ({"kind": "strides", "sharp": False}, False),
        ({"sharp": True}, None),
        ({"kind": "strides"}, None),
        ({"kind": "strides", "pain_during": 0}, False),
    ],
)
def test_a_sharp_pain_at_speed_needs_both(about: dict[str, Any], value: bool | None) -> None:
    assert _value("sharp_in_a_speed_session", log(run(1, **about)), within=3) is value


@pytest.mark.parametrize(
    ("sharp", "stopped", "value"),
    [(True, True, True), (True, None, None), (None, False, False), (False, True, False)],
)
def test_a_sharp_pain_that_stopped_a_run_needs_both(
    sharp: bool | None, stopped: bool | None, value: bool | None
) -> None:
    of = log(run(0, sharp=sharp, stopped_early=stopped, pain_during=3))

    assert _value("sharp_and_stopped_early", of, within=0) is value


# How long


@pytest.mark.parametrize(
    ("before_m", "last_m", "pct"),
    [
        (8000, 8800, 110),
        (8000, 8801, 111),  # rounded up, so that 110.01 % is more than 110 %
        (8000, 4000, 50),
        (None, 8800, None),  # no baseline
    ],
)
def test_a_run_is_held_against_the_longest_of_30_days(
    before_m: float | None, last_m: float, pct: int | None
) -> None:
    of = log(run(31, distance_m=before_m), run(1, distance_m=last_m, duration_s=3000))

    assert _value("last_run_over_longest_pct", of) == pct


def test_a_longer_run_31_days_before_is_no_baseline() -> None:
    of = log(
        run(32, distance_m=8000), run(10, distance_m=4000), run(1, distance_m=6000, duration_s=3000)
    )

    assert _value("last_run_over_longest_pct", of) == 150


def test_two_runs_of_one_day_count_together_on_both_sides() -> None:
    before = [run(5, distance_m=3000), run(5, distance_m=3000)]
    last = [run(1, distance_m=3000, duration_s=1500), run(1, distance_m=3600, duration_s=1500)]

    assert _value("last_run_over_longest_pct", log(*before, *last)) == 110


def test_without_metres_minutes_are_compared() -> None:
    of = log(run(5, duration_s=1500), run(1, duration_s=1800))

    assert _value("last_run_over_longest_pct", of) == 120


def test_a_run_without_metres_and_minutes_is_no_baseline_and_has_none() -> None:
    assert _value("last_run_over_longest_pct", log(run(5, distance_m=4000), run(1))) is None


@pytest.mark.parametrize(("duration_s", "pct"), [(1199, 100), (1200, 200)])
def test_less_than_20_minutes_of_running_are_no_jump(duration_s: float, pct: int) -> None:
    of = log(run(5, duration_s=600), run(1, duration_s=duration_s))

    assert _value("last_run_over_longest_pct", of) == pct


@pytest.mark.parametrize(
    ("about", "pct"),
    [
        # R7 of `strain` is 5 times 1 min walk and 4 min run: 25 min, of which 20 are run.
        ({"step": "R7", "duration_s": 1650}, 100),  # 10 % longer than prescribed
        ({"step": "R7", "duration_s": 1651}, 276),  # and a second more
        ({"step": "R7", "duration_s": 1900, "running_s": 1320}, 100),  # by what was run
        ({"step": "R7", "duration_s": 1900, "running_s": 1321}, 317),
        ({"step": "V1", "duration_s": 3000}, 100),  # a speed step is told by its repeats
        ({"step": "R7"}, None),  # how long it took is not known
    ],
)
def test_a_step_run_as_prescribed_is_no_jump(about: dict[str, Any], pct: int | None) -> None:
    of = log(run(5, duration_s=600), run(1, **about), protocol="strain")

    assert _value("last_run_over_longest_pct", of) == pct


@pytest.mark.parametrize(("fact_id", "value"), [("longest_run_m", 6000), ("longest_run_min", 35)])
def test_the_longest_run_is_the_longest_day_of_30(fact_id: str, value: int) -> None:
    day = [run(30, distance_m=4000, duration_s=1500), run(30, distance_m=2000.9, duration_s=630)]

    of = log(*day, run(2, distance_m=5000), run(31, distance_m=9000, duration_s=9000))

    assert _value(fact_id, of) == value  # rounded down
    assert _value(fact_id, log(run(3))) is None


def test_a_week_is_today_and_the_six_days_before() -> None:
    of = log(*(run(ago, distance_m=1000 + ago) for ago in (0, 6, 7, 13, 14)))

    assert _value("week_distance_m", of) == 1000 + 1006
    assert _value("previous_week_distance_m", of) == 1007 + 1013
    assert _value("week_distance_m", log(run(2))) == 0
    assert _value("previous_week_distance_m", log()) == 0


# Steps of the ladder


def test_a_step_is_climbed_on_the_day_it_is_first_run_as_the_highest() -> None:
    of = log(
        run(9, step="R1"), run(6, step="R3"), run(3, step="R1"), run(1, step="R3"),
        protocol="strain",
    )  # fmt: skip

    found = fact("days_since_step_climbed", of)

    assert found.value == 6
    assert found.as_of == days_ago(6)


def test_without_a_step_none_was_ever_climbed() -> None:
    assert _value("days_since_step_climbed", log(run(1, step="W1S1"), protocol="strain")) == MOST
    assert _value("days_since_step_climbed", log()) == MOST


def test_sharp_pains_are_counted_on_one_step() -> None:
    sharp = [run(ago, step=step, sharp=True) for ago, step in ((9, "R5"), (6, "R3"), (0, "R5"))]

    assert _value("sharp_runs_on_one_step", log(*sharp, run(1, step="R5", sharp=None))) == 2
    assert _value("sharp_runs_on_one_step", log(run(1, sharp=True))) == 0


def _loaded(ago: int, hlu: float, **answers: Any) -> Run:
    shares = {"easy": hlu, "hills": 0.0, "fast": 0.0, "walking": 0.0}
    return replace(run(ago, **answers), measured=Measured(load=Load(hlu, hlu, hlu, **shares)))


@pytest.mark.parametrize(
    ("last", "jumped"),
    [
        (run(1, distance_m=5500), False),  # 110 % of the longest
        (run(1, distance_m=5501), True),
        (_loaded(1, 33.0, distance_m=5000), False),
        (_loaded(1, 33.1, distance_m=5000), True),  # no longer, and harder
        (_loaded(1, 99.0), True),
        (run(1), None),  # nothing to compare
    ],
)
def test_a_jump_is_one_in_distance_or_in_load(last: Run, jumped: bool | None) -> None:
    of = log(_loaded(8, 30.0, distance_m=5000), _loaded(4, 20.0, distance_m=3000), last)

    assert _value("last_run_jumped", of) is jumped


@pytest.mark.parametrize(("minutes", "jumped"), [(33, False), (34, True)])
def test_runs_without_metres_are_compared_by_their_minutes(minutes: int, jumped: bool) -> None:
    of = log(run(4, duration_s=30 * 60), run(1, duration_s=minutes * 60))

    assert _value("last_run_jumped", of) is jumped


def test_without_earlier_runs_a_jump_is_not_known_and_without_runs_there_was_none() -> None:
    assert _value("last_run_jumped", log(run(1, distance_m=5000))) is None
    assert _value("last_run_jumped", log()) is False


def test_a_prescribed_step_does_not_jump_however_far_it_went() -> None:
    step = run(1, distance_m=9000, duration_s=900, running_s=300, step="R1")

    of = log(run(5, distance_m=3000), step, protocol="strain")

    assert _value("last_run_jumped", of) is False


@pytest.mark.parametrize(
    ("run_s", "walk_s", "steep_s", "over_pct", "jumped"),
    [
        (60, 180, 0, 100, False),  # as prescribed
        (60, 60, 0, 100, False),  # shorter walks make it no longer
        (250, 180, 0, 300, True),
        (60, 180, 61, 300, True),  # hills
    ],
)
def test_a_step_that_was_longer_or_hillier_than_prescribed_may_be_a_jump(
    run_s: float, walk_s: float, steep_s: float, over_pct: int, jumped: bool
) -> None:
    # R1 is 5 times walk 3 min, run 1 min. The numbers typed are those of R1, and 9 km.
    gaits = (("walk", walk_s), ("run", run_s)) * 5
    made = Measured(quality="good", bouts=bouts(*gaits), steep_s=steep_s)
    typed = run(1, distance_m=9000, duration_s=1200, step="R1")

    of = log(run(5, distance_m=3000), replace(typed, measured=made), protocol="strain")

    assert _value("last_run_over_longest_pct", of) == over_pct
    assert _value("last_run_jumped", of) is jumped
