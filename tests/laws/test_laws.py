"""Laws that hold in every protocol and phase, whatever was recorded."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamstride.advise import Advice, advise
from hamstride.decisions.judge import Action
from hamstride.protocols.loading import load
from hamstride.records import (
    RED_FLAG_KEYS,
    Case,
    CheckIn,
    Episode,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

TODAY = date(2026, 11, 20)
ONSET = TODAY - timedelta(days=60)
LIBRARY = load()
PLACES = [(p.id, phase.id) for p in LIBRARY.protocols.values() for phase in p.phases]
HARD_FLAGS = [key for key in RED_FLAG_KEYS if LIBRARY.questions[key].urgency != "routine"]

# Each answer with its mildest value, which hiding it may never beat.
MILDEST_CHECK_IN = {
    "pain_morning": 0,
    "pain_rest": 0,
    "pain_walking": 0,
    "limp": False,
    "bears_weight": True,
    "new_bruise": False,
    "new_symptoms": False,
    "sleep_h": 9.0,
    "fatigue": 0,
    "readiness": 10,
}
MILDEST_RUN = {
    "pain_before": 10,
    "pain_during": 0,
    "pain_after": 0,
    "pain_trend": "eased",
    "limped": False,
    "form_changed": False,
    "sharp": False,
    "hesitated": False,
    "distance_m": 1.0,
    "duration_s": 60.0,
    "top_speed_pct": 100.0,
    "longest_continuous_s": 7200.0,
}
BOLDNESS = {"advance": 0, "stay": 1, "step_back": 2, "refer": 2}

ratings = st.sampled_from([0, 1, 2, 3, 4, 5, 8])
yes_no_unknown = st.sampled_from([None, False, True])

# What may be drawn instead of a quiet answer.
MORNING: dict[str, st.SearchStrategy[object]] = {
    "pain_morning": st.none() | ratings,
    "pain_rest": st.none() | ratings,
    "pain_walking": st.none() | ratings,
    "limp": yes_no_unknown,
    "bears_weight": yes_no_unknown,
    "new_bruise": yes_no_unknown,
    "new_symptoms": yes_no_unknown,
    "sleep_h": st.sampled_from([None, 5.5, 6.0]),
    "fatigue": st.sampled_from([None, 7, 8]),
    "readiness": st.sampled_from([None, 7]),
}
RUN: dict[str, st.SearchStrategy[object]] = {
    "kind": st.sampled_from([None, "easy", "walk_run", "strides", "hills", "sprints"]),
    "duration_s": st.sampled_from([None, 900.0, 1799.0, 2400.0]),
    "distance_m": st.sampled_from([None, 2500.0, 6000.0]),
    "longest_continuous_s": st.sampled_from([None, 300.0, 1799.0]),
    "top_speed_pct": st.sampled_from([None, 60.0, 94.0, 100.0]),
    "pain_before": st.none() | ratings,
    "pain_during": st.none() | ratings,
    "pain_after": st.none() | ratings,
    "pain_trend": st.sampled_from([None, "steady", "worse"]),
    "limped": yes_no_unknown,
    "form_changed": yes_no_unknown,
    "sharp": yes_no_unknown,
    "hesitated": yes_no_unknown,
    "step": st.sampled_from([None, "R1", "R5", "V1", "V5"]),
}
EPISODE: dict[str, st.SearchStrategy[object]] = {
    "side": st.sampled_from(["right", "both"]),
    "site": st.sampled_from([None, "sit_bone", "buttock"]),
    "onset": st.sampled_from([None, "gradual"]),
    "popped": st.sampled_from([None, True]),
    "bruise": st.sampled_from([None, "small", "large"]),
    "quality": st.sampled_from([None, "dull", "burning"]),
    "days_to_pain_free_walk": st.sampled_from([None, 3, 4]),
    "clinician_grade": st.sampled_from([1, 2, 3]),
    "previous_strain_ended_on": st.just(ONSET - timedelta(days=30)),
}
QUIET_MORNING = CheckIn(
    on=TODAY, pain_morning=0, pain_rest=0, pain_walking=0, limp=False, bears_weight=True,
    new_bruise=False, new_symptoms=False, sleep_h=8.0, fatigue=2, readiness=9,
)  # fmt: skip


def quiet_run(on: date, kind: str) -> Run:
    """A run without pain; strides and sprints at full speed."""
    return Run(
        start=datetime.combine(on, time(18), UTC), kind=kind, duration_s=1800.0,  # type: ignore[arg-type]
        distance_m=5000.0, longest_continuous_s=1800.0, pain_before=0, pain_during=0,
        pain_after=0, pain_trend="steady", limped=False, form_changed=False, sharp=False,
        hesitated=False, top_speed_pct=96.0 if kind == "sprints" else None,
    )  # fmt: skip


def quiet_case(protocol: str, phase: str) -> Case:
    """A runner for whom everything goes well, with every test passed."""
    days = [TODAY - timedelta(days=back) for back in range(16)]
    kinds = ["easy", "sprints", "easy", "hills", "sprints"]
    done = [SessionItem(exercise=each, sets=3, reps=8, pain=0) for each in (
        "bike_moderate", "walk", "single_leg_windmill", "supine_hamstring_curl", "single_leg_rdl",
    )]  # fmt: skip
    return Case(
        runner=Runner(born=1990),
        episode=Episode(
            started_on=ONSET, side="left", site="mid_thigh", onset="sudden",
            mechanism="sprinting", popped=False, bruise="none", had_to_stop=True, quality="sharp",
            days_to_pain_free_walk=1, previous_strains=0, protocol=protocol,
        ),
        screenings=(Screening(on=ONSET, all_clear=True),),
        check_ins=tuple(replace(QUIET_MORNING, on=on) for on in days),
        runs=tuple(quiet_run(days[3 * i + 3], kind) for i, kind in enumerate(kinds[:4])),
        tests=tuple(
            TestResult(
                on=days[back], test=test.id,
                left=60.0 if test.better == "more" else 0.0,
                right=(60.0 if test.better == "more" else 0.0) if test.sided else None,
                pain_left=0, pain_right=0 if test.sided else None, steady=True,
            )
            for test in LIBRARY.tests.values() for back in (2, 5)
        ),
        sessions=tuple(Session(on=days[b], kind="strength", items=tuple(done)) for b in (3, 6)),
        phases=(PhaseEntry(on=TODAY - timedelta(days=40), id=phase),),
    )  # fmt: skip


@st.composite
def changed(
    draw: st.DrawFn, record: object, choices: dict[str, st.SearchStrategy[object]]
) -> object:
    """A record with one answer changed."""
    name = draw(st.sampled_from(sorted(choices)))
    return replace(record, **{name: draw(choices[name])})  # type: ignore[type-var]


@st.composite
def cases(draw: st.DrawFn, most: int = 4) -> Case:
    """A runner somewhere in some protocol, for whom a few things went otherwise."""
    protocol, phase = draw(st.sampled_from(PLACES))
    case = quiet_case(protocol, phase)
    for _ in range(draw(st.integers(0, most))):
        table = draw(
            st.sampled_from(["check_ins", "check_ins", "runs", "runs", "tests", "episode"])
        )
        if table == "episode":
            episode: Any = draw(changed(case.episode, EPISODE))
            case = replace(case, episode=episode)
            continue
        rows = list(getattr(case, table))
        which = draw(st.integers(0, min(len(rows) - 1, 15)))
        if table == "check_ins":
            which = draw(st.sampled_from([0, 0, 1, 2, which]))
            rows[which] = draw(changed(rows[which], MORNING))
        elif table == "runs":
            which = draw(st.sampled_from([0, 0, which]))
            move = timedelta(days=draw(st.integers(0, 3)))
            rows[which] = draw(changed(rows[which], RUN))
            rows[which] = replace(rows[which], start=rows[which].start + move)
        else:
            pain = draw(ratings)
            rows[which] = replace(
                rows[which], left=draw(st.sampled_from([0.0, 12.0, 30.0])), pain_left=pain
            )
        changes: dict[str, Any] = {table: tuple(rows)}
        case = replace(case, **changes)
    return case


def answer(case: Case) -> Advice:
    return advise(case, TODAY, LIBRARY)


def bolder(one: Advice, other: Advice) -> bool:
    """Whether the first lets the runner do more than the second."""
    gate = BOLDNESS[one.gate.action] < BOLDNESS[other.gate.action] and one.gate.action == "advance"
    return one.today.action < other.today.action or gate


def with_morning(case: Case, **answers: object) -> Case:
    """The case with other answers today; a morning is added where there was none."""
    today = next((c for c in case.check_ins if c.on == TODAY), CheckIn(on=TODAY))
    rest = tuple(c for c in case.check_ins if c.on != TODAY)
    return replace(case, check_ins=(*rest, replace(today, **answers)))  # type: ignore[arg-type]


def with_last_run(case: Case, **answers: object) -> Case:
    """The case with other answers for its last run."""
    ordered = sorted(case.runs, key=lambda run: run.start)
    return replace(case, runs=(*ordered[:-1], replace(ordered[-1], **answers)))  # type: ignore[arg-type]


LAWS = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@LAWS
@given(cases(), st.sampled_from(sorted(MILDEST_CHECK_IN)))
def test_hiding_an_answer_of_today_is_never_better_than_its_mildest_value(
    case: Case, name: str
) -> None:
    hidden = answer(with_morning(case, **{name: None}))
    mildest = answer(with_morning(case, **{name: MILDEST_CHECK_IN[name]}))

    assert not bolder(hidden, mildest)


@LAWS
@given(cases().filter(lambda c: c.runs), st.sampled_from(sorted(MILDEST_RUN)))
def test_hiding_an_answer_of_the_last_run_is_never_better_than_its_mildest_value(
    case: Case, name: str
) -> None:
    hidden = answer(with_last_run(case, **{name: None}))
    mildest = answer(with_last_run(case, **{name: MILDEST_RUN[name]}))

    assert not bolder(hidden, mildest)


@LAWS
@given(cases(), st.integers(0, 7))
def test_forgetting_a_test_never_opens_a_gate(case: Case, which: int) -> None:
    kept = tuple(each for place, each in enumerate(case.tests) if place != which)

    with_all, without = answer(case), answer(replace(case, tests=kept))

    opened = without.gate.action == "advance" and with_all.gate.action != "advance"
    dropped = [each for each in case.tests if each not in kept]
    # A forgotten failure may leave an earlier pass standing: that is what was recorded.
    assert not opened or any(
        other.test == lost.test and other.on <= lost.on for lost in dropped for other in kept
    )


@LAWS
@given(
    cases(),
    st.sampled_from(["pain_morning", "pain_walking", "pain_rest"]),
    st.integers(0, 9),
    st.integers(1, 10),
)
def test_more_pain_today_never_makes_the_answer_bolder(
    case: Case, name: str, less: int, more: int
) -> None:
    low, high = less, min(10, less + more)

    milder = answer(with_morning(case, **{name: low}))
    worse = answer(with_morning(case, **{name: high}))

    assert not bolder(worse, milder)


@LAWS
@given(
    cases().filter(lambda c: c.runs),
    st.sampled_from(["pain_during", "pain_after"]),
    st.integers(0, 9),
    st.integers(1, 10),
)
def test_more_pain_in_or_after_the_last_run_never_makes_the_answer_bolder(
    case: Case, name: str, less: int, more: int
) -> None:
    low, high = less, min(10, less + more)

    milder = answer(with_last_run(case, **{name: low}))
    worse = answer(with_last_run(case, **{name: high}))

    assert not bolder(worse, milder)


@LAWS
@given(cases())
def test_the_same_records_give_the_same_answer(case: Case) -> None:
    one, other = answer(case), answer(case)

    assert (one.today, one.gate, one.picture, one.week) == (
        other.today,
        other.gate,
        other.picture,
        other.week,
    )


@LAWS
@given(cases(), st.sampled_from(HARD_FLAGS))
def test_an_open_flag_that_is_not_routine_always_refers(case: Case, key: str) -> None:
    flagged = Screening(on=TODAY - timedelta(days=1), answers={key: True})

    advice = answer(replace(case, screenings=(*case.screenings, flagged)))

    assert advice.today.action is Action.REFER
    assert advice.gate.action == "refer"
    assert all(day.session.run is None and not day.session.items for day in advice.week)


@LAWS
@given(cases())
def test_run_is_what_is_left_only_when_nothing_is_open(case: Case) -> None:
    advice = answer(case)

    if advice.today.action is Action.RUN:
        assert not any(reason.met for reason in advice.today.examined)
        assert advice.today.answer_first == ()
    if advice.today.action in (Action.REST, Action.REFER):
        assert advice.today.deciding
        assert all(day.session.run is None for day in advice.week[:1])


@LAWS
@given(cases())
def test_a_gate_leads_at_most_one_phase_ahead_or_back(case: Case) -> None:
    advice = answer(case)

    if advice.protocol is None or advice.phase is None or advice.gate.to is None:
        return
    place = advice.protocol.index(advice.phase.id)
    around = [phase.id for phase in advice.protocol.phases[max(0, place - 1) : place + 2]]
    assert advice.gate.to in [*around, advice.phase.leads_to]


@pytest.mark.parametrize("place", PLACES, ids=["-".join(p) for p in PLACES])
def test_every_phase_gives_an_answer_to_an_empty_record(place: tuple[str, str]) -> None:
    protocol, phase = place
    case = Case(
        episode=Episode(started_on=ONSET, side="left", protocol=protocol),
        phases=(PhaseEntry(on=ONSET, id=phase),),
    )

    advice = answer(case)

    assert advice.today.action is Action.REST
    assert "runner.born" in advice.today.answer_first
    assert advice.gate.action == "stay"
