"""Progress: am I getting there, and what is between me and the next step?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hamstride.advise import Advice
from hamstride.explain import looking_back as told
from hamstride.explain.numbers import number
from hamstride.explain.recorded import phase_titles
from hamstride.facts.comeback import Comeback, comeback, milestones, share_pct
from hamstride.facts.log import Log, log_of
from hamstride.facts.run_days import days_of
from hamstride.facts.side_by_side import Sides, side_by_side
from hamstride.facts.spikes import LoadWeek, weekly
from hamstride.facts.steadiness import steadiness
from hamstride.facts.weeks import Week, weeks
from hamstride.protocols.shelf import Test
from hamstride.records import Case
from hamstride.web import bridge
from hamstride.web.bridge import looking_back as kept
from hamstride.web.bridge.deciding import holding
from hamstride.web.bridge.preferring import units_of
from hamstride.web.models import Episode
from hamstride.web.quantities import Units, distance_text, pace_text
from hamstride.web.views.asking import episode_for
from hamstride.web.views.drawing import Bar, Chart, bars, line, pairs

WEEKS_SHOWN = 26
STEADY_WEEKS = 4
RESULTS_SHOWN = 6
_WEEK = timedelta(days=7)
_MOST_PAIN = 10


@dataclass(frozen=True, slots=True)
class Result:
    """One test on one day, as a row and as its bars."""

    on: date
    left: str
    right: str
    pct: int | None
    pain: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True, slots=True)
class TestShown:
    """A test with its results; `injured` are the sides whose bars are hatched."""

    title: str
    unit: str
    words: str
    due: str
    chart: Chart
    results: tuple[Result, ...]
    sided: bool
    injured: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class WeekShown:
    """A week as a row of the tables, with its bars."""

    first: date
    pain: str
    mornings: int
    runs: int
    minutes: str
    longest: str
    longest_m: float | None
    load: str
    load_range: str
    running: Bar | None
    loading: Bar | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One quantity before the injury and now."""

    name: str
    before: str
    now: str
    share: str


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """The ladder, the gate, tests, weeks, what is back, and the milestones."""
    episode = episode_for(request)
    if episode is None:
        return render(request, "progress/empty.html")
    day = bridge.today_of(episode.runner)
    held = holding(episode, day)
    advice, case = held.advice, held.case
    log = log_of(case, day, advice.library.declared_for(advice.protocol))
    units = units_of(episode.runner)
    return render(
        request,
        "progress/progress.html",
        {
            "units": units,
            "day": day,
            "ladder": _ladder(advice, case, day),
            "gate": told.way_on(advice),
            "gate_action": advice.gate.action,
            "tests": _tests(log, advice, day),
            **_weeks(log, day),
            **_steady(episode, day),
            "comeback": _compared(comeback(log, day), units),
            "milestones": _milestones(log, advice, day),
        },
    )


def _ladder(advice: Advice, case: Case, day: date) -> list[told.Rung]:
    """The phases; the first one began with the injury, where nothing else is written."""
    if advice.protocol is None or advice.phase is None:
        return []
    entered = {advice.protocol.phases[0].id: case.episode.started_on, **kept.phase_days(case)}
    return told.ladder(advice.protocol, advice.phase.id, entered, day)


# Tests


def _tests(log: Log, advice: Advice, day: date) -> list[TestShown]:
    """Every test that was done, the one done last first."""
    until = told.counts_until(advice)
    found = []
    for name, test in advice.library.tests.items():
        results = side_by_side(log, log.declared.tests[name])
        if results:
            due = _due(results[-1].on, until.get(name), day)
            found.append((results[-1].on, _test(test, results, due, log.case.episode.side)))
    found.sort(key=lambda each: each[0], reverse=True)
    return [shown for _on, shown in found]


def _due(last: date, days: int | None, day: date) -> str:
    return "" if days is None else told.due_words(last + timedelta(days=days), day)


