"""Days of made-up runners, for the tests of what is said about them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hamstride.advise import Advice, advise
from hamstride.demo.story import case as ana
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.records import RED_FLAG_KEYS, Case, CheckIn, Episode, Runner, Screening

ON = date(2026, 11, 25)

WELL = CheckIn(
    on=ON,
    pain_morning=0,
    pain_rest=0,
    pain_walking=0,
    limp=False,
    bears_weight=True,
    new_bruise=False,
    new_symptoms=False,
)
MILD = Episode(
    started_on=date(2026, 11, 1),
    side="left",
    site="mid_thigh",
    onset="sudden",
    popped=False,
    bruise="none",
    days_to_pain_free_walk=2,
)
CLEAR = Screening(on=date(2026, 11, 2), all_clear=True)
BORN = Runner(born=1991)


def case_of(
    *,
    check_in: CheckIn | None = WELL,
    episode: Episode = MILD,
    screening: Screening | None = CLEAR,
    runner: Runner = BORN,
) -> Case:
    """A runner with one check-in and one screening, or without them."""
    return Case(
        runner=runner,
        episode=episode,
        screenings=() if screening is None else (screening,),
        check_ins=() if check_in is None else (check_in,),
    )


def on_day(case: Case, on: date = ON) -> Advice:
    """The advice of a day, by the library that ships."""
    return advise(case, on, library())


def library() -> Library:
    """The library that ships."""
    return load()


@cache
def all_days() -> tuple[Advice, ...]:
    """Many kinds of days: Ana's whole comeback, every red flag, and answers left out."""
    return tuple(_all_days())


def _all_days() -> Iterator[Advice]:
    story = ana()
    for number in range(0, 84, 3):
        yield on_day(story, story.episode.started_on + timedelta(days=number))
    for key in RED_FLAG_KEYS:
        answers = {key: True}
        yield on_day(case_of(screening=Screening(on=ON, all_clear=True, answers=answers)))
    yield on_day(case_of(screening=None))
    yield on_day(case_of(check_in=None))
    yield on_day(case_of(runner=Runner()))
    yield on_day(case_of(runner=Runner(born=2012)))
    for check_in in (
        replace(WELL, limp=None),
        replace(WELL, pain_walking=None),
        replace(WELL, new_bruise=None),
        replace(WELL, bears_weight=None),
    ):
        yield on_day(case_of(check_in=check_in))
    for pain in range(11):
        yield on_day(case_of(check_in=replace(WELL, pain_morning=pain, pain_walking=pain)))
    yield on_day(case_of(check_in=replace(WELL, limp=True)))
    yield on_day(case_of(check_in=replace(WELL, new_symptoms=True)))
    for protocol in library().protocols:
        yield on_day(case_of(episode=replace(MILD, protocol=protocol)))
        gradual = replace(MILD, onset="gradual", site="sit_bone", protocol=protocol)
        yield on_day(case_of(episode=gradual))
    for episode in (
        replace(MILD, popped=True, bruise="large"),
        replace(MILD, clinician_grade=2),
        replace(MILD, clinician_grade=3),
        replace(MILD, site="below_knee", onset="gradual", quality="burning"),
        replace(MILD, days_to_pain_free_walk=9),
    ):
        yield on_day(case_of(episode=episode))