def _test(test: Test, results: Sequence[Sides], due: str, side: str) -> TestShown:
    shown = results[-RESULTS_SHOWN:]
    chart = pairs([(each.left, each.right) for each in shown])
    rows = [
        Result(
            on=each.on,
            left=told.test_number(each.left),
            right=told.test_number(each.right),
            pct=each.symmetry_pct,
            pain=_pain(each, test.sided),
            bars=chart.bars[2 * place : 2 * place + 2],
        )
        for place, each in enumerate(shown)
    ]
    return TestShown(
        title=test.title,
        unit=told.unit_words(test.unit.replace(" ", "_")),
        words=told.sides_words(rows[-1].pct, side),
        due=due,
        chart=chart,
        results=tuple(rows),
        sided=test.sided,
        injured=(side != "right", side != "left") if test.sided else (False, False),
    )


def _pain(result: Sides, sided: bool) -> str:
    pains = [result.pain_left, result.pain_right] if sided else [result.pain_left]
    if all(pain is None for pain in pains):
        return ""
    return " · ".join("–" if pain is None else str(pain) for pain in pains)


# Weeks


def _weeks(log: Log, day: date) -> dict[str, object]:
    first = max(log.case.episode.started_on, day - WEEKS_SHOWN * _WEEK)
    found = weeks(log, first, day)
    loads = weekly(days_of((run, None) for run in log.runs), first, day, log.declared.spikes)
    running = bars([_minutes(w.running_s) for w in found], [_minutes(w.longest_s) for w in found])
    loading = bars([w.hlu for w in loads], ranges=[(w.low, w.high) for w in loads])
    pains = [w.pain_nrs for w in found]
    drawn = zip(found, loads, running.bars, loading.bars, strict=True)
    return {
        "weeks": [_week(*each) for each in drawn],
        "pain": line(pains, _MOST_PAIN),
        "pain_words": told.pain_words([each for each in pains if each is not None]),
        "running": running if any(w.runs for w in found) else None,
        "loading": loading if any(w.hlu for w in loads) else None,
    }


def _week(week: Week, load: LoadWeek, running: Bar | None, loading: Bar | None) -> WeekShown:
    return WeekShown(
        first=week.first,
        pain="–" if week.pain_nrs is None else number(week.pain_nrs),
        mornings=week.mornings,
        runs=week.runs,
        minutes=told.minutes_words(week.running_s),
        longest=told.minutes_words(week.longest_s),
        longest_m=week.longest_m,
        load=told.load_words(load.hlu),
        load_range=told.range_words(load.low, load.high),
        running=running,
        loading=loading,
    )


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else told.minutes(seconds)


# Steadiness


def _steady(episode: Episode, day: date) -> dict[str, object]:
    """The planned days of the last weeks that are over; today is not."""
    last = day - timedelta(days=1)
    first = last - timedelta(days=last.weekday()) - (STEADY_WEEKS - 1) * _WEEK
    plans = kept.told_between(episode, first, last)
    doings = kept.done_between(episode.runner, first, last) if plans else []
    found = []
    for back in range(STEADY_WEEKS):
        monday = first + back * _WEEK
        until = monday + _WEEK
        of_week = steadiness(
            (each for each in plans if monday <= each.on < until),
            (each for each in doings if monday <= each.on < until),
        )
        if of_week.planned:
            found.append((monday, told.steady_words(of_week.planned, of_week.done, of_week.rested)))
    return {"steady": steadiness(plans, doings), "steady_weeks": found}


# Before and now


def _compared(found: Comeback, units: Units) -> list[Compared]:
    before, now = found.before, found.now
    metres: Iterable[tuple[str, float | None, float | None]] = (
        (_("Longest run"), before.longest_m, now.longest_m),
        (_("A week"), before.week_m, now.week_m),
    )
    rows = [
        Compared(name, distance_text(was, units), distance_text(is_now, units), _share(was, is_now))
        for name, was, is_now in metres
        if was is not None
    ]
    if before.best_mps is not None:
        was, is_now = pace_text(before.best_mps, units), pace_text(now.best_mps, units)
        rows.append(Compared(_("Fastest"), was, is_now, _share(before.best_mps, now.best_mps)))
    return rows


def _share(before: float | None, now: float | None) -> str:
    return told.share_words(share_pct(before, now))


def _milestones(log: Log, advice: Advice, day: date) -> list[tuple[date, str]]:
    titles = phase_titles(advice.library)
    return [
        (each.on, told.milestone_words(each.kind, each.value, titles))
        for each in milestones(log, day)
    ]


urlpatterns = [path("progress/", progress, name="progress")]
